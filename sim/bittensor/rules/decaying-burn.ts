/** April 2026: the registration price decays every block; the whole lock seeds a new pool. */
import type { RuleLayer } from "./rule-set.ts";

export const decayingBurn: RuleLayer = {
  name: "decaying burn",
  summary: "registration prices decay every block and rise with each; the whole lock seeds a pool",
  firstBlock: 8_024_600,
  date: "2026-04-22",
  spec: "397",
  certainty: "approximate",
  evidence: "opentensor/subtensor 41d67e5a7; block from the date",
  changes: { registrationPrice: "decaying", poolSeed: "lock, at least the minimum" },
};
