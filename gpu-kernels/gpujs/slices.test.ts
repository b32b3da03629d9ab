import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openBackend } from "../backends.ts";
import { randomAnswerBatch, randomConsensusBatch } from "../example-batches.ts";
import { exactParts, slicesOf } from "./slices.ts";

const positive = (max: number) => fc.integer({ min: 1, max });

describe("parts of a batch", () => {
  test("have one size, reach every problem and stay within what drivers take", () => {
    fc.assert(
      fc.property(positive(5_000), positive(5_000_000), (problems, cells) => {
        const slices = [...slicesOf(problems, cells)];
        const [{ problems: size }] = slices;
        const ends = slices.map((slice) => slice.first + slice.problems);
        expect(slices.every((slice) => slice.problems === size)).toBe(true);
        expect(slices.every(({ first }, k) => first <= (k === 0 ? 0 : ends[k - 1]))).toBe(true);
        expect(ends.at(-1)).toBe(problems);
        expect(size * slices.length - problems).toBeLessThan(slices.length);
        expect(size).toBeLessThanOrEqual(2_048);
        expect(size === 1 || size * cells <= 4_000_000).toBe(true);
      }),
    );
  });
});

describe("stakes in exact parts", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test("are within half of 2^-32 of the share", () => {
    fc.assert(
      fc.property(share, (own) => {
        const { coarse, fine } = exactParts(Float64Array.of(own));
        expect(Math.abs(coarse[0] + fine[0] - own)).toBeLessThanOrEqual(2 ** -33);
      }),
    );
  });

  test("sum up exactly in float32, whatever the order", () => {
    const sumOf = (values: readonly number[]) =>
      values.reduce((sum, value) => Math.fround(sum + value), 0);
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 4_096 }), (weights) => {
        const total = weights.reduce((sum, value) => sum + value, 0);
        const shares = Float64Array.from(weights, (value) => (total === 0 ? 0 : value / total));
        const { coarse, fine } = exactParts(shares);
        for (const part of [coarse, fine]) {
          const values = Array.from(part);
          expect(sumOf(values)).toBe(values.reduce((sum, value) => sum + value, 0));
          expect(sumOf(values.toReversed())).toBe(sumOf(values));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("a device is given", () => {
  const shape = { problems: 3, validators: 8, miners: 20 };
  const matrixBytes = 4 * shape.problems * shape.validators * shape.miners;
  const rowBytes = 4 * shape.problems * shape.validators;
  const columnBytes = 4 * shape.problems * shape.miners;

  test("a consensus batch's weights once, and gives back scores only", async () => {
    const backend = await openBackend("gpujs-cpu");
    await backend.consensus(randomConsensusBatch("work", shape));
    const { launches, uploadedBytes, readBytes } = backend.work!;
    // Sums of rows; stakes in full for two kernels and in parts for two; for two each, kappa in parts
    // and penalties.
    const beside = 7 * rowBytes + (4 + 2) * 4 * shape.problems;
    expect({ launches, uploadedBytes, readBytes }).toEqual({
      launches: 7,
      uploadedBytes: matrixBytes + beside,
      readBytes: 3 * columnBytes + 2 * rowBytes,
    });
    await backend.dispose();
  });

  test("answers' grades once, and gives back scores only", async () => {
    const backend = await openBackend("gpujs-cpu");
    await backend.answers(randomAnswerBatch("work", shape, 3));
    const { launches, uploadedBytes, readBytes } = backend.work!;
    expect({ launches, uploadedBytes, readBytes }).toEqual({
      launches: 3,
      uploadedBytes: matrixBytes + 2 * rowBytes,
      readBytes: columnBytes,
    });
    await backend.dispose();
  });
});
