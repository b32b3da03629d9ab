import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyOf, permuted } from "./keyed.ts";
import { latinHypercube } from "./latin.ts";
import { morris, trajectoryOf } from "./morris.ts";
import { saltelli } from "./saltelli.ts";
import { sobolSequence } from "./sobol.ts";

const range = (count: number) => Array.from({ length: count }, (_, k) => k);

describe("the Sobol sequence", () => {
  test("has the points of Joe and Kuo's own program", () => {
    // Coordinates 1 to 5, 10, 51 and 128 of new-joe-kuo-6, as SciPy 1.17 gives them too.
    const { unit } = sobolSequence(64, 128, null);
    const chosen = (index: number) => [0, 1, 2, 3, 4, 9, 50, 127].map((k) => unit(index)[k]);
    expect(unit(0).every((x) => x === 0)).toBe(true);
    expect(unit(1).every((x) => x === 0.5)).toBe(true);
    expect(chosen(2)).toEqual([0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.25]);
    expect(chosen(7)).toEqual([0.125, 0.625, 0.375, 0.125, 0.125, 0.875, 0.875, 0.375]);
    expect(chosen(21)).toEqual([
      0.96875, 0.59375, 0.34375, 0.78125, 0.65625, 0.03125, 0.34375, 0.46875,
    ]);
    expect(chosen(63)).toEqual([
      0.015625, 0.796875, 0.359375, 0.453125, 0.859375, 0.578125, 0.265625, 0.640625,
    ]);
  });

  test.each([null, "seed"])("has a point in each of 2^k strata, scrambled or not (%s)", (seed) => {
    const { unit } = sobolSequence(256, 10, seed);
    const points = range(256).map(unit);
    for (const dimension of range(10)) {
      const strata = new Set(points.map((point) => Math.floor(point[dimension] * 256)));
      expect(strata.size).toBe(256);
    }
  });

  test("keeps the two-dimensional net when scrambled, and moves with the seed", () => {
    const { unit } = sobolSequence(256, 2, "a");
    const cells = new Set(
      range(256).map((k) =>
        unit(k)
          .map((x) => Math.floor(16 * x))
          .join(" "),
      ),
    );
    expect(cells.size).toBe(256);
    expect(sobolSequence(256, 2, "b").unit(5)).not.toEqual(unit(5));
  });

  test("integrates far better than chance", () => {
    const { unit } = sobolSequence(1024, 5, "integral");
    const mean =
      range(1024).reduce((sum, k) => sum + unit(k).reduce((product, x) => product * 2 * x, 1), 0) /
      1024;
    // The product has mean 1 and standard deviation 1.8: chance would be 0.056 off.
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
  });
});

describe("a permutation", () => {
  test("has every index once, whatever the size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.string(), (size, seed) => {
        const key = keyOf(seed, "test");
        const images = new Set(range(size).map((k) => permuted(key, k, size, 3)));
        expect(images.size).toBe(size);
        expect(Math.max(...images)).toBe(size - 1);
      }),
      { numRuns: 40 },
    );
  });

  test("is any of those of three with the same chance", () => {
    const counts = new Map<string, number>();
    for (const k of range(1200)) {
      const key = keyOf(String(k), "test");
      const order = range(3)
        .map((at) => permuted(key, at, 3, 0))
        .join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 200 each on average, with a deviation of 13.
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  test("costs nothing for four billion", () => {
    const at = permuted(keyOf("x", "test"), 123, 4_294_967_296, 0);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(4_294_967_296);
  });
});

test("a Latin hypercube has one point in each stratum of each parameter", () => {
  const { unit } = latinHypercube(57, 4, "seed");
  for (const dimension of range(4)) {
    const strata = range(57).map((k) => Math.floor(57 * unit(k)[dimension]));
    expect(strata.toSorted((a, b) => a - b)).toEqual(range(57));
  }
  const firstTwo = range(57).map((k) =>
    unit(k)
      .slice(0, 2)
      .map((x) => Math.floor(57 * x)),
  );
  expect(firstTwo.some(([a, b]) => a !== b)).toBe(true);
});

describe("Saltelli's design", () => {
  test("takes one parameter of A from B at a time, and goes on where fewer base points ended", () => {
    const few = saltelli(4, 3, "s");
    const many = saltelli(8, 3, "s");
    expect([few.points, many.points]).toEqual([20, 40]);
    const [a, b, ...mixed] = range(5).map((k) => few.unit(5 + k));
    mixed.forEach((point, k) => {
      expect(point).toEqual(a.map((x, j) => (j === k ? b[j] : x)));
    });
    expect(range(20).map(many.unit)).toEqual(range(20).map(few.unit));
  });
});

describe("Morris's trajectories", () => {
  test("move each parameter once, by the same jump, on the grid", () => {
    const { unit, points } = morris(30, 5, { levels: 4, seed: "m" });
    expect(points).toBe(180);
    for (const trajectory of range(30)) {
      const path = range(6).map((k) => unit(6 * trajectory + k));
      const moved = range(5).map((k) => {
        const changes = path[k + 1].map((x, j) => x - path[k][j]);
        const which = changes.flatMap((change, j) => (Math.abs(change) > 1e-12 ? [j] : []));
        expect(which.length).toBe(1);
        expect(Math.abs(changes[which[0]])).toBeCloseTo(2 / 3, 12);
        return which[0];
      });
      expect(moved.toSorted()).toEqual(range(5));
      for (const x of path.flat()) expect([0, 1 / 3, 2 / 3, 1]).toContain(x);
    }
  });

  test("start anywhere and go both ways", () => {
    const all = range(100).map((k) => trajectoryOf(k, 2, 4, "m"));
    expect(new Set(all.map(({ start }) => start.join(" "))).size).toBe(16);
    expect(new Set(all.map(({ steps }) => steps.join(" "))).size).toBe(4);
  });
});
