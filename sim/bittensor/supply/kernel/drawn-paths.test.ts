import fc from "fast-check";
import { expect, test } from "vitest";
import { randomSource } from "../../../random.ts";
import { FlowPath } from "../flow-path.ts";
import { RecyclingPath, SHARE_PARTS } from "../recycling.ts";
import { type DrawnModel, DrawnPaths } from "./drawn-paths.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const deviation = fc.double({ min: 0, max: 3, noNaN: true });
const memoryDays = fc.double({ min: 0.1, max: 3_000, noNaN: true });
const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const models = fc.record({
  recycling: fc.record({
    ...{ meanShare: share, meanDeviation: share, dailyDeviation: share, memoryDays },
  }),
  flows: fc.option(
    fc.record({
      ...{ soldAlpha: amount, spentTao: amount, memoryDays },
      ...{ meanDeviation: deviation, dailyDeviation: deviation },
    }),
  ),
  flowSeed: fc.string(),
});

/** Two stretches of 9 and 5 days, by path: what the readable classes give. */
function readable(model: DrawnModel, path: number): number[][] {
  const recycling = new RecyclingPath(
    model.recycling,
    randomSource(model.seedOf(path)).stream("recycling"),
  );
  const stream = randomSource(model.flowSeed).stream("flows");
  stream.jump(BigInt(path) << 40n);
  const flows = model.flows && new FlowPath(model.flows, stream);
  return Array.from({ length: 14 }, () => {
    const recycled = recycling.nextParts() / Number(SHARE_PARTS);
    flows?.nextDay();
    return [recycled, flows?.soldAlpha ?? 0, flows?.spentTao ?? 0];
  });
}

test("many paths at once are those drawn one by one, to the last bit", () => {
  fc.assert(
    fc.property(models, fc.integer({ min: 0, max: 2 ** 31 }), (plain, first) => {
      const model = { ...plain, seedOf: (path: number) => `${plain.flowSeed}/${path}` };
      const drawn = new DrawnPaths(model, first, 3, 9);
      const parts = [drawn.next(9), drawn.next(5)];
      for (let p = 0; p < 3; p++) {
        const days = parts.flatMap(({ recycledShare, soldAlpha, spentTao }) =>
          Array.from({ length: recycledShare.length / 3 }, (_, day) => {
            const at = day * 3 + p;
            return [recycledShare[at], soldAlpha[at], spentTao[at]];
          }),
        );
        expect(days).toEqual(readable(model, first + p));
      }
    }),
    { numRuns: 60 },
  );
});

test("more days than there is room for are refused, and paths that have been left", () => {
  const recycling = { meanShare: 0.02, meanDeviation: 0, dailyDeviation: 0, memoryDays: 7 };
  const model = { recycling, flows: null, flowSeed: "x", seedOf: () => "x" };
  const paths = new DrawnPaths(model, 0, 2, 3);
  expect(() => paths.next(4)).toThrow("4 days, at most 3");
  new DrawnPaths(model, 2, 2, 3);
  expect(() => paths.next(3)).toThrow("begun since");
});
