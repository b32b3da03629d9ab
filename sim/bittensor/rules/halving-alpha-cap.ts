/** December 2025: the cap on injected alpha follows the halving of TAO. */
import type { RuleLayer } from "./rule-set.ts";

export const halvingAlphaCap: RuleLayer = {
  name: "halving alpha cap",
  summary: "no more alpha is injected than TAO is minted in the block",
  firstBlock: 7_091_127,
  date: "2025-12-13",
  spec: "362",
  certainty: "reported",
  evidence: "opentensor/subtensor 8834a7c73; block from NoBSRecruiter/tao-subnet-trader",
  changes: { alphaInCap: "lesser emission" },
};
