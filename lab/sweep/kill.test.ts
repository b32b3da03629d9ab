/** A sweep that is killed again and again, as a person would run it: the built program. */
import type { ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { randomSource, type Stream } from "../../sim/random.ts";
import { TABLES_STAND } from "./sweep.ts";
import {
  hasTimeForMore,
  journalBytes,
  type Program,
  quickPlan,
  startHivelab,
  tableHashes,
  temporaryFolder,
} from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Each costs a start of the program: a few while one works on the code, all in CI. */
const KILLS = hasTimeForMore ? 20 : 3;

const start = (plan: string, out: string, workers: number): Program =>
  startHivelab(["sweep", plan, "--out", out, "--workers", String(workers)]);

const isDone = (out: string): boolean => existsSync(join(out, "manifest.json"));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether it was killed; false where it ended first. */
async function killSome(child: ChildProcess, out: string, chance: Stream): Promise<boolean> {
  const isEarly = chance.below(5) === 0;
  const wanted = journalBytes(out) + chance.below(3_000);
  while (!isEarly && child.exitCode === null && journalBytes(out) < wanted) await pause(3);
  await pause(chance.uniform() * 60);
  return child.exitCode === null && child.kill("SIGKILL");
}

/** All that a killed sweep may tell: it fell between its tables and its manifest. */
const quiet = ["", `${TABLES_STAND}\n`];

test(`killed ${KILLS} times, a sweep has the tables of one that nobody disturbed`, async () => {
  const plan = quickPlan(place, "kill", { seeds: 20, tables: ["flock_supply", "flock_operators"] });
  const calm = join(place, "calm");
  expect(await start(plan, calm, 1).end).toEqual({ code: 0, errors: "" });
  const chance = randomSource("kill").stream("moments");
  let out = join(place, "killed-0");
  const midway = new Set<number>();
  for (let kills = 0; kills < KILLS; ) {
    if (isDone(out)) {
      expect(tableHashes(out)).toEqual(tableHashes(calm));
      out = join(place, `killed-${kills}`);
    }
    const { child, end } = start(plan, out, chance.below(3) === 0 ? 2 : 0);
    if (await killSome(child, out, chance)) kills++;
    expect(quiet).toContain((await end).errors);
    if (!isDone(out)) midway.add(journalBytes(out));
  }
  // Many of them with some runs recorded, and others than before.
  expect(midway.size).toBeGreaterThan(KILLS / 3);
  const { code, errors } = await start(plan, out, 2).end;
  expect(code).toBe(0);
  expect(quiet).toContain(errors);
  expect(tableHashes(out)).toEqual(tableHashes(calm));
}, 240_000);
