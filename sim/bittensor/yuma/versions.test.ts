import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EpochInputError } from "./check-input.ts";
import { runCase, type YumaCase } from "./run-case.ts";
import { textbookEpoch } from "./textbook.ts";
import type { EpochParameters } from "./types.ts";
import { type ChainVersion, defaultParameters, yumaVersion, yumaVersions } from "./versions.ts";

const ALL = 65_535;
const first = [ALL, 0];
const second = [0, ALL];

/** A case with constant stakes: for each epoch, where each validator puts its weight. */
const caseOf = (stakes: number[], ...epochs: number[][][]): YumaCase => ({
  epochs: epochs.map((weights) => ({ stakeRao: stakes.map(BigInt), weights })),
});

/** The setup of the chain's own Yuma 3 tests. */
const chainTest = (changes: Partial<EpochParameters> = {}): ChainVersion => ({
  kind: "chain",
  name: "chain-test",
  title: "",
  parameters: {
    ...defaultParameters,
    yuma3: true,
    liquidAlpha: true,
    bondsPenalty: 0,
    bondsMovingAverage: 975_000,
    alphaLow: 6_553,
    alphaHigh: 19_660,
    ...changes,
  },
});

const dividends = (yumaCase: YumaCase, version: ChainVersion): number[][] =>
  runCase(yumaCase, version).map((epoch) => epoch.dividends);

function expectNear(got: number[][], wanted: number[][], tolerance: number): void {
  expect(got.length).toBe(wanted.length);
  got.flat().forEach((value, k) => {
    expect(Math.abs(value - wanted.flat()[k])).toBeLessThanOrEqual(tolerance);
  });
}

describe("validators A, B, C move from the first server to the second", () => {
  const stay = [first, first, first];
  const moved = [second, second, second];

  test("A, with most of the stake, moves first and loses for a while (chain test)", () => {
    const yumaCase = caseOf(
      [8, 1, 1],
      stay,
      [second, first, first],
      [second, second, first],
      moved,
      moved,
      moved,
    );
    expectNear(
      dividends(yumaCase, chainTest()),
      [
        [0.8, 0.1, 0.1],
        [1, 0, 0],
        [0.9382, 0.0618, 0],
        [0.8819, 0.0773, 0.0407],
        [0.8564, 0.0844, 0.0592],
        [0.8418, 0.0884, 0.0697],
      ],
      1e-3,
    );
  });

  test("C leaves for one epoch and catches up slowly, more slowly without liquid alpha", () => {
    const yumaCase = caseOf([33, 33, 34], stay, stay, [first, first, second], stay, stay, stay);
    const thirds = [0.33, 0.33, 0.34];
    expectNear(
      dividends(yumaCase, chainTest()),
      [
        thirds,
        thirds,
        [0.3782, 0.3782, 0.2436],
        [0.3628, 0.3628, 0.2745],
        [0.3541, 0.3541, 0.2917],
        [0.3487, 0.3487, 0.3026],
      ],
      1e-3,
    );
    expectNear(
      dividends(yumaCase, chainTest({ liquidAlpha: false })).slice(2),
      [
        [0.3734, 0.3734, 0.2532],
        [0.3611, 0.3611, 0.2779],
        [0.3541, 0.3541, 0.2919],
        [0.3495, 0.3495, 0.3009],
      ],
      1e-3,
    );
  });

  test("a reset takes the bonds of a server from everybody", () => {
    const start = caseOf([8, 1, 1], stay, stay);
    const reset = { epochs: [start.epochs[0], { ...start.epochs[1], resetServers: [0] }] };
    const [before, after] = runCase(reset, chainTest());
    expect(after.bonds).toEqual(before.bonds);
    expect(runCase(start, chainTest())[1].bonds[0][0]).toBeGreaterThan(before.bonds[0][0]);
  });
});

describe("liquid alpha may look at the consensus of the epoch before", () => {
  const yumaCase = caseOf([6, 4], [first, first], [second, second]);
  const modes = (bondsPenalty: number) =>
    (["current", "previous", "auto"] as const).map(
      (liquidAlphaConsensusMode) =>
        runCase(yumaCase, chainTest({ bondsPenalty, liquidAlphaConsensusMode }))[1].bonds,
    );

  test("it differs where consensus moves, and auto chooses by the bonds penalty", () => {
    const [current, previous, auto] = modes(ALL);
    expect(previous).not.toEqual(current);
    expect(auto).toEqual(previous);
    const [currentHalf, , autoHalf] = modes(32_767);
    expect(autoHalf).toEqual(currentHalf);
  });
});

