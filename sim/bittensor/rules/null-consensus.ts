/** October 2026: subnets may leave Yuma for the null consensus, and register by work. */
import type { RuleLayer } from "./rule-set.ts";

export const nullConsensus: RuleLayer = {
  name: "null consensus",
  summary: "null consensus mode and proof-of-work registration, both off by default",
  firstBlock: 9_233_782,
  date: "2026-10-07",
  spec: "475",
  certainty: "reported",
  evidence: "RaoFoundation/subtensor PR 3206; audit of the installed runtime",
  changes: { nullConsensus: true },
};
