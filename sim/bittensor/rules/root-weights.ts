/** R1 (August 2023 to February 2025): root validators' weights, read at each root epoch. */
import type { RuleLayer } from "./rule-set.ts";
import { storedShares } from "./stored-shares.ts";

export const rootWeights: RuleLayer = {
  name: "R1",
  summary: "root validators weigh subnets, by TAO stake",
  firstBlock: 999_000,
  date: "2023-08-18",
  spec: "",
  certainty: "approximate",
  evidence: "opentensor/subtensor 341f7d301; block from the date",
  changes: { shares: storedShares },
};
