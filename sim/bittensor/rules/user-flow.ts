/** R3 (November 2025): an average of the TAO that users stake in and take out. */
import { flowShares, nextFlowAverages } from "../emission/flow.ts";
import type { RuleLayer } from "./rule-set.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ subnets }, { flow }) => {
  const flowAverages = subnets.map((subnet) => nextFlowAverages(subnet, flow));
  return {
    shareBits: flowShares(
      flowAverages.map(({ userBits }) => userBits),
      flow,
    ),
    flowAverages,
  };
};

export const userFlow: RuleLayer = {
  name: "R3",
  summary: "average of users' net TAO flow; outflow earns nothing",
  firstBlock: 6_811_691,
  date: "2025-11-04",
  spec: "334",
  certainty: "reported",
  evidence:
    "opentensor/subtensor 6218ecc5c, repaired in spec 338 (block 6,813,654); which of the two switched is open",
  changes: { shares },
};