const unit = fc.integer({ min: 1, max: ALL });
const cases = fc
  .record({ validators: fc.integer({ min: 1, max: 5 }), servers: fc.integer({ min: 1, max: 5 }) })
  .chain(({ validators, servers }) => {
    const row = fc.array(unit, { minLength: servers, maxLength: servers });
    return fc.record({
      stakes: fc.array(fc.integer({ min: 1, max: 1_000_003 }), {
        minLength: validators,
        maxLength: validators,
      }),
      weights: fc.array(row, { minLength: validators, maxLength: validators }),
    });
  });

describe("the textbook", () => {
  test("gives what one can work out by hand", () => {
    const parameters = { kappa: 0.5, bondsPenalty: 1, bondsAlpha: 0.1, validatorShare: 0.5 };
    const none = [
      [0, 0],
      [0, 0],
    ];
    const input = {
      stake: [3, 1],
      weights: [
        [1, 1],
        [0, 2],
      ],
      bonds: none,
    };
    const output = textbookEpoch(input, parameters);
    expect(output.consensus).toEqual([0.5, 0.5]);
    expect(output.clippedWeights[1]).toEqual([0, 0.5]);
    expect(output.rank).toEqual([0.375, 0.5]);
    expect(output.trust).toEqual([1, 0.8]);
    expect(output.validatorTrust).toEqual([1, 0.5]);
    expect(output.bondsDelta).toEqual([
      [1, 0.75],
      [0, 0.25],
    ]);
    expect(output.bonds[1][1]).toBeCloseTo(0.025, 15);
    expect(output.incentive[0]).toBeCloseTo(3 / 7, 15);
    expect(output.dividends[1]).toBeCloseTo((0.025 * 4) / 7, 15);
  });

  test("and the chain's Yuma 2 agree on the first epoch, where stake does not sit on kappa", () => {
    fc.assert(
      fc.property(cases, ({ stakes, weights }) => {
        const yumaCase = caseOf(stakes, weights);
        const [textbook] = runCase(yumaCase, yumaVersion("yuma1-textbook"));
        const [chain] = runCase(yumaCase, yumaVersion("yuma2"));
        fc.pre(!sitsOnKappa(stakes));
        for (const name of ["consensus", "incentive", "dividends", "validatorTrust"] as const) {
          expectNear([chain[name]], [textbook[name]], 2e-4);
        }
        const paid = [...chain.validatorEmission, ...chain.serverEmission];
        expect(paid.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test("refuses what is no number or ragged, and names it", () => {
    const parameters = { kappa: 0.5, bondsPenalty: 1, bondsAlpha: 0.1, validatorShare: 0.5 };
    const field = (input: Partial<Parameters<typeof textbookEpoch>[0]>) => {
      try {
        textbookEpoch({ stake: [1], weights: [[1, 2]], bonds: [[0, 0]], ...input }, parameters);
      } catch (error) {
        if (error instanceof EpochInputError) return error.field;
      }
      return "accepted";
    };
    expect(field({})).toBe("accepted");
    expect(field({ stake: [] })).toBe("stake");
    expect(field({ stake: [Number.NaN] })).toBe("stake[0]");
    expect(field({ weights: [[1, -2]] })).toBe("weights[0][1]");
    expect(field({ bonds: [[0]] })).toBe("bonds[0]");
  });
});

/** Whether some validators together hold a half, to the rounding of the chain. */
function sitsOnKappa(stakes: number[]): boolean {
  const total = stakes.reduce((sum, stake) => sum + stake, 0);
  let sums = [0];
  for (const stake of stakes) sums = sums.concat(sums.map((sum) => sum + stake));
  return sums.some((sum) => Math.abs(sum / total - 0.5) < 1e-4);
}

describe("the table of versions", () => {
  test("names every version once and says which there are", () => {
    const names = yumaVersions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(() => yumaVersion("yuma9")).toThrow(names.join(", "));
  });

  test("a bad case is refused with epoch and field", () => {
    const bad = (epochs: YumaCase["epochs"]) => () => runCase({ epochs }, yumaVersion("yuma3"));
    const good = { stakeRao: [1n], weights: [[1]] };
    expect(bad([])).toThrow("epochs: there must be one");
    expect(bad([good, { ...good, weights: [[1, 2]] }])).toThrow("epochs[1].weights[0]: ragged");
    expect(bad([{ ...good, weights: [[70_000]] }])).toThrow(
      "epochs[0].weights[0][0]: must be a u16",
    );
    expect(bad([{ ...good, stakeRao: [1n << 64n] }])).toThrow("epochs[0].alphaStakeRao[0]");
    expect(bad([{ ...good, resetServers: [1] }])).toThrow("epochs[0].resetServers");
  });
});
