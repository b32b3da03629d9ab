import { describe, expect, test } from "vitest";
import { raoFromTao } from "../../sim/amounts.ts";
import type { Neuron } from "../../sim/bittensor/chain/detailed-subnet.ts";
import type { EpochOutput } from "../../sim/bittensor/yuma/types.ts";
import { publicNeurons, viewOf, wake } from "../testing.ts";
import { bestOf, validatorReturns } from "./best-validator.ts";
import { delegatorsConfig } from "./config.ts";
import { YieldSeeker } from "./yield-seeker.ts";

const neuron = (hotkey: string): Neuron => ({
  hotkey,
  coldkey: hotkey,
  role: "validator",
  registeredAtBlock: 0,
});
const last = {
  stakeWeight: Uint16Array.of(40_000, 20_000, 60, 5_475),
  dividends: Uint16Array.of(40_000, 20_000, 5_535, 0),
} as EpochOutput;
const takes: Record<string, number> = { big: 11_796, cheap: 0, tiny: 0, idle: 0 };
const parts = {
  neurons: (netuid: number) =>
    netuid === 3 ? publicNeurons({ neurons: Object.keys(takes).map(neuron), last }) : null,
  takeU16: (hotkey: string) => takes[hotkey],
};

test("what validators leave their stakers is their dividends for stake, less their take", () => {
  const returns = validatorReturns(viewOf(parts), 3);
  expect(returns).toEqual([
    { hotkey: "big", netReturn: 1 - 11_796 / 65_535 },
    { hotkey: "cheap", netReturn: 1 },
  ]);
  expect(bestOf(returns)?.hotkey).toBe("cheap");
  expect(bestOf(validatorReturns(viewOf(parts), 4))).toBeNull();
});

describe("a delegator who compares validators", () => {
  const place = { id: "delegator/0", firstBlock: 1, hotkeyOn: () => "big" };
  const staked = (hotkey: string) =>
    viewOf({
      ...parts,
      holdings: [{ netuid: 3, hotkey, stakeRao: raoFromTao(5) }],
      balanceRao: 0n,
      netuids: [3],
      isTradable: () => true,
      poolTao: () => 1_000_000,
      price: () => 1,
      yieldPerDay: () => 0.001,
    });
  const moves = (hotkey: string, compare: boolean) => {
    const config = delegatorsConfig.parse({ compare_validators: compare, root_share: 0 });
    return wake(new YieldSeeker(place, config), staked(hotkey)).filter(
      ({ kind }) => kind === "move_stake",
    );
  };

  test("moves all its stake on the subnet to the best", () => {
    expect(moves("big", true)).toEqual([
      { kind: "move_stake", netuid: 3, hotkey: "big", toHotkey: "cheap", amountRao: raoFromTao(5) },
    ]);
    expect(moves("tiny", true)).toHaveLength(1);
  });

  test("stays with the best, and everywhere where it does not compare", () => {
    expect(moves("cheap", true)).toEqual([]);
    expect(moves("big", false)).toEqual([]);
  });
});
