import { describe, expect, test } from "vitest";
import type { Axis } from "../plans/axis.ts";
import { morris } from "../plans/designs/morris.ts";
import { saltelli } from "../plans/designs/saltelli.ts";
import type { PlanDefinition } from "../plans/plan.ts";
import { type Measure, outcomeSensitivity } from "./analyse.ts";
import { type BootstrapOptions, usualBootstrap } from "./bootstrap.ts";

const options: BootstrapOptions = { ...usualBootstrap, resamples: 60 };
const unit: Axis = { kind: "range", from: 0, to: 1, scale: "linear", whole: false, steps: null };
const parameters = (count: number) =>
  Array.from({ length: count }, (_, k) => ({ name: `x${k + 1}`, paths: [], axis: unit }));

/** The analysis of a function on the unit cube. */
function analysed(
  design: Extract<PlanDefinition["design"], { kind: "saltelli" | "morris" }>,
  dimensions: number,
  of: (x: number[]) => number,
) {
  const made =
    design.kind === "saltelli"
      ? saltelli(design.base, dimensions, design.seed)
      : morris(design.trajectories, dimensions, design);
  const values = Float64Array.from({ length: made.points }, (_, k) => of(made.unit(k)));
  return outcomeSensitivity({ design, parameters: parameters(dimensions) }, "y", values, options);
}

type Analysis = ReturnType<typeof analysed>;
const values = ({ parameters: all }: Analysis, measure: Measure) =>
  all.map(({ measures }) => measures[measure]!.value);
const within = (analysis: Analysis, measure: Measure, known: readonly number[]) =>
  analysis.parameters.forEach(({ measures }, k) => {
    const { low, high } = measures[measure]!;
    expect(low).toBeLessThanOrEqual(known[k] + 0.005);
    expect(high).toBeGreaterThanOrEqual(known[k] - 0.005);
  });

/** Ishigami and Homma (1990), a = 7, b = 0.1, on [-pi, pi]^3. */
function ishigami(x: number[]): number {
  const [x1, x2, x3] = x.map((one) => Math.PI * (2 * one - 1));
  return Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1);
}

describe("Sobol indices", () => {
  test("of Ishigami's function are the known ones", () => {
    const analysis = analysed({ kind: "saltelli", base: 1024, seed: "ishigami" }, 3, ishigami);
    const first = [0.3139, 0.4424, 0];
    const total = [0.5576, 0.4424, 0.2437];
    values(analysis, "first").forEach((value, k) => {
      expect(Math.abs(value - first[k])).toBeLessThan(0.03);
    });
    values(analysis, "total").forEach((value, k) => {
      expect(Math.abs(value - total[k])).toBeLessThan(0.03);
    });
    within(analysis, "first", first);
    within(analysis, "total", total);
  });

  test("of Sobol's g-function are the known ones, in eight dimensions", () => {
    const a = [0, 1, 4.5, 9, 99, 99, 99, 99];
    const g = (x: number[]) =>
      x.reduce((product, one, k) => (product * (Math.abs(4 * one - 2) + a[k])) / (1 + a[k]), 1);
    const parts = a.map((one) => 1 / 3 / (1 + one) ** 2);
    const variance = parts.reduce((product, part) => product * (1 + part), 1) - 1;
    const first = parts.map((part) => part / variance);
    const total = parts.map((part) => (part * ((variance + 1) / (1 + part))) / variance);
    const analysis = analysed({ kind: "saltelli", base: 1024, seed: "g" }, 8, g);
    values(analysis, "first").forEach((value, k) => {
      expect(Math.abs(value - first[k])).toBeLessThan(0.03);
    });
    values(analysis, "total").forEach((value, k) => {
      expect(Math.abs(value - total[k])).toBeLessThan(0.03);
    });
  });

  test("settle: intervals become narrow as base points are added", () => {
    const { convergence } = analysed({ kind: "saltelli", base: 1024, seed: "c" }, 3, ishigami);
    expect(convergence.at(-1)!.blocks).toBe(1024);
    const width = (stage: (typeof convergence)[number]) => {
      const { low, high } = stage.parameters[0].measures.total!;
      return high - low;
    };
    expect(width(convergence.at(-1)!)).toBeLessThan(width(convergence[0]) / 2);
    const counts = convergence.map(({ blocks }) => blocks);
    expect(counts).toEqual(counts.toSorted((x, y) => x - y));
  });

  test("are the same at each analysis", () => {
    const design = { kind: "saltelli", base: 64, seed: "s" } as const;
    expect(analysed(design, 3, ishigami)).toEqual(analysed(design, 3, ishigami));
  });

  test("leave out base points of which a run failed, and say so", () => {
    const design = { kind: "saltelli", base: 64, seed: "s" } as const;
    let calls = 0;
    const failing = analysed(design, 3, (x) => (calls++ === 7 ? Number.NaN : ishigami(x)));
    expect([failing.blocks, failing.missing]).toEqual([63, 1]);
    expect(values(failing, "total").every(Number.isFinite)).toBe(true);
    const none = analysed(design, 3, () => Number.NaN);
    expect([none.blocks, none.missing, none.convergence.length]).toEqual([0, 64, 0]);
  });
});

describe("Morris's measures", () => {
  const design = { kind: "morris", trajectories: 200, levels: 4, seed: "m" } as const;

  test("of a linear function are its slopes, without any spread", () => {
    const analysis = analysed(design, 3, ([x, y, z]) => 3 * x - 2 * y + 0 * z);
    values(analysis, "mu_star").forEach((value, k) => {
      expect(value).toBeCloseTo([3, 2, 0][k], 12);
    });
    values(analysis, "mu").forEach((value, k) => {
      expect(value).toBeCloseTo([3, -2, 0][k], 12);
    });
    for (const sigma of values(analysis, "sigma")) expect(sigma).toBeCloseTo(0, 12);
  });

  test("of a product are those of the other factor's levels", () => {
    // The effect of x is y, which takes 0, 1/3, 2/3 and 1: mean 1/2, deviation sqrt(5)/6.
    const analysis = analysed(design, 2, ([x, y]) => x * y);
    for (const value of values(analysis, "mu_star"))
      expect(Math.abs(value - 0.5)).toBeLessThan(0.06);
    for (const value of values(analysis, "sigma")) {
      expect(Math.abs(value - Math.sqrt(5) / 6)).toBeLessThan(0.04);
    }
  });

  test("see what cancels out in the mean", () => {
    // Up and down by 2/3 around the middle: effects of x^2 about 1/2 have both signs.
    const analysis = analysed(design, 1, ([x]) => Math.abs(x - 0.5));
    expect(Math.abs(values(analysis, "mu")[0])).toBeLessThan(0.1);
    expect(values(analysis, "mu_star")[0]).toBeCloseTo(0.5, 12);
  });
});
