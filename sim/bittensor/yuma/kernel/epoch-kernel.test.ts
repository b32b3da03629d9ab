import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EpochInputError } from "../check-input.ts";
import { epoch, traceEpoch } from "../epoch.ts";
import { twoByTwo, yuma3Defaults } from "../examples.ts";
import { randomParameters, randomState, type StateShape } from "../random-states.ts";
import { taoWeightBits, totalStakeBits } from "../stake-weight.ts";
import type { EpochInput, EpochOutput, EpochParameters } from "../types.ts";
import { createEpochKernel } from "./epoch-kernel.ts";
import { KernelLimitError } from "./kernel-limits.ts";

const kernel = createEpochKernel({ maxNeurons: 300, maxEntries: 40_000 });

/** Outputs and stages of the readable form and of the kernel, for one epoch. */
function bothForms(input: EpochInput, parameters: EpochParameters) {
  const { output, internals } = traceEpoch(input, parameters);
  const stages = {
    stake: internals.stake,
    activeStake: internals.activeStake,
    consensus: internals.consensus,
    validatorTrust: internals.validatorTrust,
    incentive: internals.incentive,
    dividends: internals.dividends,
  };
  const fast = kernel.runTrustedEpoch(input, parameters);
  const { memory } = kernel;
  const bits = (view: BigInt64Array) => Array.from(view.subarray(0, input.n));
  const fastStages = {
    stake: bits(memory.stakeBits),
    activeStake: bits(memory.activeStakeBits),
    consensus: bits(memory.consensusBits),
    validatorTrust: bits(memory.validatorTrustBits),
    incentive: bits(memory.incentiveBits),
    dividends: bits(memory.dividendsBits),
  };
  return { readable: { stages, output }, fast: { stages: fastStages, output: fast } };
}

/** Runs epochs on the bonds and permits of the ones before, and compares each. */
function expectSameEpochs(state: EpochInput, parameters: EpochParameters, epochs: number): void {
  let input = state;
  for (let k = 0; k < epochs; k++) {
    const { readable, fast } = bothForms(input, parameters);
    expect(fast).toEqual(readable);
    const { bonds, validatorPermit }: EpochOutput = readable.output;
    input = { ...input, bonds, validatorPermit, block: input.block + 361 };
  }
}

const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const chance = fc.constantFrom(0, 0.1, 0.5, 1);
const seed = fc.nat(1_000_000_000);
const shapes = (neurons: fc.Arbitrary<number>): fc.Arbitrary<StateShape> =>
  neurons.chain((n) =>
    fc.record({
      seed,
      n: fc.constant(n),
      validators: fc.nat(n),
      density: fc.constantFrom(0, 0.1, 0.6, 1),
      unsorted: chance,
      stray: fc.constantFrom(0, 0, 0.1, 0.5),
      ties: fc.boolean(),
      disorder: chance,
    }),
  );

test("the kernel weighs stakes as the chain does", () => {
  const rao = fc.bigInt({ min: 0n, max: (1n << 62n) - 1n });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(rao, rao), { minLength: 1, maxLength: 20 }),
      u64,
      (stakes, weight) => {
        const n = stakes.length;
        const { memory } = kernel;
        kernel.setClock({ ...twoByTwo, n });
        memory.alphaStakeRao.set(stakes.map(([alpha]) => alpha));
        memory.rootStakeRao.set(stakes.map(([, root]) => root));
        const weightBits = taoWeightBits(weight);
        kernel.weighStakes(weightBits >> 32n);
        const bits = stakes.map(
          (_, uid) => memory.totalStakeBits[2 * uid] + (memory.totalStakeBits[2 * uid + 1] << 64n),
        );
        expect(bits).toEqual(
          stakes.map(([alpha, root]) => totalStakeBits(alpha, root, weightBits)),
        );
      },
    ),
  );
});

