/**
 * The consensus experiment of the chain (consensus_retention.json): every spot value, and of the
 * retention lines and the grid a spread that covers every configuration; all of it would be 60,000
 * epochs. Statements of the chain's documentation, which round to a point, are no records here.
 */
import {
  type Cell,
  majorShare,
  RetentionExperiment,
  type RetentionRules,
} from "../../sim/bittensor/yuma/guarantees/retention.ts";
import { crossing } from "../../sim/bittensor/yuma/guarantees/threshold.ts";
import { twoTeams } from "../../sim/bittensor/yuma/guarantees/two-teams.ts";
import { GRID_STEPS } from "../../sim/bittensor/yuma/guarantees/weight-rows.ts";
import { isObject, type VectorGroup } from "../format.ts";
import type { Json } from "./subnet.ts";

export function retentionGroups({ records }: Json): VectorGroup[] {
  const having = (field: string) =>
    records.filter((record: unknown) => isObject(record) && field in record);
  return [
    { name: "spot values", records: spotValues(records), check: spotCheck },
    {
      name: "retention lines",
      records: having("retention_threshold_major_self_weight"),
      check: lineCheck,
    },
    { name: "grid", records: having("major_ratio"), check: gridCheck },
  ];
}

const spotValues = (records: readonly Json[]): Json[] =>
  records
    .filter(({ id }) => id === "spot_values")
    .flatMap(({ values, parameters }) => values.map((value: Json) => ({ ...value, parameters })));

const rulesOf = (parameters: Json): RetentionRules => ({
  bondsPenalty: parameters.bonds_penalty_u16,
  kappa: parameters.kappa_u16,
  yuma3: parameters.yuma3,
});

/** By stake share and deviation: many records need the same. */
const experiments = new Map<string, RetentionExperiment>();

function cellsAt(
  majorStake: number,
  weightDeviation: number,
  rules: RetentionRules,
  steps: readonly (readonly [major: number, minor: number])[],
): Cell[] {
  const key = `${majorStake} ${weightDeviation}`;
  const experiment =
    experiments.get(key) ??
    new RetentionExperiment(twoTeams({ majorStake, weightDeviation, seed: 0n }));
  experiments.set(key, experiment);
  return steps.flatMap(([major, minor]) => experiment.run(rules, [major], [minor]));
}

const stepOf = (weight: number): number => Math.round(weight * GRID_STEPS);

/** A value printed with so many decimals. */
const agrees = (printed: number, ours: number, decimals: number): boolean =>
  Math.abs(printed - ours) <= 0.5001 * Number(`1e-${decimals}`);

function spotCheck({ parameters, ...spot }: Json): string | null {
  const { major_stake, major_weight, minor_weight, major_ratio } = spot;
  const [{ ratio }] = cellsAt(major_stake, parameters.weight_stddev, rulesOf(parameters), [
    [stepOf(major_weight), stepOf(minor_weight)],
  ]);
  return agrees(major_ratio, ratio, 6) ? null : `major_ratio: wanted ${major_ratio}, got ${ratio}`;
}

const SHARES = ["0.51", "0.60", "0.90"];

function lineCheck(record: Json): string | null {
  const {
    parameters,
    minor_self_weight: minors,
    retention_threshold_major_self_weight: lines,
  } = record;
  for (const share of SHARES) {
    for (const k of [0, Math.floor(minors.length / 2), minors.length - 2]) {
      const wanted: number | null = lines[share][k];
      if (wanted === null) continue;
      const below = Math.min(GRID_STEPS - 1, Math.floor(wanted * GRID_STEPS));
      const steps = [below, below + 1].map((major) => [major, stepOf(minors[k])] as const);
      const cells = cellsAt(Number(share), parameters.weight_stddev, rulesOf(parameters), steps);
      const line = cells.map(
        (cell) => [cell.majorStep / GRID_STEPS, majorShare(cell, parameters.xi)] as const,
      );
      const ours = crossing(line, Number(share));
      if (ours === null || !agrees(wanted, ours, 4)) {
        return `S_H ${share}, W_C ${minors[k]}: wanted ${wanted}, got ${ours}`;
      }
    }
  }
  return null;
}

function gridCheck({ parameters, major_ratio: grid }: Json): string | null {
  const steps = [0, 17, 33, 50].flatMap((major) =>
    [0, 25, 50].map((minor) => [major, minor] as const),
  );
  for (const share of SHARES) {
    const cells = cellsAt(Number(share), parameters.weight_stddev, rulesOf(parameters), steps);
    for (const { majorStep, minorStep, ratio } of cells) {
      const wanted = grid[share][majorStep][minorStep];
      if (!agrees(wanted, ratio, 4)) {
        return `S_H ${share}, steps ${majorStep}, ${minorStep}: wanted ${wanted}, got ${ratio}`;
      }
    }
  }
  return null;
}
