/**
 * R7 (July 2026): R6 through a Hill gate. Disabled subnets take part in the gate, so they hold
 * ranks and move the bar; only then are they switched off. Where the bar stands is up to
 * `params.gate`: by mass at first (rank 0).
 */
import { hillGate, refreshedBar } from "../emission/hill-gate.ts";
import { burnAdjustedShares } from "../emission/price-shares.ts";
import { switchDisabledOff } from "../emission/shares.ts";
import type { RuleLayer } from "./rule-set.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ block, subnets, gateBarBits }, { gate }) => {
  const adjusted = burnAdjustedShares(subnets);
  const bar = refreshedBar(gateBarBits, adjusted, block, gate);
  return {
    shareBits: switchDisabledOff(subnets, hillGate(adjusted, bar, gate.exponentBits)),
    gateBarBits: bar,
  };
};

export const hillGateByMass: RuleLayer = {
  name: "R7",
  summary: "R6 through a Hill gate, its bar by mass",
  firstBlock: 8_713_794,
  date: "2026-07-27",
  spec: "440",
  certainty: "reported",
  evidence: "RaoFoundation/subtensor PR 2990; block from NoBSRecruiter/tao-subnet-trader",
  changes: { shares },
};
