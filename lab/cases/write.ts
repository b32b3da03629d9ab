/** The run of a case as a run folder: tables, manifest and page. */
import type { LoadedCase } from "../../scenarios/cases/load.ts";
import { defineTable, type RecordSink } from "../../sim/records.ts";
import type { Manifest } from "../manifest.ts";
import { openRun } from "../run-folder.ts";
import { type CaseRun, paid } from "./run.ts";

const keys = [
  ["version", "text", "", "version of Yuma"],
  ["epoch", "u32", "epoch", "from 0"],
] as const;
const validatorsTable = defineTable(
  "case_validators",
  "What each validator earns, epoch by epoch.",
  [
    ...keys,
    ["validator", "text", "", "its name, or uid"],
    ["stake_tao", "f64", "TAO", "its stake"],
    ["dividends", "f64", "1", "its share of all dividends"],
    ["dividends_alpha", "f64", "alpha", "what that is of the epoch's emission"],
    [
      "dividends_alpha_per_1000_tao",
      "f64",
      "alpha",
      "the same per 1,000 TAO of stake; null without",
    ],
    ["validator_trust", "f64", "1", "sum of its weights after clipping"],
  ],
);
const serversTable = defineTable("case_servers", "What each server earns, epoch by epoch.", [
  ...keys,
  ["server", "text", "", "its name, or uid"],
  ["incentive", "f64", "1", "its share of all incentive"],
  ["consensus", "f64", "1", "the weight that enough stake supports"],
]);
const bondsTable = defineTable("case_bonds", "Bonds after each epoch; those of 0 are left out.", [
  ...keys,
  ["validator", "text", "", "who holds the bond"],
  ["server", "text", "", "in whom"],
  [
    "bond",
    "f64",
    "1",
    "as the version stores it: a share in yuma1, of the largest holder in yuma2",
  ],
]);

/** What a case records. */
export const caseTables = [validatorsTable, serversTable, bondsTable];

/** The rows of a case that was run under all its versions. */
export function recordCase(sink: RecordSink, loaded: LoadedCase, run: CaseRun): void {
  for (const version of run.versions) writeVersion(sink, run, version, loaded);
}

/** Throws InputError where the folder holds something else. */
export async function writeCase(
  { loaded, run, name }: { loaded: LoadedCase; run: CaseRun; name: string },
  outDir: string,
  writeReport?: (folder: string, manifest: Manifest) => void,
): Promise<{ dir: string; reportPath: string }> {
  const folder = openRun(outDir, { tables: caseTables, writeReport });
  try {
    recordCase(folder.sink, loaded, run);
  } catch (error) {
    folder.abort();
    throw error;
  }
  const noTime = new Date(0).toISOString();
  return folder.finish({
    scenario: { name, title: loaded.file.title, completed: loaded.file },
    seed: "",
    span: { from_block: 0, to_block: run.epochs, from_time: noTime, to_time: noTime },
    rule_sets: [],
    data: [...loaded.sources],
    arithmetic: "exact: the chain's fixed point; the textbook version in float64",
    aggregated: [],
    assumptions: [
      "Every validator holds a permit and is active; commit-reveal is off.",
      ...(loaded.what.kind === "metagraph"
        ? ["The captured stakes and weights stay the same in every epoch; bonds start empty."]
        : []),
    ],
    timings: {},
  });
}

function writeVersion(
  sink: RecordSink,
  run: CaseRun,
  { name, results }: CaseRun["versions"][number],
  { file }: LoadedCase,
): void {
  results.forEach((result, epoch) => {
    run.validators.forEach((validator, v) => {
      const { alpha, perThousandTao } = paid(run, results, file.emission_per_epoch, [epoch, v]);
      const stake = run.stakeTao[epoch][v];
      const trust = result.validatorTrust[v];
      const earned = [result.dividends[v], alpha, perThousandTao, trust];
      sink.append(validatorsTable, [name, epoch, validator, stake, ...earned]);
      result.bonds[v].forEach((bond, s) => {
        if (bond > 0) sink.append(bondsTable, [name, epoch, validator, run.servers[s], bond]);
      });
    });
    run.servers.forEach((server, s) => {
      sink.append(serversTable, [name, epoch, server, result.incentive[s], result.consensus[s]]);
    });
  });
}
