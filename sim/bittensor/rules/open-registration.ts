/** August 2025: subnets that closed registration get no emission. */
import type { RuleLayer } from "./rule-set.ts";

export const openRegistration: RuleLayer = {
  name: "open registration",
  summary: "subnets with closed registration are left out of emission",
  firstBlock: 6_126_000,
  date: "2025-08-01",
  spec: "299",
  certainty: "approximate",
  evidence: "opentensor/subtensor spec 299; block from the date",
  changes: { closedSubnetsEmit: false },
};
