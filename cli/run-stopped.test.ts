/** `hivelab run` told to stop by a batch system, as a person would start it: the built program. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  hasTimeForMore,
  startHivelab,
  tableHashes,
  temporaryFolder,
} from "../lab/sweep/testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const start = (name: string, ...more: readonly string[]) => {
  const sets = ["--set", "chain.horizon_days=0.4", "--set", "recording.every_blocks=360"];
  const out = ["--out", join(place, name), "--no-report"];
  return startHivelab(["run", "finney-2026", ...sets, ...out, ...more]);
};

/** Sends SIGTERM once a run has begun to write; what it says is without the folder's place. */
async function terminate(name: string, ...more: readonly string[]) {
  const { child, end } = start(name, ...more);
  const hasBegun = () => readdirSync(place).some((entry) => entry.includes(name));
  while (child.exitCode === null && !hasBegun()) await pause(5);
  child.kill("SIGTERM");
  const { code, errors } = await end;
  return { code, errors: errors.replaceAll(/`hivelab resume \S*\//g, "`hivelab resume ") };
}

describe.runIf(process.platform !== "win32")("a run that gets SIGTERM", () => {
  test("stops with 130 and leaves nothing", async () => {
    const told = await terminate("plain");
    expect(told).toEqual({ code: 130, errors: "stopped; nothing was written\n" });
    expect(readdirSync(place)).toEqual([]);
  });

  test("with checkpoints says what goes on", async () => {
    const told = await terminate("kept", "--checkpoint-every", "2h");
    expect(told).toEqual({ code: 130, errors: "stopped; `hivelab resume kept` goes on\n" });
    expect(existsSync(join(place, "kept"))).toBe(false);
  });

  test.runIf(hasTimeForMore)("and that has the bytes of a run left alone", async () => {
    const resumed = startHivelab(["resume", join(place, "kept")]);
    expect(await resumed.end).toEqual({ code: 0, errors: "" });
    expect(await start("calm").end).toEqual({ code: 0, errors: "" });
    expect(tableHashes(join(place, "kept"))).toEqual(tableHashes(join(place, "calm")));
  });
});
