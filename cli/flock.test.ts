import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { runScenario } from "../lab/run.ts";
import { quickSets } from "../scenarios/testing/quick-flock.ts";
import { flock } from "./flock.ts";
import { printSummary } from "./summary.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = mkdtempSync(join(tmpdir(), "hivelab-flock-command-"));
const folder = join(place, "run");

function printed(run: () => unknown): string {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  run();
  return lines.join("\n");
}

let summary: string;
beforeAll(async () => {
  const scenarioPath = join(root, "scenarios", "flock-mid-2025.yaml");
  const made = await runScenario({ scenarioPath, sets: quickSets, days: "70", outDir: folder });
  summary = printed(() => printSummary(made));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

describe("locks and yields on the command line", () => {
  const text = () => printed(() => flock(folder, { json: false }));

  test("stand beside what is reported", () => {
    expect(text()).toMatch(/^mean of open locks, days +265 +\d{2,3} +\d{2,3}$/m);
    expect(text()).toMatch(/^of circulating +25\.0 % +\d/m);
    expect(text()).toContain("reported for mid-2025: 60 % to 230 % a year");
  });

  test("show the distribution, what moves it, and where the yield comes from", () => {
    expect(text()).toMatch(/^361 to 365 days +\d+\.\d % +\d+\.\d % +#+$/m);
    expect(text()).toMatch(/^fee and multiplier alone, matured locks kept +365 +100\.0 %/m);
    expect(text()).toMatch(/^mean yield of delegators +\d+\.\d %/m);
  });

  test("are data with --json", () => {
    const study = JSON.parse(printed(() => flock(folder, { json: true })));
    expect(study.locks.compared.day).toBe(181);
    expect(study.lengths.delegators.buckets).toHaveLength(13);
    expect(study.steps.mean).toBeGreaterThan(0);
  });

  test("are named at the end of a run as well", () => {
    expect(summary).toMatch(/^locks on 2025-06-30: .*reported for mid-2025: 25 %, 265 days\)$/m);
    expect(summary).toMatch(/^delegators' yield, .*\(reported: 60 % to 230 %\)$/m);
  });
});
