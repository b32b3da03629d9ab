import { parse, View } from "vega";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Chart, compileChart, type DrawnChart, isDrawn, withData } from "../chart.ts";
import { rowsOf } from "../frame.ts";
import { reportSections } from "../page.ts";
import { type StoredRun, storeRun } from "../testing/stored-run.ts";
import { withLightColors } from "../theme.ts";

/** Every chart of the report; a new one is to be named here. */
const names = [
  "issuance",
  "emission-flows",
  "emission-share",
  "prices",
  "share-by-rank",
  "price-changes",
  "lock-costs",
  "conviction",
  "rewards-by-role",
  "wealth-change",
  "wealth-parts",
  "incentive-heatmap-15",
  "dividends-heatmap-15",
  "incentive-ranks-15",
  "gini-15",
  "nakamoto-15",
  "actions",
  "refusals",
] as const;

let full: StoredRun;
let empty: StoredRun;
let charts: Chart[];
beforeAll(async () => {
  full = await storeRun();
  empty = await storeRun(() => {});
  charts = reportSections(full.run).flatMap((section) => section.charts);
});
afterAll(() => {
  full.remove();
  empty.remove();
});

function drawn(id: string): DrawnChart {
  const chart = charts.find((one) => one.id === id);
  if (!chart || !isDrawn(chart)) throw new Error(`${id} is not drawn`);
  return chart;
}

const rows = (id: string) => rowsOf(Object.values(drawn(id).data)[0]);

async function svgOf(chart: DrawnChart): Promise<string> {
  const onWarning = (message: string) => {
    throw new Error(message);
  };
  const alone = compileChart(chart, { width: 640, standsAlone: true, onWarning });
  const spec = withData(alone, chart.data);
  const view = new View(parse(spec), { renderer: "none" });
  return withLightColors(await view.toSVG());
}

describe("the charts of a report", () => {
  test("are these", () => {
    expect(charts.map(({ id }) => id)).toEqual(names);
  });

  test.each(names)("%s compiles for a page without a warning", (id) => {
    const warnings: string[] = [];
    compileChart(drawn(id), { onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([]);
  });

  test.each(names)(
    "%s alone draws marks, bears its title and has no number that is none",
    async (id) => {
      const svg = await svgOf(drawn(id));
      expect(svg).toContain(`>${drawn(id).title}</text>`);
      expect(svg).toMatch(/class="mark-(line|rect|symbol) role-mark/);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|var\(--/);
      expect(svg).not.toContain("e+");
    },
  );

  test("of a run without rows say that there is nothing, each of them", () => {
    const silent = reportSections(empty.run).flatMap((section) => section.charts);
    expect(silent.length).toBeGreaterThan(8);
    for (const chart of silent)
      expect(chart).toHaveProperty("nothing", expect.stringMatching(/\.$/));
  });

  test("name their series in a legend to pick from, as many as they have colours", () => {
    for (const { legend } of charts) {
      if (legend) expect(legend.length).toBeGreaterThan(1);
    }
    expect(drawn("rewards-by-role").legend?.map(({ name }) => name)).toEqual([
      ...["owner", "miner", "validator", "delegator", "root", "burned"],
    ]);
  });
});

describe("what the charts show", () => {
  test("shares of emission add up to one in every window", () => {
    const sums = new Map<unknown, number>();
    for (const { time, value } of rows("emission-share")) {
      sums.set(time, (sums.get(time) ?? 0) + (value as number));
    }
    expect(sums.size).toBe(12);
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12);
  });

  test("flows are rates per day: 0.5 TAO a block is 3,600 a day, in each of its parts", () => {
    const first = rows("emission-flows").filter((row, _, all) => row.time === all[0].time);
    expect(first.map(({ flow, value }) => [flow, Number((value as number).toFixed(6))])).toEqual([
      ["into pools with alpha", 2232],
      ["chain buys of alpha", 1296],
      ["minted, not to pools", 72],
      ["recycled", -1.6],
    ]);
  });

  test("stacked bars stand on one another, what is recycled below zero", () => {
    const [pools, buys, rest, recycled] = rows("emission-flows");
    expect([pools.low, buys.low, rest.low]).toEqual([0, pools.high, buys.high]);
    expect([recycled.low, recycled.high]).toEqual([0, recycled.value]);
  });

  test("subnets are ranked by their share, at both ends of the run", () => {
    const ranks = rows("share-by-rank");
    for (const moment of ["first block recorded", "last block recorded"]) {
      const shares = ranks.filter((row) => row.moment === moment).map((row) => row.share as number);
      expect(shares).toHaveLength(14);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
    }
  });

  test("wealth begins near no change and its parts add up to one", () => {
    const shares = rows("wealth-parts").filter(({ role }) => role === "miner");
    expect(shares.reduce((sum, { share }) => sum + (share as number), 0)).toBeCloseTo(1, 12);
    const [first] = rows("wealth-change");
    expect(Math.abs(first.change as number)).toBeLessThan(0.05);
  });

  test("the heat map shows at most 32 miners, the one that received most first", () => {
    const cells = rows("incentive-heatmap-15");
    const totals = new Map<unknown, number>();
    for (const { uid, share } of cells) {
      totals.set(uid, (totals.get(uid) ?? 0) + (share as number));
    }
    expect(totals.size).toBe(32);
    const sums = [...totals.values()];
    expect(sums[0]).toBe(Math.max(...sums));
    expect(cells).toHaveLength(32 * 30);
  });

  test("actions and refusals are counted alike", () => {
    const refused = rows("actions").filter(({ outcome }) => outcome === "refused");
    const sum = (all: readonly { count?: unknown }[]) =>
      all.reduce((total, { count }) => total + (count as number), 0);
    expect(sum(refused)).toBe(sum(rows("refusals")));
    // 120 a day, and the purchase of who takes a subnet over.
    expect(sum(rows("actions"))).toBe(1_441);
  });
});
