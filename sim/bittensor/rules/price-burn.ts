/** R6 (spec 432, July 2026): the price average times the part of the miners' incentive not burned. */
import { burnAdjustedShares } from "../emission/price-shares.ts";
import { switchDisabledOff } from "../emission/shares.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ subnets }) => ({
  shareBits: switchDisabledOff(subnets, burnAdjustedShares(subnets)),
});
