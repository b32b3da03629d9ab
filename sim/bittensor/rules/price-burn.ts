/** R6 (July 2026): the price average times the part of the miners' incentive not burned. */
import { burnAdjustedShares } from "../emission/price-shares.ts";
import { switchDisabledOff } from "../emission/shares.ts";
import type { RuleLayer } from "./rule-set.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ subnets }) => ({
  shareBits: switchDisabledOff(subnets, burnAdjustedShares(subnets)),
});

export const priceBurn: RuleLayer = {
  name: "R6",
  summary: "price average x (1 - burned)",
  firstBlock: 8_636_191,
  date: "2026-07-16",
  spec: "432",
  certainty: "reported",
  evidence: "opentensor/subtensor d34043682; block from NoBSRecruiter/tao-subnet-trader",
  changes: { shares, ownershipByConviction: "sum over a tenth", minerCollateral: true },
};
