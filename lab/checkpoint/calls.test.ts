import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readManifest } from "../manifest.ts";
import { runScenario } from "../run.ts";
import { resumeRun, runWithCheckpoints } from "./run.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-calls-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What the calls have made of a subnet in the first half decides the second half. */
const scenario = `
version: 1
title: What is changed on the way
chain:
  horizon_days: 0.11
  detailed_subnets:
    - { netuid: 15, metagraph: metagraph-sn15, max_uids: 64, trim_to_uids: 64 }
  calls:
    - { call: sudo_set_mechanism_count, by: owner/15, netuid: 15, count: 2 }
    - { call: sudo_set_mechanism_emission_split, by: owner/15, netuid: 15, split: [0.3, 0.7] }
    - { call: decrease_take, by: validator/15/2, take_share: 0.1 }
    - { call: set_childkey_take, by: validator/15/2, netuid: 15, take_share: 0.05 }
    - { call: remove_stake, by: validator/15/2, netuid: 15, amount_alpha: 100 }
    - { call: swap_hotkey, after_days: 0.01, by: validator/15/2, to: validator/15/2b }
agents:
  delegators: { count: 5, compare_validators: true }
recording: { every_blocks: 120 }
`;
const hashesIn = (dir: string): string[] =>
  readManifest(dir).tables.map(({ name, rows, arrow }) => `${name} ${rows} ${arrow.sha256}`);

test("a run goes on with the mechanisms, takes and keys that calls have changed before its checkpoint", {
  timeout: 120_000,
}, async () => {
  const scenarioPath = join(place, "x.yaml");
  writeFileSync(scenarioPath, scenario);
  await runScenario({ scenarioPath, outDir: join(place, "calm") });
  const made = {
    scenarioPath,
    sets: [],
    outDir: join(place, "killed"),
    every: "0.5h",
    report: false,
  };
  const onProgress = (block: number) => {
    if (block >= 8_957_879 + 620) throw new Error("killed");
    return true;
  };
  await expect(runWithCheckpoints(made, { onProgress })).rejects.toThrow("killed");
  await resumeRun(made.outDir, {});
  expect(hashesIn(made.outDir)).toEqual(hashesIn(join(place, "calm")));
  const rows = (name: string) => hashesIn(made.outDir).find((line) => line.startsWith(`${name} `));
  expect(rows("mechanism_neurons")).toMatch(/^mechanism_neurons 256 /);
  expect(rows("stake_terms")).toMatch(/^stake_terms 2 /);
  expect(rows("key_swaps")).toMatch(/^key_swaps 1 /);
});
