/** The Slurm template as an array runs it, with a stand-in for the cluster: its variables, in a loop. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { runSweep } from "./sweep.ts";
import { hasTimeForMore, hivelabBin, quickPlan, tableHashes, temporaryFolder } from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));
const template = fileURLToPath(new URL("../../templates/slurm-sweep.sh", import.meta.url));
const PARTS = 3;

/** A folder for PATH with `hivelab`, as an installed package would have it. */
function installed(): string {
  const folder = join(place, "bin");
  mkdirSync(folder);
  const program = join(folder, "hivelab");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${hivelabBin}" "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}

function shell(line: readonly string[], more: Readonly<Record<string, string>>) {
  const { SLURM_ARRAY_TASK_ID: _, ...env } = process.env;
  const result = spawnSync("bash", line, { env: { ...env, ...more }, encoding: "utf8" });
  return { code: result.status, errors: result.stderr };
}

describe.runIf(hasTimeForMore && process.platform !== "win32")("the Slurm template", () => {
  test("makes every part of a plan; joined as it says, they are the whole sweep", async () => {
    const plan = quickPlan(place, "array", { seeds: 3, tables: ["flock_supply"] });
    const out = join(place, "shared");
    const path = { PATH: `${installed()}${delimiter}${process.env.PATH}` };
    const task = (id: number) => ({
      ...{ ...path, SLURM_ARRAY_TASK_ID: String(id), SLURM_ARRAY_TASK_COUNT: String(PARTS) },
      SLURM_CPUS_PER_TASK: "2",
    });
    for (const id of [2, 1, 3, 2]) {
      // The second task is requeued after its end, and finds nothing left to do.
      expect(shell([template, plan, out], task(id))).toEqual({ code: 0, errors: "" });
    }
    // Given again alone, a task is told how many parts there are: an array of one counts one.
    const alone = { ...task(3), SLURM_ARRAY_TASK_COUNT: "1" };
    expect(shell([template, plan, out, String(PARTS)], alone)).toEqual({ code: 0, errors: "" });
    expect(shell([template, plan, out], alone)).toMatchObject({
      ...{ code: 2, errors: expect.stringContaining('--shard: "3/1" is not right here') },
    });
    const merge = `hivelab merge ${out}/part-* --out ${out}/whole`;
    expect(shell(["-c", merge], path)).toEqual({ code: 0, errors: "" });
    await runSweep({ plan: loadPlan(plan), outDir: join(place, "alone"), workers: 0 });
    expect(tableHashes(join(out, "whole"))).toEqual(tableHashes(join(place, "alone")));
    expect(shell([template, plan], task(1)).errors).toMatch(/2: the plan and a shared folder: /);
    const { code, errors } = shell([template, plan, out], path);
    expect(code).not.toBe(0);
    expect(errors).toMatch(/SLURM_ARRAY_TASK_ID: start this with sbatch --array=1-N\n$/);
  }, 120_000);
});
