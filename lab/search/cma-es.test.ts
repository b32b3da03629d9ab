import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomSource } from "../../sim/random.ts";
import { CmaEs, inCube } from "./cma-es.ts";
import { eigenOf } from "./eigen.ts";

type Objective = (x: readonly number[]) => number;

/** Evaluations until a value below `target`, on [-5, 5]^n mapped to the unit cube; null if never. */
function evaluationsTo(
  target: number,
  of: Objective,
  { n, start = 0.8, seed = "test" }: { n: number; start?: number; seed?: string },
): number | null {
  const search = new CmaEs({
    ...{ start: new Array(n).fill(start), sigma: 0.2, population: 0 },
    cells: new Array(n).fill(0),
  });
  const random = randomSource(seed).stream("cma");
  let used = 0;
  while (used < 20_000) {
    const drawn = Array.from({ length: search.population }, () => search.draw(random));
    const values = drawn.map((at) => of(at.map((x) => 10 * x - 5) as unknown as number[]));
    used += drawn.length;
    if (Math.min(...values) < target) return used;
    const order = values.map((_, k) => k).sort((a, b) => values[a] - values[b]);
    search.tell(order.map((k) => drawn[k]));
  }
  return null;
}

const sphere: Objective = (x) => x.reduce((sum, one) => sum + one * one, 0);
const ellipsoid: Objective = (x) =>
  x.reduce((sum, one, k) => sum + 10 ** ((6 * k) / (x.length - 1)) * one * one, 0);
const rosenbrock: Objective = (x) =>
  x.slice(1).reduce((sum, next, k) => sum + 100 * (next - x[k] ** 2) ** 2 + (1 - x[k]) ** 2, 0);

describe("CMA-ES", () => {
  // Medians of seven seeds of pycma 4.5.0 from the same start and step: 1,270, 2,920 and 3,910.
  test.each([
    ["sphere", sphere, 1_500],
    ["ellipsoid of condition 1e6", ellipsoid, 3_500],
    ["Rosenbrock", rosenbrock, 4_700],
  ] as const)("finds the minimum of the %s about as fast as others do", (_, of, most) => {
    const used = ["a", "b", "c"].map((seed) =>
      evaluationsTo(1e-9, of, { n: 8, start: 0.55, seed }),
    );
    const [, median] = used.map((one) => one ?? Number.POSITIVE_INFINITY).sort((x, y) => x - y);
    expect(median).toBeLessThan(most);
  });

  test("does the same whenever it is asked", () => {
    const run = () => evaluationsTo(1e-9, rosenbrock, { n: 4 });
    expect(run()).toBe(run());
  });

  test("turns with the problem: a rotated ellipsoid costs as much", () => {
    const straight = evaluationsTo(1e-9, ellipsoid, { n: 2 })!;
    const turned = evaluationsTo(1e-9, ([x, y]) => ellipsoid([x + y, x - y]), { n: 2 })!;
    expect(turned / straight).toBeLessThan(2);
    expect(turned / straight).toBeGreaterThan(0.5);
  });

  test("keeps neighbouring values of a discrete parameter within reach", () => {
    const search = new CmaEs({ start: [0.5, 0.5], sigma: 0.2, population: 8, cells: [0.1, 0] });
    const random = randomSource("cells").stream("cma");
    for (let generation = 0; generation < 120; generation++) {
      const drawn = Array.from({ length: 8 }, () => search.draw(random));
      // Only the second coordinate matters.
      search.tell(drawn.toSorted((a, b) => (a[1] - 0.3) ** 2 - (b[1] - 0.3) ** 2));
    }
    const [discrete, continuous] = search.deviations();
    expect(discrete).toBeGreaterThan(0.029);
    expect(continuous).toBeLessThan(1e-4);
  });

  test("mirrors what lies outside", () => {
    expect(inCube([-0.25, 0.5, 1.25, 2, 2.5])).toEqual([0.25, 0.5, 0.75, 0, 0.5]);
  });
});

describe("eigenvectors", () => {
  test("turn a matrix into its values", () => {
    const entries = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
      minLength: 16,
      maxLength: 16,
    });
    fc.assert(
      fc.property(entries, (raw) => {
        const n = 4;
        const at = (i: number, j: number) => (raw[i * n + j] + raw[j * n + i]) / 2;
        const { values, vectors } = eigenOf(Float64Array.from(raw), n);
        for (let k = 0; k < n; k++) {
          for (let i = 0; i < n; i++) {
            let product = 0;
            for (let j = 0; j < n; j++) product += at(i, j) * vectors[j * n + k];
            expect(product).toBeCloseTo(values[k] * vectors[i * n + k], 8);
          }
        }
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });
});
