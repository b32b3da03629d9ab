import { describe, expect, test } from "vitest";
import {
  setWeightsRefusal,
  storedWeights,
  type WeightsCall,
  type WeightsSender,
  type WeightsSubnet,
  weightsRefusal,
} from "./set-weights.ts";

const subnet: WeightsSubnet = {
  netuid: 7,
  mechanismCount: 1,
  n: 4,
  commitReveal: false,
  stakeThresholdRao: 1_000n,
  weightsVersionKey: 3n,
  weightsSetRateLimitBlocks: 100,
  minAllowedWeights: 2,
};
const sender: WeightsSender = {
  uid: 1,
  isOwner: false,
  totalStakeBits: 1_000n << 64n,
  validatorPermit: true,
  lastUpdateBlock: 400,
};
const call: WeightsCall = { mechanism: 0, uids: [2, 3], values: [1, 3], versionKey: 3n };

const refusal = (
  changes: { subnet?: Partial<WeightsSubnet>; sender?: Partial<WeightsSender> } = {},
  ofCall: Partial<WeightsCall> = {},
  block = 500,
) =>
  setWeightsRefusal(
    { ...subnet, ...changes.subnet },
    { ...sender, ...changes.sender },
    { ...call, ...ofCall },
    block,
  );

describe("set_weights", () => {
  test("accepts a validator's weights and stores them max-upscaled, as submitted", () => {
    expect(refusal()).toBeNull();
    const { columns, values } = storedWeights({ uids: [3, 2], values: [1, 3] });
    expect(Array.from(columns)).toEqual([3, 2]);
    expect(Array.from(values)).toEqual([21_845, 65_535]);
  });

  test("refuses in the chain's order, the first reason first", () => {
    const everythingWrong: Partial<WeightsCall> = {
      mechanism: 1,
      uids: [9, 9, 9, 9, 9],
      values: [],
    };
    const stranger = { uid: null, totalStakeBits: 0n, validatorPermit: false };
    const steps: [Parameters<typeof refusal>[0], Partial<WeightsCall>, string][] = [
      [
        { subnet: { commitReveal: true, netuid: 0 }, sender: stranger },
        everythingWrong,
        "CommitRevealEnabled",
      ],
      [{ subnet: { netuid: 0 }, sender: stranger }, everythingWrong, "CanNotSetRootNetworkWeights"],
      [{ sender: stranger }, everythingWrong, "WeightVecNotEqualSize"],
      [
        { sender: stranger },
        { ...everythingWrong, values: [1, 1, 1, 1, 1] },
        "MechanismDoesNotExist",
      ],
      [
        { sender: stranger },
        { uids: [9, 9, 9, 9, 9], values: [1, 1, 1, 1, 1] },
        "UidsLengthExceedUidsInSubNet",
      ],
      [{ sender: stranger }, { uids: [9, 9], versionKey: 2n }, "HotKeyNotRegisteredInSubNet"],
      [
        { sender: { ...stranger, uid: 1 } },
        { uids: [9, 9], versionKey: 2n },
        "NotEnoughStakeToSetWeights",
      ],
      [
        { sender: { validatorPermit: false, lastUpdateBlock: 401 } },
        { uids: [9, 9], versionKey: 2n },
        "IncorrectWeightVersionKey",
      ],
      [
        { sender: { validatorPermit: false, lastUpdateBlock: 401 } },
        { uids: [9, 9] },
        "SettingWeightsTooFast",
      ],
      [{ sender: { validatorPermit: false } }, { uids: [9, 9] }, "NeuronNoValidatorPermit"],
      [{}, { uids: [9, 9] }, "DuplicateUids"],
      [{}, { uids: [9], values: [1] }, "UidVecContainInvalidOne"],
      [{}, { uids: [2], values: [1] }, "WeightVecLengthIsLow"],
    ];
    for (const [changes, ofCall, reason] of steps) expect(refusal(changes, ofCall)).toBe(reason);
  });

  test("lets the owner set weights without stake and permit", () => {
    const owner = { isOwner: true, totalStakeBits: 0n, validatorPermit: false };
    expect(refusal({ sender: owner })).toBeNull();
  });

  test("lets anybody weigh only itself, however short the row", () => {
    const self = { uids: [1], values: [9] };
    expect(refusal({ sender: { validatorPermit: false } }, self)).toBeNull();
  });

  test("counts whole rao of stake, and the first weights are free of the rate limit", () => {
    expect(refusal({ sender: { totalStakeBits: (1_000n << 64n) - 1n } })).toBe(
      "NotEnoughStakeToSetWeights",
    );
    expect(refusal({ sender: { lastUpdateBlock: 0 } }, {}, 1)).toBeNull();
    expect(refusal({}, {}, 499)).toBe("SettingWeightsTooFast");
  });

  test("accepts any version key where the subnet names none", () => {
    expect(refusal({ subnet: { weightsVersionKey: 0n } }, { versionKey: 0n })).toBeNull();
  });

  test("revealed weights pass without the rate limit", () => {
    const hidden = { ...subnet, commitReveal: true };
    expect(weightsRefusal(hidden, { ...sender, lastUpdateBlock: 499 }, call, 500)).toBeNull();
  });
});
