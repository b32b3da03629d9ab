/** The guarantee map as a run folder: its cells and lines as tables, manifest and page. */
import { GRID_STEPS } from "../../sim/bittensor/yuma/guarantees/weight-rows.ts";
import { defineTable } from "../../sim/records.ts";
import type { Manifest } from "../manifest.ts";
import { openRun } from "../run-folder.ts";
import type { GuaranteeMap } from "./run.ts";

const thresholdsTable = defineTable("thresholds", "Published thresholds, and ours.", [
  ["name", "text", "", "what differs from sigma 0.4, beta 1, kappa 0.5, xi 0.5, S_H 0.6"],
  ["major_stake", "f64", "1", "the major team's share of stake, S_H"],
  ["published", "f64", "1", "self weight that it needs at worst, as published"],
  ["ours", "f64", "1", "the same as computed; null where even 1 is not enough"],
  ["source", "text", "", "where it is published"],
]);
const linesTable = defineTable(
  "retention_lines",
  "Where the major team keeps its share of stake.",
  [
    ["major_stake", "f64", "1", "the major team's share of stake, S_H"],
    ["minor_weight", "f64", "1", "the minor team's weight for itself, W_C"],
    ["major_weight", "f64", "1", "the least weight for itself that the major team needs, W_H"],
  ],
);
const cellsTable = defineTable(
  "cells",
  "One epoch each, exact: what the major team earns on both sides of its lines, or in every cell of the grid.",
  [
    ["major_stake", "f64", "1", "the major team's share of stake, S_H"],
    ["major_weight", "f64", "1", "its weight for itself, W_H"],
    ["minor_weight", "f64", "1", "the minor team's weight for itself, W_C"],
    ["major_ratio", "f64", "1", "the major team's share of all emission"],
    ["validator_ratio", "f64", "1", "its share of the validators' emission"],
    ["server_ratio", "f64", "1", "its share of the servers' emission"],
  ],
);

/** Throws InputError where the folder holds something else. */
export async function writeGuarantees(
  map: GuaranteeMap,
  outDir: string,
  writeReport: (folder: string, manifest: Manifest) => void,
): Promise<{ dir: string; reportPath: string }> {
  const tables = [thresholdsTable, linesTable, cellsTable];
  const run = openRun(outDir, { tables, writeReport });
  for (const { name, majorStake, published, ours, source } of map.thresholds) {
    run.sink.append(thresholdsTable, [name, majorStake, published, ours, source]);
  }
  for (const { majorStake, line } of map.lines) {
    for (const { minorWeight, majorWeight } of line) {
      run.sink.append(linesTable, [majorStake, minorWeight, majorWeight]);
    }
  }
  for (const { majorStake, cells } of map.cells) {
    for (const { majorStep, minorStep, ratio, validatorRatio, serverRatio } of cells) {
      const weights = [majorStep / GRID_STEPS, minorStep / GRID_STEPS];
      run.sink.append(cellsTable, [majorStake, ...weights, ratio, validatorRatio, serverRatio]);
    }
  }
  const { sigma, seed, quick, wholeGrid } = map.options;
  const noTime = new Date(0).toISOString();
  return run.finish({
    scenario: {
      name: "yuma-guarantees",
      title: "How much honest utility a stake share needs to last",
      completed: { sigma, quick, whole_grid: wholeGrid },
    },
    seed: String(seed),
    span: { from_block: 1, to_block: 2, from_time: noTime, to_time: noTime },
    rule_sets: [],
    data: [],
    arithmetic: "exact: the chain's fixed point, with its own random generator",
    aggregated: [],
    assumptions: [
      "One epoch from empty bonds, with commit-reveal off and Yuma 2, as the published curves were made.",
      "A validators' part of the emission other than a half does not exist on the chain; it recombines what an epoch pays to validators and to servers.",
    ],
    screening: map.screened,
    timings: { compute_s: map.seconds },
  });
}
