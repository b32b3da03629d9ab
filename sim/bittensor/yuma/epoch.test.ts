import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipColumns } from "./clipping.ts";
import { consensusOf } from "./consensus.ts";
import { epoch, traceEpoch, trustedEpoch } from "./epoch.ts";
import { twoByTwo, yuma3Defaults } from "./examples.ts";
import { proportionFromU16 } from "./proportions.ts";
import { randomParameters, randomState, type StateShape } from "./random-states.ts";
import type { EpochInput, EpochOutput, SparseRow } from "./types.ts";
import { sum } from "./vectors.ts";

const ONE = 1n << 32n;

const seed = fc.nat(1_000_000_000);
const shapes = (odd: boolean): fc.Arbitrary<StateShape> =>
  fc.integer({ min: 1, max: 10 }).chain((n) =>
    fc.record({
      seed,
      n: fc.constant(n),
      validators: fc.nat(n),
      density: fc.constantFrom(0.1, 0.6, 1),
      unsorted: odd ? fc.constantFrom(0, 0.5) : fc.constant(0),
      stray: odd ? fc.constantFrom(0, 0.2) : fc.constant(0),
      ties: fc.boolean(),
      disorder: fc.constantFrom(0, 0.3, 1),
    }),
  );

/** The same subnet with the neuron of uid u at order[u]; rows stay sorted by uid. */
function relabelled(input: EpochInput, order: readonly number[]): EpochInput {
  const moved = <T>(values: ArrayLike<T>): T[] => {
    const result: T[] = [];
    order.forEach((to, from) => {
      result[to] = values[from];
    });
    return result;
  };
  const rows = (matrix: readonly SparseRow[]) =>
    moved(
      matrix.map(({ columns, values }) => {
        const entries = Array.from(columns, (column, k) => [order[column], values[k]]);
        entries.sort(([a], [b]) => a - b);
        return { columns: entries.map(([column]) => column), values: entries.map(([, v]) => v) };
      }),
    );
  return {
    ...input,
    totalStakeBits: moved(input.totalStakeBits),
    lastUpdate: moved(input.lastUpdate),
    blockAtRegistration: moved(input.blockAtRegistration),
    validatorPermit: moved(input.validatorPermit),
    weights: rows(input.weights),
    bonds: rows(input.bonds),
    commitBlocks: input.commitBlocks && moved(input.commitBlocks),
    ownerUid: input.ownerUid === null ? null : order[input.ownerUid],
    previousConsensus: input.previousConsensus && moved(input.previousConsensus),
  };
}

/** Output by neuron: what stood at order[u] comes back to u. */
function byNeuron(output: EpochOutput, order: readonly number[]) {
  const back = <T>(values: ArrayLike<T>): T[] => order.map((to) => values[to]);
  const bonds = back(output.bonds).map((row) =>
    order.map((to) => row.values[Array.from(row.columns).indexOf(to)] ?? 0),
  );
  const { bonds: _, ...vectors } = output;
  const moved = Object.entries(vectors).map(([name, v]) => [name, back<unknown>(v)]);
  return { bonds, ...Object.fromEntries(moved) };
}

