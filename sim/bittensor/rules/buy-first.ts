/** Summer 2026: the chain buys before it injects, and refused injections wait in reservoirs. */
import type { RuleLayer } from "./rule-set.ts";

export const buyFirst: RuleLayer = {
  name: "buy first",
  summary: "chain buy before injection; what weights cannot bear waits in reservoirs",
  firstBlock: 8_713_794,
  date: "2026-07-27",
  spec: "432 to 441",
  certainty: "approximate",
  evidence: "in force in the captured block 8,766,000 (spec 441), not in spec 425",
  changes: { injection: "buy, weights and reserves", epochDueBySteps: "tempo" },
};
