import { describe, expect, test } from "vitest";
import { EpochInputError } from "./check-input.ts";
import { epoch } from "./epoch.ts";
import { twoByTwo, yuma3Defaults } from "./examples.ts";
import type { EpochInput, EpochParameters } from "./types.ts";

const row = (columns: number[], values: number[]) => ({ columns, values });
const empty = row([], []);

function fieldOf(change: Partial<EpochInput>, parameters: Partial<EpochParameters> = {}): string {
  try {
    epoch({ ...twoByTwo, ...change }, { ...yuma3Defaults, ...parameters });
  } catch (error) {
    if (error instanceof EpochInputError) return error.field;
    throw error;
  }
  return "accepted";
}

describe("an epoch refuses bad input and names the field", () => {
  test("a sound state is accepted", () => expect(fieldOf({})).toBe("accepted"));

  test.each<[string, Partial<EpochInput>, string]>([
    ["no uids", { n: 0 }, "n"],
    ["n that is no number", { n: Number.NaN }, "n"],
    ["a fraction of a block", { block: 0.5 }, "block"],
    ["an emission over u64", { raoEmission: 1n << 64n }, "raoEmission"],
    ["too few stakes", { totalStakeBits: [1n] }, "totalStakeBits"],
    ["a stake over u64", { totalStakeBits: [0n, 1n << 128n, 0n, 0n] }, "totalStakeBits[1]"],
    ["a negative stake", { totalStakeBits: [0n, 0n, 0n, -1n] }, "totalStakeBits[3]"],
    [
      "stakes that overflow together",
      { totalStakeBits: [1n << 126n, 1n << 126n, 0n, 0n] },
      "totalStakeBits",
    ],
    ["a NaN block", { lastUpdate: [0, Number.NaN, 0, 0] }, "lastUpdate[1]"],
    ["too many permits", { validatorPermit: new Array(5).fill(true) }, "validatorPermit"],
    ["a missing row", { weights: [empty, empty, empty] }, "weights"],
    ["a ragged row", { weights: [row([1, 2], [9]), empty, empty, empty] }, "weights[0]"],
    [
      "a target beyond n",
      { weights: [empty, row([4], [1]), empty, empty] },
      "weights[1].columns[0]",
    ],
    [
      "a uid twice",
      { weights: [row([2, 2], [1, 1]), empty, empty, empty] },
      "weights[0].columns[1]",
    ],
    [
      "a weight over u16",
      { weights: [row([2], [65_536]), empty, empty, empty] },
      "weights[0].values[0]",
    ],
    [
      "a NaN weight",
      { weights: [row([2], [Number.NaN]), empty, empty, empty] },
      "weights[0].values[0]",
    ],
    ["a bond beyond n", { bonds: [row([9], [1]), empty, empty, empty] }, "bonds[0].columns[0]"],
    ["a bond over u16", { bonds: [row([1], [70_000]), empty, empty, empty] }, "bonds[0].values[0]"],
    ["a negative commit block", { commitBlocks: [null, -1, null, null] }, "commitBlocks[1]"],
    ["an owner beyond n", { ownerUid: 4 }, "ownerUid"],
  ])("%s", (_, change, field) => expect(fieldOf(change)).toBe(field));

  test.each<[Partial<EpochParameters>, string]>([
    [{ kappa: 65_536 }, "kappa"],
    [{ bondsPenalty: -1 }, "bondsPenalty"],
    [{ bondsMovingAverage: Number.NaN }, "bondsMovingAverage"],
    [{ alphaSigmoidSteepness: 40_000 }, "alphaSigmoidSteepness"],
    [{ yuma3: 1 as unknown as boolean }, "yuma3"],
    [{ stakeThresholdRao: -1n }, "stakeThresholdRao"],
    [{ liquidAlphaConsensusMode: "next" as "auto" }, "liquidAlphaConsensusMode"],
  ])("parameter %o", (change, field) => expect(fieldOf({}, change)).toBe(field));
});
