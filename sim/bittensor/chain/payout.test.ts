import { expect, test } from "vitest";
import { dividePayout, type HotkeyResult } from "./payout.ts";

const TAO_WEIGHT = (18n << 32n) / 100n;
const drained = { serverRao: 410n, validatorRao: 300n, rootRao: 110n, ownerCutRao: 180n };
const nobody: HotkeyResult = {
  hotkey: "nobody",
  incentiveRao: 0n,
  dividendRao: 0n,
  alphaStakeRao: 0n,
  rootStakeRao: 0n,
  ofOwner: false,
};
const floor = (bits: bigint) => Number(bits >> 32n);

test("miners get their incentive, and the owner's own part is withheld and measured", () => {
  const payout = dividePayout(
    drained,
    [
      { ...nobody, hotkey: "miner", incentiveRao: 300n },
      { ...nobody, hotkey: "owner", incentiveRao: 100n, ofOwner: true },
    ],
    TAO_WEIGHT,
  );
  expect(payout.incentives).toEqual([{ hotkey: "miner", amountRao: 300n }]);
  expect(payout.withheldRao).toBe(100n);
  expect(payout.minerBurnedBits).toBe(1n << 30n);
});

test("a validator with root stake is paid in both kinds, by what its weight consists of", () => {
  const payout = dividePayout(
    drained,
    [
      { ...nobody, hotkey: "miner", incentiveRao: 410n },
      { ...nobody, hotkey: "alpha", dividendRao: 205n, alphaStakeRao: 1_000n },
      { ...nobody, hotkey: "both", dividendRao: 205n, alphaStakeRao: 180n, rootStakeRao: 1_000n },
    ],
    TAO_WEIGHT,
  );
  // "both" weighs 180 alpha and 0.18 * 1000 TAO: half of its dividend is root's. The
  // quotients are floored to 32 fraction bits, so a third of 300 becomes 99.
  const alpha = payout.alphaDividends.map(({ hotkey, bits }) => [hotkey, floor(bits)]);
  expect(alpha).toEqual([
    ["alpha", 199],
    ["both", 99],
  ]);
  expect(payout.rootDividends.map(({ hotkey, bits }) => [hotkey, floor(bits)])).toEqual([
    ["both", 110],
  ]);
});

test("without any incentive the validators get the miners' half", () => {
  const validators = [{ ...nobody, hotkey: "v", dividendRao: 820n, alphaStakeRao: 5n }];
  const payout = dividePayout(drained, validators, TAO_WEIGHT);
  expect(payout.alphaDividends.map(({ bits }) => floor(bits))).toEqual([710]);
});

test("root's part is recycled when no hotkey qualifies for it", () => {
  const validators = [{ ...nobody, hotkey: "v", dividendRao: 820n, alphaStakeRao: 5n }];
  expect(dividePayout(drained, validators, TAO_WEIGHT).recycledRao).toBe(110n);
});
