import { expect, test } from "vitest";
import type { Neuron } from "../../sim/bittensor/chain/detailed-subnet.ts";
import type { EpochOutput } from "../../sim/bittensor/yuma/types.ts";
import { publicNeurons, viewOf, wake } from "../testing.ts";
import { validatorsConfig } from "../validators/config.ts";
import { meanWeights, WeightCopier } from "./weight-copier.ts";

const neuron = (hotkey: string): Neuron => ({
  hotkey,
  coldkey: hotkey,
  role: "validator",
  registeredAtBlock: 0,
});
const table = publicNeurons({
  neurons: ["v", "w", "copier", "miner", "other"].map(neuron),
  weights: [
    { columns: [3, 4], values: [300, 100] },
    { columns: [4], values: [65_535] },
    { columns: [3], values: [65_535] },
    { columns: [], values: [] },
    { columns: [0], values: [9] },
  ],
  validatorPermit: [true, true, true, true, false],
  last: { stakeWeight: Uint16Array.of(2_000, 1_000, 5_000, 0, 0) } as unknown as EpochOutput,
});
const view = viewOf({
  block: 1,
  neurons: () => table,
  commitReveal: () => false,
  mechanismCount: () => 1,
  uidOf: () => 2,
  stakeRao: () => 0n,
  price: () => 1,
});

test("the mean of others' weights counts each row by the stake behind it", () => {
  // v: 2,000 * (3/4, 1/4); w: 1,000 * (0, 1); its own row and one without a permit count for nothing.
  expect(Array.from(meanWeights(view, 3, "copier"))).toEqual([0, 0, 0, 1_500, 1_500]);
});

test("the copier sets just that", () => {
  const place = { id: "copier", netuid: 3, hotkey: "copier", firstBlock: 1 };
  const copier = new WeightCopier(place, validatorsConfig.parse({ sell_share: 0 }));
  expect(wake(copier, view)).toEqual([
    { kind: "set_weights", netuid: 3, hotkey: "copier", uids: [3, 4], values: [65_535, 65_535] },
  ]);
});

test("it copies in each mechanism what stands there", () => {
  const place = { id: "copier", netuid: 3, hotkey: "copier", firstBlock: 1 };
  const copier = new WeightCopier(place, validatorsConfig.parse({ sell_share: 0 }));
  const two = viewOf({
    block: 1,
    neurons: () => table,
    commitReveal: () => false,
    stakeRao: () => 0n,
    price: () => 1,
    mechanismCount: () => 2,
    uidOf: () => 2,
    mechanismWeights: () => [{ columns: [3], values: [7] }],
  });
  const own = { netuid: 3, hotkey: "copier" };
  expect(wake(copier, two)).toEqual([
    { kind: "set_mechanism_weights", mechanism: 1, ...own, uids: [3], values: [65_535] },
    { kind: "set_weights", ...own, uids: [3, 4], values: [65_535, 65_535] },
  ]);
});
