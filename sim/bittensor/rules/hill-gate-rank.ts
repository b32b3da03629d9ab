/** R8 (August 2026): the same gate, its bar the 32nd-largest share; root dividends into funds. */
import { shares } from "./hill-gate.ts";
import type { RuleLayer } from "./rule-set.ts";

export const hillGateByRank: RuleLayer = {
  name: "R8",
  summary: "the Hill gate with the 32nd-largest share as its bar",
  firstBlock: 8_765_684,
  date: "2026-08-03",
  spec: "441",
  certainty: "captured",
  evidence: "RaoFoundation/subtensor PR 3014; captured block 8,766,000 holds the new bar",
  changes: { shares, rootDividends: "funds" },
};
