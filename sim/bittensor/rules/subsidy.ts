/** July 2025: where a price is below the subnet's share, the rest of its TAO buys alpha. */
import type { RuleLayer } from "./rule-set.ts";

export const subsidy: RuleLayer = {
  name: "subsidy",
  summary: "a price below the share of emission is met by buying and recycling alpha",
  firstBlock: 6_104_400,
  date: "2025-07-29",
  spec: "298",
  certainty: "approximate",
  evidence: "opentensor/subtensor c329448de; block from the date",
  changes: { surplus: "subsidy", boughtAlpha: "recycled" },
};
