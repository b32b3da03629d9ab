import { expect, test } from "vitest";
import { type NeuronColumns, replaceNeuron, resetBonds } from "./replacement.ts";

const row = (columns: number[], values: number[]) => ({ columns, values });

const before: NeuronColumns = {
  active: [true, false, true],
  validatorPermit: [true, true, false],
  stakeWeight: Uint16Array.of(1, 2, 3),
  consensus: Uint16Array.of(4, 5, 6),
  incentive: Uint16Array.of(7, 8, 9),
  dividends: Uint16Array.of(1, 2, 3),
  validatorTrust: Uint16Array.of(4, 5, 6),
  emissionRao: BigUint64Array.of(10n, 11n, 12n),
  blockAtRegistration: [1, 2, 3],
  mechanisms: [
    {
      weights: [row([2, 1], [9, 8]), row([0], [7]), row([], [])],
      bonds: [row([1], [5]), row([0, 1], [3, 4]), row([], [])],
      lastUpdate: [20, 21, 22],
      consensus: Uint16Array.of(4, 5, 6),
    },
  ],
};

test("a new neuron starts afresh; weights towards it become 0 and bonds towards it stay", () => {
  expect(replaceNeuron(before, 1, 50)).toEqual({
    active: [true, true, true],
    validatorPermit: [true, false, false],
    stakeWeight: Uint16Array.of(1, 0, 3),
    consensus: Uint16Array.of(4, 0, 6),
    incentive: Uint16Array.of(7, 0, 9),
    dividends: Uint16Array.of(1, 0, 3),
    validatorTrust: Uint16Array.of(4, 0, 6),
    emissionRao: BigUint64Array.of(10n, 0n, 12n),
    blockAtRegistration: [1, 50, 3],
    mechanisms: [
      {
        weights: [row([2, 1], [9, 0]), row([], []), row([], [])],
        bonds: [row([1], [5]), row([], []), row([], [])],
        lastUpdate: [20, 50, 22],
        consensus: Uint16Array.of(4, 0, 6),
      },
    ],
  });
});

test("a reset removes the bonds towards a uid, whoever holds them", () => {
  expect(resetBonds(before.mechanisms[0].bonds, 1)).toEqual([
    row([], []),
    row([0], [3]),
    row([], []),
  ]);
});
