/** March 2026: swap fees go to the block's author instead of the liquidity. */
import type { RuleLayer } from "./rule-set.ts";

export const authorFees: RuleLayer = {
  name: "author fees",
  summary: "swap fees are paid to the block's author",
  firstBlock: 7_782_857,
  date: "2026-03-18",
  spec: "391",
  certainty: "reported",
  evidence: "NoBSRecruiter/tao-subnet-trader (the code has it since spec 385 of 2026-03-11)",
  changes: { swapFees: "block author" },
};
