/** June 2026: weighted pools, and epochs by each subnet's own tempo. */
import type { RuleLayer } from "./rule-set.ts";

export const balancerPools: RuleLayer = {
  name: "balancer pools",
  summary: "weighted pools seeded at the old price; dynamic tempo",
  firstBlock: 8_486_594,
  date: "2026-06-25",
  spec: "423",
  certainty: "reported",
  evidence: "opentensor/subtensor 06032d518; block from NoBSRecruiter/tao-subnet-trader",
  changes: { pool: "balancer", epochSchedule: "dynamic", ownersSetTempo: true },
};
