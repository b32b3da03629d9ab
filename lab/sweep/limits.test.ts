/** Runs that never end or never stop growing, on real threads: the built program, stopped by force. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  hasTimeForMore,
  journalBytes,
  rowsOf,
  startHivelab,
  tableHashes,
  temporaryFolder,
} from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));

const SIZE = 80;
/** A case asks nobody whether to go on, and keeps every epoch until its end. */
const ENDLESS = 1_000;
const EPOCHS = [2, ENDLESS, 3, 4, 5, 6];

function writeCase(path: string): void {
  const names = (letter: string) => Array.from({ length: SIZE }, (_, k) => `${letter}${k}`);
  const [validators, servers] = [names("v"), names("s")];
  const each = (of: readonly string[], value: (k: number) => unknown) =>
    Object.fromEntries(of.map((name, k) => [name, value(k)]));
  const file = {
    ...{ version: 1, title: "endless", epochs: 2, validators, servers },
    stakes: [{ epoch: 0, row: each(validators, (k) => 100 + k) }],
    weights: [{ epoch: 0, rows: each(validators, (v) => each(servers, (s) => (v * s) % 97)) }],
  };
  writeFileSync(path, JSON.stringify(file));
}

function writePlan(name: string, limits: string): string {
  const path = join(place, `${name}.yaml`);
  writeFileSync(
    path,
    `version: 1
title: ${name}
scenario: endless.yaml
parameters:
  epochs: { path: epochs, values: [${EPOCHS.join(", ")}] }
outcomes:
  dividends: { table: case_validators, column: dividends, where: { validator: v7 } }
tables: [case_servers]
limits: ${limits}
`,
  );
  return path;
}

const start = (plan: string, out: string, workers: number) =>
  startHivelab(["sweep", plan, "--out", out, "--workers", String(workers)]);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.runIf(hasTimeForMore)("a run is stopped with its thread, and the others go on", () => {
  writeCase(join(place, "endless.yaml"));

  const expectRuns = (dir: string, error: string) => {
    const rows = rowsOf(dir);
    const wanted = EPOCHS.map((epochs) => (epochs === ENDLESS ? "failed" : "done"));
    expect(rows.map(({ status }) => status)).toEqual(wanted);
    expect(rows[1]).toMatchObject({ error, dividends: null });
  };
  const calm = join(place, "calm");

  test("one that spins; killed meanwhile, the sweep goes on to the same bytes", async () => {
    const plan = writePlan("spins", "{ run_seconds: 3 }");
    expect(await start(plan, calm, 1).end).toMatchObject({ errors: "" });
    expectRuns(calm, "took longer than 3 s");
    const killed = join(place, "killed");
    const { child, end } = start(plan, killed, 2);
    while (child.exitCode === null && journalBytes(killed) === 0) await pause(10);
    expect(child.kill("SIGKILL")).toBe(true);
    await end;
    expect(await start(plan, killed, 2).end).toMatchObject({ errors: "" });
    expect(tableHashes(killed)).toEqual(tableHashes(calm));
  }, 480_000);

  test("one that grows; the others' rows are what they are elsewhere", async () => {
    const out = join(place, "grows");
    const plan = writePlan("grows", "{ run_memory_mb: 64 }");
    expect(await start(plan, out, 2).end).toMatchObject({ errors: "" });
    expectRuns(out, "needed more memory than there is (limit 64 MB)");
    const kept = (dir: string) =>
      tableHashes(dir).filter((line) => line.startsWith("case_servers"));
    expect(kept(out)).toEqual(kept(calm));
  }, 480_000);
});
