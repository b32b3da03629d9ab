/** R5 (June 2026): price average x root proportion x part of the miners' incentive not burned. */
import { convert, satMul, U64F64, U96F32 } from "../../fixed/fixed-point.ts";
import { afterBurnPenalty, priceShares } from "../emission/price-shares.ts";
import { normalise, sumBits, switchDisabledOff } from "../emission/shares.ts";
import type { RuleLayer } from "./rule-set.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ subnets }) => {
  const prices = priceShares(subnets);
  const weighted = prices.map((share, i) => {
    const proportion = convert(U96F32, U64F64, subnets[i].rootProportionBits ?? 0n);
    return afterBurnPenalty(subnets[i], satMul(U64F64, share, proportion));
  });
  const adjusted = sumBits(weighted) === 0n ? prices : normalise(weighted);
  return { shareBits: switchDisabledOff(subnets, adjusted) };
};

export const priceRootBurn: RuleLayer = {
  name: "R5",
  summary: "price average x root proportion x (1 - burned)",
  firstBlock: 8_466_531,
  date: "2026-06-23",
  spec: "421",
  certainty: "reported",
  evidence: "opentensor/subtensor 6016381e4; block from NoBSRecruiter/tao-subnet-trader",
  changes: { shares, alphaInCap: "root proportion" },
};
