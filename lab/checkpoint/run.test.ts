import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { RunStopped } from "../engine.ts";
import { readManifest } from "../manifest.ts";
import { runScenario } from "../run.ts";
import { type CheckpointRequest, resumeRun, runWithCheckpoints, secondsOf } from "./run.ts";
import { workFolderOf } from "./work-folder.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-checkpoint-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const scenarioPath = fileURLToPath(new URL("../../scenarios/finney-2026.yaml", import.meta.url));
const sets = ["chain.horizon_days=0.1", "recording.every_blocks=60"];
const request = (name: string): CheckpointRequest => ({
  ...{ scenarioPath, sets, outDir: join(place, name), every: "0.5h", report: false },
});
const hashesIn = (dir: string): string[] =>
  readManifest(dir).tables.map(
    ({ name, rows, arrow, parquet }) => `${name} ${rows} ${arrow.sha256} ${parquet.sha256}`,
  );
const fault = async (work: () => Promise<unknown>): Promise<string> => {
  const error = await Promise.resolve()
    .then(work)
    .catch((one: unknown) => one);
  return (error as Error).message.replaceAll(`${place}/`, "");
};
/** Ends like a killed process: nothing is tidied up. */
const dieAt = (block: number) => ({
  onProgress: (now: number) => {
    if (now >= block) throw new Error("killed");
    return true;
  },
});
const start = 8_957_879;

describe("a run with checkpoints", { timeout: 240_000 }, () => {
  test("killed twice, it has the bytes of a run that nobody disturbed", async () => {
    await runScenario({ scenarioPath, sets, outDir: join(place, "calm") });
    const made = request("killed");
    await expect(runWithCheckpoints(made, dieAt(start + 350))).rejects.toThrow("killed");
    await expect(resumeRun(made.outDir, dieAt(start + 600))).rejects.toThrow("killed");
    expect(readdirSync(join(workFolderOf(made.outDir), "segments")).length).toBeGreaterThan(2);
    const { manifest } = await resumeRun(made.outDir, {});
    expect(hashesIn(made.outDir)).toEqual(hashesIn(join(place, "calm")));
    const calm = readManifest(join(place, "calm"));
    const { environment, timings, ...facts } = manifest;
    expect({ ...facts, environment: null, timings: null }).toEqual({
      ...calm,
      ...{ environment: null, timings: null },
    });
    expect([environment.node, typeof timings.simulate_s]).toEqual([process.version, "number"]);
    expect(existsSync(workFolderOf(made.outDir))).toBe(false);
  });

  test("stopped, it makes a checkpoint where it stands; a second run there is refused", async () => {
    const made = request("stopped");
    const onProgress = (block: number) => block < start + 200;
    await expect(runWithCheckpoints(made, { onProgress })).rejects.toThrow(RunStopped);
    expect(await fault(() => runWithCheckpoints(made, {}))).toMatch(
      /^stopped\.unfinished: holds an unfinished run; `hivelab resume stopped` goes on/,
    );
    await resumeRun(made.outDir, {});
    expect(hashesIn(made.outDir)).toEqual(hashesIn(join(place, "calm")));
    expect(await fault(() => resumeRun(made.outDir, {}))).toMatch(
      /^stopped: has no unfinished run/,
    );
  });

  test("where another process is at work on it, or somebody's files lie, nothing is touched", async () => {
    const made = request("locked");
    const onProgress = (block: number) => block < start + 200;
    await expect(runWithCheckpoints(made, { onProgress })).rejects.toThrow(RunStopped);
    const lock = join(workFolderOf(made.outDir), "lock");
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, "1 elsewhere\n");
    expect(await fault(() => resumeRun(made.outDir, {}))).toMatch(
      /^locked\.unfinished: another hivelab is at work there \(process 1 on elsewhere\)/,
    );
    mkdirSync(join(place, "own.unfinished"));
    writeFileSync(join(place, "own.unfinished", "thesis.txt"), "years of work");
    expect(await fault(() => runWithCheckpoints(request("own"), {}))).toMatch(
      /^own\.unfinished: is not empty \(thesis\.txt\) and holds no unfinished run/,
    );
    expect(existsSync(join(place, "own.unfinished", "thesis.txt"))).toBe(true);
  });

  test("moved meanwhile, it ends beside where it then lies", async () => {
    const made = request("before");
    const onProgress = (block: number) => block < start + 200;
    await expect(runWithCheckpoints(made, { onProgress })).rejects.toThrow(RunStopped);
    renameSync(workFolderOf(made.outDir), join(place, "after.unfinished"));
    const { dir } = await resumeRun(join(place, "after"), {});
    expect(dir).toBe(join(place, "after"));
    expect(existsSync(made.outDir)).toBe(false);
  });

  test("before dTAO too, where hotkeys earn for a day and are credited then", async () => {
    const rootEra = {
      scenarioPath: fileURLToPath(
        new URL("../../scenarios/root-weights-2024.yaml", import.meta.url),
      ),
      // Subnets without weight leave miners who have never earned among those who have.
      sets: ["chain.horizon_days=1.2", "chain.detailed_subnets=[]", "recording.every_blocks=3600"],
    };
    await runScenario({ ...rootEra, outDir: join(place, "calm-2024") });
    const made = { ...request("killed-2024"), ...rootEra, every: "2h" };
    await expect(runWithCheckpoints(made, dieAt(4_336_135 + 1_000))).rejects.toThrow("killed");
    await expect(resumeRun(made.outDir, dieAt(4_336_135 + 6_500))).rejects.toThrow("killed");
    await resumeRun(made.outDir, {});
    expect(hashesIn(made.outDir)).toEqual(hashesIn(join(place, "calm-2024")));
  });

  test("a checkpoint that was changed is told, and not used", async () => {
    const made = request("broken");
    const onProgress = (block: number) => block < start + 200;
    await expect(runWithCheckpoints(made, { onProgress })).rejects.toThrow(RunStopped);
    const work = workFolderOf(made.outDir);
    const [state] = readdirSync(work).filter((name) => name.startsWith("state-"));
    const bytes = readFileSync(join(work, state));
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(join(work, state), bytes);
    expect(await fault(() => resumeRun(made.outDir, {}))).toMatch(
      /^broken\.unfinished\/state-\d+\.bin: has changed; remove broken\.unfinished and make/,
    );
  });

  test("the time between two is simulated time", () => {
    expect([secondsOf("30d"), secondsOf("1.5h")]).toEqual([2_592_000, 5_400]);
    expect(() => secondsOf("30")).toThrow('--checkpoint-every: "30" is not right here;');
  });
});
