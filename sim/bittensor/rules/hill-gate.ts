/**
 * R7 (spec 440, July 2026) and R8 (spec 441, August 2026): R6 through a Hill gate. Disabled subnets
 * take part in the gate, so they hold ranks and move the bar; only then are they switched off.
 * The two rules differ in `params.gate` alone: bar by mass (rank 0) or by rank 32.
 */
import { hillGate, refreshedBar } from "../emission/hill-gate.ts";
import { burnAdjustedShares } from "../emission/price-shares.ts";
import { switchDisabledOff } from "../emission/shares.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ block, subnets, gateBarBits }, { gate }) => {
  const adjusted = burnAdjustedShares(subnets);
  const bar = refreshedBar(gateBarBits, adjusted, block, gate);
  return {
    shareBits: switchDisabledOff(subnets, hillGate(adjusted, bar, gate.exponentBits)),
    gateBarBits: bar,
  };
};
