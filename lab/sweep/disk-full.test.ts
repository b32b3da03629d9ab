/** No room left, as the operating system says it: files that may not grow past a limit (EFBIG). */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  hasTimeForMore,
  journalBytes,
  quickPlan,
  startHivelab,
  tableHashes,
  temporaryFolder,
} from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The program in a shell that lets no file grow beyond so many KiB. */
const sweep = (plan: string, out: string, workers: number, limitKib?: number) =>
  startHivelab(
    ["sweep", plan, "--out", out, "--workers", String(workers)],
    limitKib === undefined
      ? undefined
      : ["bash", "-c", `ulimit -f ${limitKib}; exec "$0" "$@"`, process.execPath],
  ).end;

describe.runIf(hasTimeForMore && process.platform !== "win32")("a disk that is full", () => {
  const plans = {
    tables: quickPlan(place, "tables", { seeds: 6, tables: ["flock_operators"] }),
    runs: quickPlan(place, "runs", { seeds: 30 }),
  };
  const calm = (name: keyof typeof plans) => join(place, `${name}-calm`);
  beforeAll(async () => {
    for (const name of ["tables", "runs"] as const) {
      expect(await sweep(plans[name], calm(name), 0)).toEqual({ code: 0, errors: "" });
    }
  }, 60_000);

  /** Less than the largest of the final tables, and more than a shard of them. */
  const largestKib = () => {
    const tables = join(calm("tables"), "tables");
    const sizes = readdirSync(tables).map((file) => statSync(join(tables, file)).size);
    return Math.ceil(Math.max(...sizes) / 1_024) - 1;
  };

  test.each([
    ["rows of a worker thread", "tables", 2, 8],
    ["rows of this thread", "tables", 0, 8],
    ["what is known of the runs", "runs", 0, 6],
    ["the final tables", "tables", 0, null],
  ] as const)(
    "under %s: one line, and the same command goes on",
    async (_, name, workers, kib) => {
      const out = join(place, `${name}-${workers}-${kib}`);
      const { code, errors } = await sweep(plans[name], out, workers, kib ?? largestKib());
      expect(errors).toMatch(/^hivelab: .*: the disk is full.*\n$/);
      expect(code).toBe(1);
      expect(existsSync(join(out, "manifest.json"))).toBe(false);
      expect(journalBytes(out)).toBeGreaterThan(0);
      expect(await sweep(plans[name], out, workers)).toEqual({ code: 0, errors: "" });
      expect(tableHashes(out)).toEqual(tableHashes(calm(name)));
    },
    60_000,
  );

  test("under a search and under a run with checkpoints: told, with the command that goes on", async () => {
    const limited = (limitKib: number, ...args: string[]) =>
      startHivelab(args, [
        ...["bash", "-c", `ulimit -f ${limitKib}; exec "$0" "$@"`, process.execPath],
      ]).end;
    const out = join(place, "search");
    expect(await limited(8, "search", "cabal-smallest-stake", "--out", out)).toEqual({
      code: 1,
      errors: "hivelab: the disk is full; every run is kept, and the same command goes on\n",
    });
    expect(statSync(join(out, "evaluations.jsonl")).size).toBeGreaterThan(4_000);
    const run = ["run", "tao-supply", "--out", join(place, "run"), "--no-report"];
    const every = ["--checkpoint-every", "100d", "--set", "recording.every_days=1"];
    const { code, errors } = await limited(60, ...run, ...every);
    expect(errors).toMatch(/^hivelab: the disk is full; `hivelab resume .*run` goes on\n$/);
    expect([code, existsSync(join(place, "run.unfinished"))]).toEqual([1, true]);
  }, 60_000);
});
