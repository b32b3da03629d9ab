import { describe, expect, test } from "vitest";
import { type BenchSuite, measure } from "./suite.ts";

const work = (steps: number) => () => {
  let sum = 0;
  for (let k = 0; k < steps; k++) sum += Math.sqrt(k);
  if (sum < 0) throw new Error("square roots are positive");
};
const suite: BenchSuite = {
  name: "roots",
  rates: () => [
    { name: "one", unit: "roots/s", perRun: 10_000, reference: null, run: work(10_000) },
    { name: "half", unit: "roots/s", perRun: 5_000, reference: "one", run: work(10_000) },
    { name: "other", unit: "roots/s", reference: null, run: work(1) },
  ],
  figures: () => [{ name: "half a size", value: 7, unit: "bytes", reference: null, ratio: null }],
};
const quick = { rounds: 1, roundMs: 2 };

describe("a suite is measured", () => {
  test("with the references of the figures that were asked for", async () => {
    const figures = await measure(suite, (name) => name.includes("half"), quick);
    expect(figures.map(({ name }) => name)).toEqual(["one", "half", "half a size"]);
    const [one, half] = figures;
    expect(one.ratio).toBeNull();
    expect(half.ratio).toBeCloseTo(half.value / one.value, 10);
  });

  test("without figures that take long, unless one of them was asked for", async () => {
    const slow: BenchSuite = { ...suite, figureNames: ["half a size"] };
    const names = async (part: string) =>
      (await measure(slow, (name) => name.includes(part), quick)).map(({ name }) => name);
    expect(await names("other")).toEqual(["other"]);
    expect(await names("size")).toEqual(["half a size"]);
  });

  test("and a reference that is not there is an error", async () => {
    const broken: BenchSuite = {
      name: "broken",
      rates: () => [{ name: "a", unit: "1/s", reference: "b", run: work(10_000) }],
    };
    await expect(measure(broken, () => true, quick)).rejects.toThrow("no rate is named b");
  });
});
