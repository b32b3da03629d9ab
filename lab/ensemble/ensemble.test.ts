import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { spreadOf } from "./quantiles.ts";
import { type Ensemble, runEnsemble } from "./run.ts";
import { Spool } from "./spool.ts";
import { writeEnsemble } from "./write.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a spread", () => {
  test("of 0 ... 100 has its quantiles where they are, and no value for NaN", () => {
    const values = Float64Array.from({ length: 102 }, (_, k) => (k === 101 ? Number.NaN : 100 - k));
    const spread = spreadOf(values)!;
    expect(spread.count).toBe(101);
    expect(spread.mean).toBeCloseTo(50, 12);
    expect(spread.quantiles.map(({ value }) => value)).toEqual([5, 25, 50, 75, 95]);
    for (const { low, value, high } of spread.quantiles) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(spreadOf(Float64Array.of(Number.NaN))).toBeNull();
  });

  test("states intervals that hold the true median about 95 times of 100", () => {
    let state = 1;
    const uniform = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    let held = 0;
    for (let k = 0; k < 1_000; k++) {
      const { quantiles } = spreadOf(Float64Array.from({ length: 99 }, uniform))!;
      if (quantiles[2].low <= 0.5 && quantiles[2].high >= 0.5) held++;
    }
    expect(held).toBeGreaterThan(940);
    expect(held).toBeLessThan(990);
  });
});

test("a spool gives moments by run what came as runs by moment", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 7 }),
      (runs, moments) => {
        const spool = new Spool(join(folder, "spool"), moments);
        for (let run = 0; run < runs; run++) {
          spool.add(Float64Array.from({ length: moments }, (_, k) => run * 10 + k));
        }
        const read = Array.from(spool.byMoment(), (values) => [...values]);
        spool.close();
        const wanted = (moment: number) =>
          Array.from({ length: runs }, (_, run) => run * 10 + moment);
        return read.every((values, k) => values.join() === wanted(k).join());
      },
    ),
    { numRuns: 20 },
  );
});

describe("forty seeds of the supply scenario", () => {
  const request = {
    scenarioPath: join(scenariosFolder, "tao-supply.yaml"),
    ...{ seeds: 40, sets: ["supply.horizon_days=70"], series: [], outcomes: [], workers: 0 },
  };
  let ensemble: Ensemble;
  beforeAll(async () => {
    ensemble = (await runEnsemble({ ...request, runsDir: join(folder, "runs") }))!;
  });

  test("give bands that widen with time and a spread of each outcome", () => {
    const [issuance] = ensemble.bands;
    expect(issuance.series.name).toBe("supply_forecast.issuance_rao");
    expect(issuance.rows).toHaveLength(10);
    const width = ({ spread }: (typeof issuance.rows)[number]) =>
      spread.quantiles[4].value - spread.quantiles[0].value;
    expect(width(issuance.rows[9])).toBeGreaterThan(width(issuance.rows[0]));
    expect(issuance.rows[9].spread.count).toBe(40);
    expect(ensemble.outcomes.map(({ name }) => name)).toContain("issuance_rao");
  });

  test("are written as tables with a page", async () => {
    const pages: string[] = [];
    const { dir } = await writeEnsemble(ensemble, join(folder, "bands"), (place) => {
      pages.push(place);
    });
    expect(dir).toBe(join(folder, "bands"));
    expect(pages).toHaveLength(1);
  });

  test("of a series that no run records end in one line", async () => {
    const wrong = { ...request, series: ["supply_forecast.issuance"], runsDir: join(folder, "x") };
    await expect(runEnsemble(wrong)).rejects.toThrow(
      "--series: supply_forecast.issuance: supply_forecast has no column issuance",
    );
    const none = { ...request, series: ["supply_forecast.issuance_rao[day=9999]"], seeds: 2 };
    await expect(runEnsemble({ ...none, runsDir: join(folder, "y") })).rejects.toThrow(
      "--series: supply_forecast.issuance_rao[day=9999]: no run has such a row",
    );
  });
});
