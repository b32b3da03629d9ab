/** R1 (October 2023 to February 2025): root validators' weights, read at each root epoch. */
import type { RuleLayer } from "./rule-set.ts";
import { storedShares } from "./stored-shares.ts";

export const rootWeights: RuleLayer = {
  name: "R1",
  summary: "root validators weigh subnets, by TAO stake",
  firstBlock: 1_404_224,
  date: "2023-10-02",
  spec: "133",
  certainty: "reported",
  evidence:
    "opentensor/subtensor 341f7d301 (2023-08-18); live with runtime 133, the first user's subnet came 7,227 blocks later",
  changes: { shares: storedShares },
};
