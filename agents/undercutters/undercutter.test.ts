import { expect, test } from "vitest";
import type { Neuron } from "../../sim/bittensor/chain/detailed-subnet.ts";
import { publicNeurons, viewOf, wake } from "../testing.ts";
import { undercuttersConfig } from "./config.ts";
import { Undercutter } from "./undercutter.ts";

const place = { account: "v0", netuid: 3, firstBlock: 1 };
const neuron = (hotkey: string): Neuron => ({
  hotkey,
  coldkey: hotkey,
  role: "validator",
  registeredAtBlock: 0,
});

const takesAre = (takes: Record<string, number>, permits = [true, true, true]) =>
  viewOf({
    neurons: () =>
      publicNeurons({
        neurons: Object.keys(takes).map(neuron),
        validatorPermit: permits,
      }),
    takeU16: (hotkey) => takes[hotkey],
    uidOf: (_netuid, hotkey) => Object.keys(takes).indexOf(hotkey),
  });

const asked = (takes: Record<string, number>, config = {}, permits?: boolean[]) =>
  wake(
    new Undercutter(place, undercuttersConfig.parse({ step_share: 0.01, ...config })),
    takesAre(takes, permits),
  );
const take = (kind: "increase_take" | "decrease_take", takeU16: number) => ({
  kind,
  netuid: 0,
  hotkey: "v0",
  takeU16,
});

test("goes a step below its cheapest rival with a permit", () => {
  expect(asked({ v0: 11_796, v1: 11_796, v2: 10_000 })).toEqual([take("decrease_take", 9_345)]);
  expect(asked({ v0: 11_796, v1: 11_796, v2: 10_000 }, {}, [true, true, false])).toEqual([
    take("decrease_take", 11_141),
  ]);
});

test("does not go below its floor, and asks for nothing where it stands right", () => {
  const floor = { floor_share: 0.02 };
  expect(asked({ v0: 5_000, v1: 1_500, v2: 9_000 }, floor)).toEqual([take("decrease_take", 1_311)]);
  expect(asked({ v0: 1_311, v1: 1_500, v2: 9_000 }, floor)).toEqual([]);
});

test("goes up again when its rivals are dearer, at most to the chain's maximum", () => {
  expect(asked({ v0: 1_311, v1: 8_000, v2: 9_000 })).toEqual([take("increase_take", 7_345)]);
  expect(asked({ v0: 11_796, v1: 20_000, v2: 20_000 })).toEqual([]);
});

test("does nothing without a rival, or where no neurons are simulated", () => {
  expect(asked({ v0: 11_796 })).toEqual([]);
  const nobody = viewOf({ neurons: () => null });
  expect(wake(new Undercutter(place, undercuttersConfig.parse({})), nobody)).toEqual([]);
});
