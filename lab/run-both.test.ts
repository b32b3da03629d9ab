import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../reports/report.ts";
import { InputError } from "../scenarios/fault.ts";
import { quickSets } from "../scenarios/testing/quick-flock.ts";
import { type RunResult, runScenario } from "./run.ts";
import { readTable } from "./tables/read-table.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scenarioPath = join(root, "scenarios", "flock-research-on-bittensor.yaml");
const place = mkdtempSync(join(tmpdir(), "hivelab-both-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

let run: RunResult;
beforeAll(async () => {
  run = await runScenario({
    scenarioPath,
    sets: [
      ...quickSets,
      "flock.start=2026-08-30",
      "flock.bridge.buyback_share=1",
      "recording.tables=[supply]",
    ],
    days: "3",
    outDir: join(place, "both"),
    writeReport: (folder, manifest) => void writeReport(folder, manifest),
  });
});

const bridge = (column: string): number[] => [
  ...readTable(join(run.dir, "tables", "flock_bridge.arrow"))
    .column(column)
    .numbers(),
];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("a scenario of FLock and its subnet on Bittensor", () => {
  test("pays for research in alpha, and in the twin without a subnet in FLOCK", () => {
    expect(bridge("day")).toEqual([608, 609, 610]);
    expect(sum(bridge("miner_alpha"))).toBeGreaterThan(5000);
    expect(sum(bridge("flock_paid_without"))).toBeGreaterThan(50_000);
    const [paid] = bridge("flock_paid_without");
    const [usd] = bridge("research_usd");
    // At the price before the day's trade, which was 0.15 on the first day.
    expect(paid * 0.15).toBeCloseTo(usd, 3);
  });

  test("spares the FLOCK market what researchers would have sold", () => {
    const spared = sum(bridge("sold_without")) - sum(bridge("sold_with"));
    expect(spared).toBeGreaterThan(0.7 * sum(bridge("flock_paid_without")));
    expect(bridge("price_with_usd")[2]).toBeGreaterThan(bridge("price_without_usd")[2]);
  });

  test("buys FLOCK with what the owner's share sells for, where the scenario says so", () => {
    expect(sum(bridge("owner_tao"))).toBeGreaterThan(0);
    expect(sum(bridge("flock_bought"))).toBeGreaterThan(1000);
  });

  test("keeps the tables of both worlds, and one page", () => {
    const rows = new Map(run.manifest.tables.map(({ name, rows: count }) => [name, count]));
    expect(rows.get("flock_supply")).toBe(3);
    expect(rows.get("supply")).toBe(72);
    expect(rows.has("neurons")).toBe(false);
    const page = readFileSync(run.reportPath, "utf8");
    expect(page).toContain("Research paid by a subnet");
    expect(page).toContain("Supply and emission");
    const ids = [...page.matchAll(/<(?:section|figure) id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("lets FLock's people live alone until the chain begins", async () => {
    const { dir, manifest } = await runScenario({
      scenarioPath,
      sets: [...quickSets, "flock.start=2026-06-30", "recording.tables=[supply]"],
      days: "1",
      outDir: join(place, "grown"),
    });
    const cell = (table: string, column: string) =>
      readTable(join(dir, "tables", `${table}.arrow`))
        .column(column)
        .numbers();
    expect([...cell("flock_supply", "day")]).toEqual([608]);
    expect(cell("flock_supply", "locked")[0]).toBeGreaterThan(1e6);
    expect(manifest.span.from_time.slice(0, 10)).toBe("2026-08-30");
    // The twins were one until the researchers were paid; the lower price makes nodes sell a bit more.
    const [sold, without, paid] = ["sold_with", "sold_without", "flock_paid_without"].map(
      (column) => cell("flock_bridge", column)[0],
    );
    expect((without - sold) / (0.8 * paid)).toBeCloseTo(1, 2);
  });

  test.each([
    ["flock.start=2026-10-01", "flock.start: 2026-10-01 is after the chain's start; 2026-08-30 or"],
    ["agents.flockoff.netuid=0", "agents.flockoff.netuid: no subnet pays for FLock's research"],
    ["agents.flockoff.netuid=7", "agents.flockoff.netuid: 7 is not simulated neuron by neuron"],
    ["flock.nodes.count=-1", "flock.nodes.count: -1 is below 0"],
    ["chain.horizon_days=-1", "chain.horizon_days: -1 is below"],
  ])("that cannot be is refused: %s", async (set, message) => {
    const faulty = runScenario({ scenarioPath, sets: [set], outDir: join(place, "faulty") });
    await expect(faulty).rejects.toThrow(InputError);
    await expect(faulty).rejects.toThrow(message);
  });
});
