/**
 * What the chain spent on buying alpha in 31 snapshots of August 2026, against what each rule says
 * it should: max(0, half a TAO x share - root proportion x price).
 * Source: spec/recent-rules.md section 1.3.
 */
import { type CellType, countCell, flagCell } from "../../scenarios/csv.ts";
import { barByMass, barByRank, hillGate } from "../../sim/bittensor/emission/hill-gate.ts";
import { burnAdjustedShares } from "../../sim/bittensor/emission/price-shares.ts";
import { type ShareSubnet, switchDisabledOff } from "../../sim/bittensor/emission/shares.ts";
import { fromFloat, I96F32, toFloat, U64F64, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { readFacts } from "./facts.ts";
import { median } from "./pools-2025.ts";

const decimalCell: CellType<number> = {
  expected: "a decimal number",
  read: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
};

interface Observed extends ShareSubnet {
  readonly rootProportion: number;
  readonly price: number;
  readonly excessTao: number;
}

export const readExcessSnapshots = (): Observed[][] => {
  const rows = readFacts("finney-excess-2026-08", "excess.csv", {
    block: countCell(0, 4_294_967_295),
    netuid: countCell(1, 65_535),
    moving_price: decimalCell,
    miner_burned: decimalCell,
    emission_enabled: flagCell,
    root_proportion: decimalCell,
    price: decimalCell,
    excess_tao: decimalCell,
  });
  const snapshots = new Map<number, Observed[]>();
  for (const row of rows) {
    const snapshot = snapshots.get(row.block) ?? [];
    snapshots.set(row.block, snapshot);
    snapshot.push({
      netuid: row.netuid,
      movingPriceBits: fromFloat(I96F32, row.moving_price),
      minerBurnedBits: fromFloat(U96F32, row.miner_burned),
      emissionEnabled: row.emission_enabled,
      rootProportion: row.root_proportion,
      price: row.price,
      excessTao: row.excess_tao,
    });
  }
  return [...snapshots.values()];
};

type Rule = (subnets: readonly Observed[]) => bigint[];

const gated =
  (barOf: (shares: readonly bigint[]) => bigint): Rule =>
  (subnets) => {
    const adjusted = burnAdjustedShares(subnets);
    return switchDisabledOff(subnets, hillGate(adjusted, barOf(adjusted), fromFloat(U64F64, 3)));
  };
const byRank = gated((shares) => barByRank(shares, 32));
const byMass = (quantile: number) =>
  gated((shares) => barByMass(shares, fromFloat(U64F64, quantile)));
const withoutGate = gated(() => 0n);
const withoutBurn: Rule = (subnets) =>
  byRank(subnets.map((subnet) => ({ ...subnet, minerBurnedBits: 0n })));

/** Sum of absolute differences over the sum observed. */
export function excessError(subnets: readonly Observed[], rule: Rule): number {
  const shares = rule(subnets);
  let [wrong, observed] = [0, 0];
  for (const [i, { rootProportion, price, excessTao }] of subnets.entries()) {
    const predicted = Math.max(0, toFloat(U64F64, shares[i]) / 2 - rootProportion * price);
    wrong += Math.abs(predicted - excessTao);
    observed += excessTao;
  }
  return wrong / observed;
}

export function excess2026Checks(): RealityCheck[] {
  const snapshots = readExcessSnapshots();
  const error = (rule: Rule) => median(snapshots.map((subnets) => excessError(subnets, rule)));
  // Published for all 92 snapshots; ours is of every third, with prices averaged anew.
  const beside = (name: string, published: number, rule: Rule) =>
    realityCheck(`median error of chain buys ${name}`, published, error(rule), published * 0.2);
  return [
    realityCheck("median error of chain buys with the bar by rank 32", 0, error(byRank), 0.003),
    beside("with the bar by 0.75 of the mass", 0.064, byMass(0.75)),
    beside("with the bar by 0.61 of the mass", 0.309, byMass(0.61)),
    beside("without the gate", 0.379, withoutGate),
    beside("without the burn", 0.29, withoutBurn),
  ];
}