describe("the kernel gives the bits of the readable form", () => {
  test("on small states of every kind, two epochs each", () => {
    fc.assert(
      fc.property(shapes(fc.integer({ min: 1, max: 12 })), seed, (shape, parameterSeed) => {
        expectSameEpochs(randomState(shape), randomParameters(parameterSeed), 2);
      }),
      { numRuns: 200 },
    );
  });

  test("on larger states", () => {
    fc.assert(
      fc.property(shapes(fc.integer({ min: 20, max: 70 })), seed, (shape, parameterSeed) => {
        expectSameEpochs(randomState(shape), randomParameters(parameterSeed), 1);
      }),
      { numRuns: 20 },
    );
  });

  test("on full rows, which it computes in SIMD", () => {
    let dense = 0;
    fc.assert(
      fc.property(fullRows, seed, seed, (shape, parameterSeed, stakeSeed) => {
        const state = { ...randomState(shape), ...(stakeSeed % 2 ? equalStakes(shape) : {}) };
        const parameters = { ...randomParameters(parameterSeed), ...usualParameters };
        expectSameEpochs(state, parameters, 2);
        if (kernel.ranDense()) dense++;
      }),
      { numRuns: 150 },
    );
    expect(dense).toBeGreaterThan(30);
  });

  test("on full rows with liquid alpha, whose exponentials it proves in doubles", () => {
    let dense = 0;
    fc.assert(
      fc.property(fullRows, seed, fc.integer({ min: 0, max: 1200 }), (shape, other, steepness) => {
        const parameters = { ...randomParameters(other), ...usualParameters, ...liquidAlpha };
        expectSameEpochs(
          randomState(shape),
          { ...parameters, alphaSigmoidSteepness: steepness },
          2,
        );
        if (kernel.ranDense()) dense++;
      }),
      { numRuns: 80 },
    );
    expect(dense).toBeGreaterThan(30);
  });

  test("where e is raised to exactly one, which the chain takes from a constant", () => {
    const row = (...values: number[]) => ({ columns: [0, 1, 2, 3, 4], values });
    const other = row(1, 1, 1, 21_000, 43_000);
    const none = { columns: [], values: [] };
    const state: EpochInput = {
      ...twoByTwo,
      n: 5,
      totalStakeBits: [1n << 80n, 5n << 80n, 1n << 80n, 0n, 0n],
      previousConsensus: [0, 0, 0, 0, 0],
      lastUpdate: [990, 990, 990, 0, 0],
      blockAtRegistration: [0, 0, 0, 0, 0],
      validatorPermit: [true, true, true, false, false],
      weights: [row(0, 0, 0, 3, 5), other, other, none, none],
      bonds: [none, none, none, none, none],
    };
    // Slope -8 and a distance of 3/8: x = -8 (3/8 - 1/2) = 1.
    const parameters = {
      ...yuma3Defaults,
      bondsPenalty: 0,
      liquidAlpha: true,
      liquidAlphaConsensusMode: "previous" as const,
      alphaLow: 45_875,
      alphaSigmoidSteepness: 800,
    };
    for (let alphaHigh = 46_000; alphaHigh < 65_000; alphaHigh += 1000) {
      expectSameEpochs(state, { ...parameters, alphaHigh }, 1);
    }
    expect(kernel.ranDense()).toBe(true);
  });
});

const fullRows: fc.Arbitrary<StateShape> = fc.record({
  seed,
  n: fc.integer({ min: 2, max: 24 }),
  validators: fc.integer({ min: 1, max: 24 }),
  density: fc.constantFrom(0.4, 0.9, 1),
  ties: fc.boolean(),
  single: fc.constantFrom(0, 0, 0.2),
  agreement: fc.constantFrom(0, 0.5, 1),
  disorder: fc.constantFrom(0, 0, 0.1),
});

const liquidAlpha = { yuma3: true, liquidAlpha: true, alphaLow: 45_875, alphaHigh: 58_982 };

/** Those that often make an epoch of lists when they are drawn at random. */
const usualParameters = {
  kappa: 32_767,
  bondsMovingAverage: 900_000,
  maxAllowedValidators: 64,
  activityCutoffBlocks: 5000,
  stakeThresholdRao: 0n,
};

/** Equal powers of two, whose shares often sum to exactly one. */
const equalStakes = ({ n, validators }: StateShape): Pick<EpochInput, "totalStakeBits"> => ({
  totalStakeBits: Array.from({ length: n }, (_, uid) => (uid < validators ? 1n << 80n : 0n)),
});

describe("what goes in and out", () => {
  test("runEpoch gives what epoch gives, as the same types", () => {
    expect(kernel.runEpoch(twoByTwo, yuma3Defaults)).toEqual(epoch(twoByTwo, yuma3Defaults));
  });

  test("bad input is refused as by the readable form", () => {
    expect(() => kernel.runEpoch({ ...twoByTwo, n: 0 }, yuma3Defaults)).toThrow(EpochInputError);
  });

  test("a state that is too large is refused by the name of its field", () => {
    const small = createEpochKernel({ maxNeurons: 4, maxEntries: 3 });
    const fields = [
      () => small.runEpoch(twoByTwo, yuma3Defaults),
      () => small.runTrustedEpoch({ ...twoByTwo, n: 5 }, yuma3Defaults),
      () => createEpochKernel({ maxNeurons: 0, maxEntries: 1 }),
      () => createEpochKernel({ maxNeurons: 4, maxEntries: 1.5 }),
    ].map((act) => {
      try {
        act();
      } catch (error) {
        return error instanceof KernelLimitError && error.field;
      }
      return "accepted";
    });
    expect(fields).toEqual(["weights", "n", "maxNeurons", "maxEntries"]);
  });

  test("bonds that outgrow the memory are refused and the old ones stay", () => {
    const small = createEpochKernel({ maxNeurons: 4, maxEntries: 4 });
    const held = { columns: [0, 1], values: [100, 200] };
    const none = { columns: [], values: [] };
    small.load({ ...twoByTwo, bonds: [held, held, none, none] }, yuma3Defaults);
    expect(() => small.compute()).toThrow(KernelLimitError);
    expect(Array.from(small.memory.bonds.values)).toEqual([100, 200, 100, 200]);
  });

  test("epochs in memory carry the bonds by themselves", () => {
    const { bonds, validatorPermit } = epoch(twoByTwo, yuma3Defaults);
    const second = epoch({ ...twoByTwo, bonds, validatorPermit }, yuma3Defaults);
    kernel.load(twoByTwo, yuma3Defaults);
    kernel.compute();
    kernel.compute();
    expect(kernel.readOutput()).toEqual(second);
  });
});
