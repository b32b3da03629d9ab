/** Liquid alpha: bonds with it and without, the unsorted-row quirk, and the setter of its range. */

import {
  alphaOfCells,
  alphaRange,
  alphaValuesRefusal,
} from "../../sim/bittensor/yuma/liquid-alpha.ts";
import { denseRow } from "../../sim/bittensor/yuma/matrices.ts";
import {
  alphaFromMovingAverage,
  movingAverage,
  movingAverageByCell,
} from "../../sim/bittensor/yuma/moving-average.ts";
import { proportionFromU16 } from "../../sim/bittensor/yuma/proportions.ts";
import type { FixedRow } from "../../sim/bittensor/yuma/types.ts";
import { fromFloat, I32F32 } from "../../sim/fixed/fixed-point.ts";
import { firstDifference, type RecordCheck, type VectorGroup } from "../format.ts";
import { bigints } from "../golden/matrices.ts";
import { pairRows, rowsFromPairs } from "./pairs.ts";
import type { Json } from "./subnet.ts";

/** The chain's tests write f32 literals. */
const bitsFromF32 = (value: number): bigint => fromFloat(I32F32, Math.fround(value));

const rowsFromF32 = (rows: readonly number[][]): FixedRow[] =>
  rows.map((row) => ({ columns: row.map((_, j) => j), bits: row.map(bitsFromF32) }));

const withoutZeros = (rows: readonly FixedRow[]): FixedRow[] =>
  rows.map(({ columns, bits }) => ({
    columns: columns.filter((_, k) => bits[k] !== 0n),
    bits: bits.filter((value) => value !== 0n),
  }));

interface BondInputs {
  readonly weights: FixedRow[];
  readonly bonds: FixedRow[];
  readonly consensus: bigint[];
  readonly movingAverage: number;
  readonly steepness: number;
}

const readInputs = (inputs: Json): BondInputs => ({
  weights: rowsFromF32(inputs.weights_f32),
  bonds: rowsFromF32(inputs.bonds_f32),
  consensus: inputs.consensus_f32.map(bitsFromF32),
  movingAverage: inputs.bonds_moving_average,
  steepness: inputs.alpha_sigmoid_steepness,
});

const alphasOf = (
  { weights, bonds, consensus, steepness }: BondInputs,
  low: number,
  high: number,
) =>
  alphaOfCells(
    weights,
    bonds,
    consensus,
    alphaRange({ alphaLow: low, alphaHigh: high, alphaSigmoidSteepness: steepness }),
  );

const liquidBonds = (inputs: BondInputs, low: number, high: number): FixedRow[] =>
  movingAverageByCell(
    inputs.weights,
    inputs.bonds,
    alphasOf(inputs, low, high),
    inputs.consensus.length,
  );

const plainBonds = (inputs: BondInputs): FixedRow[] =>
  movingAverage(
    inputs.weights,
    inputs.bonds,
    alphaFromMovingAverage(inputs.movingAverage),
    inputs.consensus.length,
  );

/** The two records of bonds share their inputs, which the first one holds. */
const EQUAL = 6_553;
const HIGH = 19_660;

const checkDenseBonds: RecordCheck = ({ inputs, derived }) => {
  const given = readInputs(inputs);
  const dense = (rows: FixedRow[]) =>
    rows.map((row) => denseRow(row, given.weights[0].bits.length));
  return firstDifference(
    ["liquid_on_bits", derived.liquid_on_bits, dense(liquidBonds(given, EQUAL, EQUAL))],
    ["liquid_off_bits", derived.liquid_off_bits, dense(plainBonds(given))],
  );
};

const checkSparseBonds: RecordCheck = ({ derived }, inputs) => {
  const full = readInputs(inputs);
  const dense = (rows: FixedRow[]) => rows.map((row) => denseRow(row, full.weights[0].bits.length));
  const given = { ...full, weights: withoutZeros(full.weights), bonds: withoutZeros(full.bonds) };
  const alphas = alphasOf(given, EQUAL, HIGH);
  const n = given.consensus.length;
  const cells = given.weights.map((_, i) => Array.from({ length: n }, (_, j) => alphas(i, j)));
  return firstDifference(
    ["liquid_on_bits", derived.liquid_on_bits, pairRows(liquidBonds(given, EQUAL, EQUAL))],
    ["liquid_off_bits", derived.liquid_off_bits, pairRows(plainBonds(given))],
    ["dense_on", derived.dense_on_6553_19660, dense(liquidBonds(full, EQUAL, HIGH))],
    ["sparse_on", derived.sparse_on_6553_19660, pairRows(liquidBonds(given, EQUAL, HIGH))],
    ["alphas_sparse", derived.alphas_sparse_6553_19660, cells],
  );
};

const checkUnsorted: RecordCheck = ({ inputs, derived }) => {
  const range = alphaRange({
    alphaLow: inputs.alpha_low_u16,
    alphaHigh: inputs.alpha_high_u16,
    alphaSigmoidSteepness: inputs.steepness,
  });
  const consensus = bigints(inputs.consensus);
  const bonds = rowsFromPairs(inputs.bonds);
  const alphas = (weights: Json) => {
    const alphaOf = alphaOfCells(rowsFromPairs(weights), bonds, consensus, range);
    return consensus.map((_, i) => consensus.map((_, j) => alphaOf(i, j)));
  };
  return firstDifference(
    ["alphas_unsorted", derived.alphas_unsorted, alphas(inputs.weights_unsorted)],
    ["alphas_sorted", derived.alphas_sorted, alphas(inputs.weights_sorted)],
  );
};

/** Who may call the setter is not a matter of its values. */
const checkSetter: RecordCheck = ({ cases }) => {
  for (const given of cases.filter(({ origin }: Json) => origin === undefined)) {
    const { liquid_alpha = true, alpha_low, alpha_high, result, low_bits, high_bits } = given;
    const refusal = alphaValuesRefusal(liquid_alpha, alpha_low, alpha_high);
    const failure = firstDifference(
      ["result", result, refusal ?? "ok"],
      ["low_bits", low_bits ?? "", low_bits ? proportionFromU16(alpha_low) : ""],
      ["high_bits", high_bits ?? "", high_bits ? proportionFromU16(alpha_high) : ""],
    );
    if (failure) return failure;
  }
  return null;
};

const checks: Readonly<Record<string, RecordCheck>> = {
  "compute_bonds (dense)": checkDenseBonds,
  compute_bonds_sparse: checkSparseBonds,
  compute_liquid_alpha_values_sparse: checkUnsorted,
  set_alpha_values: checkSetter,
};

export const liquidAlphaGroups = ({ records }: Json): VectorGroup[] => {
  const shared = records.find((record: Json) => record.inputs?.weights_f32)?.inputs;
  return Object.entries(checks).map(([name, check]) => ({
    name,
    records: records.filter((record: Json) => record.function === name),
    check,
    context: shared,
  }));
};
