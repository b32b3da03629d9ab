import { describe, expect, test } from "vitest";
import { chanceOf, chancesOf, halvingSpread } from "./chances.ts";

/** Ten paths: two halve on day 3, five on day 4, three not within five days. */
const halvings = Uint32Array.of(3, 0, 0, 2, 5, 0);
const startMs = Date.parse("2029-12-01T12:00:00Z");

describe("chances", () => {
  test("count the paths that halve by a day's end before the date", () => {
    const result = { paths: 10, halvings, below: [4] };
    const asked = { startMs, halvingBefore: ["2029-12-05", "2029-12-06"], priceBelow: [0.05] };
    expect(chancesOf(result, asked).map(({ question, paths }) => [question, paths])).toEqual([
      ["halving by the horizon, 2029-12-06", 7],
      ["halving before 2029-12-05", 2],
      ["halving before 2029-12-06", 7],
      ["a price below 0.05 TAO per alpha", 4],
    ]);
  });

  test("have intervals that are open where nothing was seen", () => {
    expect(chanceOf("never", 0, 100)).toMatchObject({ chance: 0, low: 0 });
    expect(chanceOf("never", 0, 100).high).toBeCloseTo(0.037, 3);
    // Half of 100: Wilson's interval is 0.4038 to 0.5962.
    const half = chanceOf("half", 50, 100);
    expect([half.low, half.high].map((x) => x.toFixed(4))).toEqual(["0.4038", "0.5962"]);
  });
});

test("halvings have a mean with its error, and none where no path halves", () => {
  expect(halvingSpread(halvings)).toMatchObject({
    ...{ paths: 7, firstDay: 3, medianDay: 4, lastDay: 4, meanDays: 26 / 7 },
  });
  expect(halvingSpread(halvings)!.meanError).toBeCloseTo(0.1844, 4);
  expect(halvingSpread(Uint32Array.of(9, 0, 0))).toBeNull();
});
