/** June 2026: alpha that the chain buys is kept outside the pool instead of recycled. */
import type { RuleLayer } from "./rule-set.ts";

export const protocolAlpha: RuleLayer = {
  name: "protocol alpha",
  summary:
    "alpha that the chain buys stays in AlphaOut, owned by nobody, and counts at dissolution",
  firstBlock: 8_334_450,
  date: "2026-06-04",
  spec: "415",
  certainty: "captured",
  evidence: "opentensor/subtensor 1104f2aab; block from storage TaoInRefundDeploymentBlock",
  changes: { boughtAlpha: "protocol" },
};
