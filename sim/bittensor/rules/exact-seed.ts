/** October 2026: a new pool is seeded with exactly the TAO that was paid. */
import type { RuleLayer } from "./rule-set.ts";

export const exactSeed: RuleLayer = {
  name: "exact seed",
  summary: "a new subnet's pool starts with exactly the TAO paid for it",
  firstBlock: 9_217_343,
  date: "2026-10-05",
  spec: "473",
  certainty: "approximate",
  evidence: "RaoFoundation/subtensor subnet.rs of the 473 line; live by this block",
  changes: { poolSeed: "lock paid" },
};