describe("an epoch", () => {
  test("of two validators who agree pays half to each side, by weight and by stake", () => {
    const { incentive, dividends, emissionRao, validatorPermit } = epoch(twoByTwo, yuma3Defaults);
    expect(Array.from(incentive)).toEqual([0, 0, 49_151, 16_383]);
    expect(Array.from(dividends)).toEqual([39_320, 26_213, 0, 0]);
    // One bit of a share is 84 rao of this emission; each division floors one.
    const ideal = [108_000_000_000, 72_000_000_000, 135_000_000_000, 45_000_000_000];
    ideal.forEach((rao, uid) => {
      expect(Number(emissionRao[uid])).toBeLessThanOrEqual(rao);
      expect(Number(emissionRao[uid])).toBeGreaterThan(rao - 2 * 84);
    });
    expect(validatorPermit).toEqual([true, true, false, false]);
  });

  test("does not care which uid a neuron has, where stakes do not tie at the last permit", () => {
    const cases = shapes(false).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        parameterSeed: seed,
        order: fc.shuffledSubarray(
          Array.from({ length: shape.n }, (_, uid) => uid),
          { minLength: shape.n },
        ),
      }),
    );
    fc.assert(
      fc.property(cases, ({ shape, parameterSeed, order }) => {
        const parameters = randomParameters(parameterSeed);
        const state = randomState(shape);
        // A vector of permits that is shorter than n speaks of the first uids only.
        const input = { ...state, validatorPermit: padded(state.validatorPermit, shape.n) };
        const { output, internals } = traceEpoch(input, parameters);
        const tied = new Set(internals.stake).size < internals.stake.length;
        fc.pre(!tied || parameters.maxAllowedValidators >= shape.n);
        const same = Array.from({ length: shape.n }, (_, uid) => uid);
        const moved = trustedEpoch(relabelled(input, order), parameters);
        expect(byNeuron(moved, order)).toEqual(byNeuron(output, same));
      }),
      { numRuns: 80 },
    );
  });

  test("gives incentive and dividends that sum to at most one, and pays at most its emission", () => {
    fc.assert(
      fc.property(shapes(true), seed, (shape, parameterSeed) => {
        const input = randomState(shape);
        const { output, internals } = traceEpoch(input, randomParameters(parameterSeed));
        for (const shares of [internals.incentive, internals.dividends, internals.activeStake]) {
          expect(sum(shares)).toBeLessThanOrEqual(ONE);
          expect(shares.every((bits) => bits >= 0n)).toBe(true);
        }
        const { emissionRao, serverEmissionRao, validatorEmissionRao } = output;
        expect(sum([...emissionRao])).toBeLessThanOrEqual(input.raoEmission);
        const halves = sum([...serverEmissionRao, ...validatorEmissionRao]);
        expect(halves).toBeLessThanOrEqual(input.raoEmission);
      }),
      { numRuns: 80 },
    );
  });

  test("depends on its inputs alone and changes none of them", () => {
    fc.assert(
      fc.property(shapes(true), seed, seed, (shape, parameterSeed, otherSeed) => {
        const parameters = Object.freeze(randomParameters(parameterSeed));
        const input = frozen(randomState(shape));
        const first = trustedEpoch(input, parameters);
        trustedEpoch(randomState({ ...shape, seed: otherSeed }), randomParameters(otherSeed));
        expect(trustedEpoch(input, parameters)).toEqual(first);
        expect(trustedEpoch(randomState(shape), parameters)).toEqual(first);
      }),
      { numRuns: 50 },
    );
  });

  test("does not read the weights of those without a permit", () => {
    fc.assert(
      fc.property(shapes(true), seed, seed, (shape, parameterSeed, otherSeed) => {
        const input = randomState(shape);
        const others = randomState({ ...shape, seed: otherSeed }).weights;
        const isRead = (uid: number) => input.validatorPermit[uid] || uid === input.ownerUid;
        const weights = input.weights.map((row, uid) => (isRead(uid) ? row : others[uid]));
        const parameters = randomParameters(parameterSeed);
        expect(trustedEpoch({ ...input, weights }, parameters)).toEqual(
          trustedEpoch(input, parameters),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("clipping", () => {
  test("leaves no weight above consensus, and none larger than it was", () => {
    fc.assert(
      fc.property(shapes(true), seed, (shape, parameterSeed) => {
        const { internals } = traceEpoch(randomState(shape), randomParameters(parameterSeed));
        const { weights, clippedWeights, consensus } = internals;
        clippedWeights.forEach((row, i) => {
          row.columns.forEach((column, k) => {
            expect(row.bits[k]).toBeLessThanOrEqual(consensus[column]);
            const before = weights[i].bits[weights[i].columns.indexOf(column)];
            if (shape.stray === 0) expect(row.bits[k]).toBeLessThanOrEqual(before);
          });
        });
      }),
      { numRuns: 50 },
    );
  });

  test("is monotone: a larger majority never lifts consensus, a lower limit never lifts a weight", () => {
    const u16 = fc.nat(65_535);
    fc.assert(
      fc.property(shapes(true), u16, u16, (shape, a, b) => {
        const [kappa, larger] = [Math.min(a, b), Math.max(a, b)].map(proportionFromU16);
        const input = randomState(shape);
        const { weights, activeStake } = traceEpoch(input, yuma3Defaults).internals;
        const strict = consensusOf(activeStake, weights, input.n, larger);
        const lenient = consensusOf(activeStake, weights, input.n, kappa);
        strict.forEach((bits, column) => {
          expect(bits).toBeLessThanOrEqual(lenient[column]);
        });
        const total = (limits: bigint[]) =>
          sum(clipColumns(weights, limits).flatMap((r) => r.bits));
        expect(total(strict)).toBeLessThanOrEqual(total(lenient));
      }),
      { numRuns: 50 },
    );
  });
});

const padded = (permits: ArrayLike<boolean>, n: number): boolean[] =>
  Array.from({ length: n }, (_, uid) => permits[uid] ?? false);

/** Typed arrays cannot be frozen, so random states come in plain ones. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
