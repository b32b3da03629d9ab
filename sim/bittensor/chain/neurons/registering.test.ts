import { describe, expect, test } from "vitest";
import type { EpochOutput } from "../../yuma/types.ts";
import { DetailedSubnet, type Neuron } from "../detailed-subnet.ts";
import { newSubnetParameters } from "../new-subnet.ts";

const TAO = 1_000_000_000n;
const neuron = (hotkey: string, role = "miner", registeredAtBlock = 0): Neuron => ({
  hotkey,
  coldkey: hotkey,
  role,
  registeredAtBlock,
});
/** Stakes in TAO, and a thousand alpha to divide. */
function step(own: DetailedSubnet, block: number, ...tao: number[]) {
  const { alphaStakeRao, rootStakeRao } = own.shared.kernel.memory;
  alphaStakeRao.set(BigUint64Array.from(tao, (amount) => BigInt(amount) * TAO));
  rootStakeRao.fill(0n);
  own.step({ block, tempoBlocks: 360, emissionRao: 1_000n * TAO, taoWeightBits: 0n });
  return own.last as EpochOutput;
}

/** One validator that pays two miners 3 : 1. */
const subnet = () =>
  new DetailedSubnet(
    {
      netuid: 3,
      neurons: [neuron("v", "validator"), neuron("a"), neuron("b")],
      weights: [{ columns: [1, 2], values: [65_535, 21_845] }],
      parameters: newSubnetParameters,
      weightsRateLimitBlocks: 100,
      ownerUid: null,
    },
    1_000,
  );

describe("a neuron that registers", () => {
  test("takes the next uid and earns nothing until it is weighed", () => {
    const own = subnet();
    own.register(neuron("c", "miner", 1_005), 3);
    expect(own.uidOf.get("c")).toBe(3);
    const output = step(own, 1_010, 5_000, 0, 0, 0);
    expect(Array.from(output.incentive)).toEqual([0, 49_151, 16_383, 0]);
    own.setWeights(0, { columns: [1, 3], values: [65_535, 65_535] }, 1_011);
    expect(step(own, 1_370, 5_000, 0, 0, 0).incentive[3]).toBe(32_767);
  });

  test("in another's place is not paid by weights that were meant for that one", () => {
    const own = subnet();
    step(own, 1_010, 5_000, 0, 0);
    expect(own.emissionRao(2)).toBeGreaterThan(0n);
    own.register(neuron("c", "miner", 1_200), 2);
    expect([own.uidOf.get("b"), own.uidOf.get("c")]).toEqual([undefined, 2]);
    expect(own.emissionRao(2)).toBe(0n);
    expect(Array.from(own.weights[0].values)).toEqual([65_535, 0]);
    const output = step(own, 1_370, 5_000, 0, 0);
    expect(Array.from(output.incentive)).toEqual([0, 65_535, 0]);
    // Its bond would start from that of the miner before it; the mask of registrations takes it off.
    expect(Array.from(output.bonds[0].columns)).not.toContain(2);
  });

  test("loses weights that stood when it came, though they were stored again afterwards", () => {
    const own = subnet();
    own.register(neuron("c", "miner", 1_200), 2);
    own.putWeights(0, { columns: [1, 2], values: [65_535, 65_535] });
    const output = step(own, 1_370, 5_000, 0, 0);
    expect(output.incentive[2]).toBe(0);
  });

  test("as a validator has no permit before the epoch gives it one by stake", () => {
    const own = subnet();
    own.register(neuron("w", "validator", 1_005), 3);
    expect(own.validatorPermit[3]).toBe(false);
    step(own, 1_010, 5_000, 0, 0, 9_000);
    expect(own.validatorPermit[3]).toBe(true);
  });
});
