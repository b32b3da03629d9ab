import { expect, test } from "vitest";
import { screenedTogether } from "../../lab/screening.ts";
import { compileChart, isDrawn } from "../chart.ts";
import { retentionChart } from "./retention-page.ts";

const screener = { name: "exact", device: "", precision: "", note: null } as const;
const map = {
  options: { sigma: 0.4, seed: 0n, quick: true, wholeGrid: false, workers: 0, screener },
  thresholds: [],
  lines: [
    {
      majorStake: 0.6,
      line: [
        { minorWeight: 0, majorWeight: 0.2 },
        { minorWeight: 0.5, majorWeight: 0.7 },
        { minorWeight: 1, majorWeight: null },
      ],
    },
  ],
  ...{ cells: [], gridCells: 0, seconds: 0, cpuSeconds: 0 },
  screened: screenedTogether(screener, []),
};

test("the contour chart draws the points that there are, the line of 60 % thicker", () => {
  const chart = retentionChart(map);
  if (!isDrawn(chart)) throw new Error("not drawn");
  expect(chart.data.retention.major).toEqual([0.2, 0.7]);
  expect(JSON.stringify(chart.spec)).toContain("'0.60'");
  const warnings: string[] = [];
  compileChart(chart, { onWarning: (message) => warnings.push(message) });
  expect(warnings).toEqual([]);
});
