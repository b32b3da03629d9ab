import { describe, expect, test } from "vitest";
import type { Axis } from "../../lab/plans/axis.ts";
import { saltelli } from "../../lab/plans/designs/saltelli.ts";
import { outcomeSensitivity, type Sensitivity } from "../../lab/sensitivity/analyse.ts";
import { usualBootstrap } from "../../lab/sensitivity/bootstrap.ts";
import { compileChart, isDrawn } from "../chart.ts";
import { sensitivityPage } from "./sensitivity-page.ts";

const axis: Axis = { kind: "range", from: 0, to: 1, scale: "linear", whole: false, steps: null };
const parameters = ["take", "kappa"].map((name) => ({ name, paths: [], axis }));
const design = { kind: "saltelli", base: 32, seed: "s" } as const;
const options = { ...usualBootstrap, resamples: 50 };

function analysis(of: (x: number[]) => number): Sensitivity {
  const { points, unit } = saltelli(32, 2, "s");
  const values = Float64Array.from({ length: points }, (_, k) => of(unit(k)));
  return {
    ...{ kind: "saltelli", name: "n", title: "What <b> depends on", seeds: 3, options },
    outcomes: [outcomeSensitivity({ design, parameters }, "price", values, options)],
  };
}

describe("the page of a sensitivity analysis", () => {
  test("lists parameters by what they explain, and draws without a warning", () => {
    const { sections, header } = sensitivityPage(analysis(([take, kappa]) => take + 5 * kappa));
    expect(header.markup).toContain("What &lt;b&gt; depends on");
    expect(header.markup).toContain("means over 3 seeds");
    const [{ body, charts }] = sections;
    expect(body.markup.indexOf("kappa")).toBeLessThan(body.markup.indexOf("take"));
    const warnings: string[] = [];
    for (const chart of charts) {
      expect(isDrawn(chart)).toBe(true);
      if (isDrawn(chart)) compileChart(chart, { onWarning: (text) => warnings.push(text) });
    }
    expect(warnings).toEqual([]);
  });

  test("writes long numbers with a power of ten, in the table and on the axes", () => {
    const large: Sensitivity = {
      ...analysis(([take]) => take),
      ...{ kind: "morris" },
      outcomes: [
        outcomeSensitivity(
          { design: { kind: "morris", trajectories: 20, levels: 4, seed: "s" }, parameters },
          "rao",
          Float64Array.from({ length: 60 }, (_, k) => (1 + (k % 3)) * 1.25e13),
          options,
        ),
      ],
    };
    const [{ body, charts }] = sensitivityPage(large).sections;
    expect(body.markup).toMatch(/\d(\.\d+)?e\+13/);
    expect(body.markup).not.toMatch(/\d,\d{3},\d{3}/);
    expect(JSON.stringify(charts)).toContain('"format":"~g"');
  });

  test("says so where an outcome never changes", () => {
    const [{ charts }] = sensitivityPage(analysis(() => 1)).sections;
    expect(charts.every((chart) => !isDrawn(chart))).toBe(true);
  });
});
