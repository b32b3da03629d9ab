/** June 2026: new subnets start with their TAO emission switched off. */
import type { RuleLayer } from "./rule-set.ts";

export const closedSwitch: RuleLayer = {
  name: "closed switch",
  summary: "TAO emission of new subnets starts switched off",
  firstBlock: 8_473_700,
  date: "2026-06-24",
  spec: "422",
  certainty: "approximate",
  evidence: "opentensor/subtensor e367ae647; block from the date",
  changes: { newSubnetsEmit: false },
};
