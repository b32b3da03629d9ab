/** August 2025: a crowdloan may pay for a subnet, and those who gave share its owner cut. */
import type { RuleLayer } from "./rule-set.ts";

export const leases: RuleLayer = {
  name: "leases",
  summary: "a crowd may pay for a subnet and share its owner cut",
  firstBlock: 6_205_200,
  date: "2025-08-12",
  spec: "",
  certainty: "approximate",
  evidence:
    "opentensor/subtensor PRs 1582 (April 2025) and 1916, released on the main network by 2025-08-12, the end of that interval; block from the date",
  changes: { leases: true },
};
