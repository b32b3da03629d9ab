/** September 2025: a subnet may have several mechanisms, each with its own weights and bonds. */
import type { RuleLayer } from "./rule-set.ts";

export const mechanisms: RuleLayer = {
  name: "mechanisms",
  summary: "subnets may have several mechanisms that share their emission",
  firstBlock: 6_507_600,
  date: "2025-09-23",
  spec: "",
  certainty: "approximate",
  evidence:
    "opentensor/subtensor PRs 1984 and 2063; its documentation expected the main network's release in the week of 2025-09-22; block from the date",
  changes: { mechanisms: true },
};
