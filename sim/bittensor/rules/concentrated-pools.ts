/** July 2025: pools of concentrated liquidity, with a fee. */
import type { RuleLayer } from "./rule-set.ts";

export const concentratedPools: RuleLayer = {
  name: "concentrated pools",
  summary: "pools as one full-range position of concentrated liquidity, with a swap fee",
  firstBlock: 5_947_549,
  date: "2025-07-08",
  spec: "290",
  certainty: "reported",
  evidence: "NoBSRecruiter/tao-subnet-trader; each pool moved at its first swap",
  changes: { pool: "concentrated", swapFees: "liquidity" },
};
