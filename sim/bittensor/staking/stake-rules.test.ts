import { describe, expect, test } from "vitest";
import {
  type AddStakeRequest,
  checkAddStake,
  checkMoveStake,
  checkRemoveStake,
  isSmallNomination,
  type MoveRequest,
  type Quote,
  type RemoveStakeRequest,
  STAKE_MINIMUMS_437,
  STAKE_MINIMUMS_JUNE_2026,
  subnetsToLeave,
} from "./stake-rules.ts";

/** A pool at price one that takes 1 in 1,000. */
const quote = (rao: bigint): Quote => ({
  paidInRao: rao - rao / 1_000n,
  paidOutRao: rao - rao / 1_000n,
  feeRao: rao / 1_000n,
});
const june = STAKE_MINIMUMS_JUNE_2026;
const big = 10n ** 15n;

describe("add_stake", () => {
  const request: AddStakeRequest = {
    subnetExists: true,
    subtokenEnabled: true,
    hotkeyExists: true,
    amountRao: 5_000_000n,
    maxAmountRao: big,
    allowPartial: false,
    spendableRao: 5_000_000n,
    quoteBuy: quote,
    assumedFeeRao: 0n,
    depositCounts: () => true,
  };

  test.each([
    ["SubnetNotExists", { subnetExists: false }],
    ["SubtokenDisabled", { subtokenEnabled: false }],
    ["AmountTooLow", { amountRao: 2_001_999n }],
    ["SlippageTooHigh", { maxAmountRao: 4_999_999n }],
    ["NotEnoughBalanceToStake", { spendableRao: 4_999_999n }],
    ["HotKeyAccountNotExists", { hotkeyExists: false }],
    ["InsufficientLiquidity", { quoteBuy: () => null }],
    ["InsufficientLiquidity", { depositCounts: () => false }],
    ["AmountTooLow", { maxAmountRao: 2_000_000n, allowPartial: true }],
    [5_000_000n, {}],
    [3_000_000n, { maxAmountRao: 3_000_000n, allowPartial: true }],
  ])("answers %s", (answer, change) => {
    expect(checkAddStake({ ...request, ...change }, june)).toBe(answer);
  });
});

describe("remove_stake", () => {
  const request: RemoveStakeRequest = {
    subnetExists: true,
    hotkeyExists: true,
    amountRao: 5_000_000n,
    stakeRao: 9_000_000n,
    availableRao: 9_000_000n,
    collateralRao: 0n,
    maxAmountRao: big,
    allowPartial: false,
    quoteSell: quote,
  };

  test.each([
    ["SubnetNotExists", { subnetExists: false }],
    ["AmountTooLow", { amountRao: 0n }],
    ["NotEnoughStakeToWithdraw", { amountRao: 9_000_001n }],
    ["InsufficientLiquidity", { quoteSell: () => null }],
    ["AmountTooLow", { amountRao: 2_000_000n }],
    ["SlippageTooHigh", { maxAmountRao: 4_000_000n }],
    ["HotKeyAccountNotExists", { hotkeyExists: false }],
    ["StakeUnavailable", { availableRao: 4_999_999n }],
    ["StakeUnavailable", { collateralRao: 4_000_001n }],
    [5_000_000n, {}],
    [1_000n, { amountRao: 1_000n, stakeRao: 1_000n }],
  ])("answers %s", (answer, change) => {
    expect(checkRemoveStake({ ...request, ...change }, june)).toBe(answer);
  });
});

describe("moving stake", () => {
  const place = {
    coldkey: "ann",
    hotkey: "h1",
    netuid: 1,
    subnetExists: true,
    subtokenEnabled: true,
    transferEnabled: true,
    hotkeyExists: true,
  };
  const request: MoveRequest = {
    from: place,
    to: { ...place, netuid: 2 },
    amountRao: 5_000_000n,
    stakeRao: 9_000_000n,
    availableRao: 9_000_000n,
    collateralRao: 0n,
    maxAmountRao: big,
    allowPartial: null,
    quoteSell: quote,
  };
  const inside = { to: { ...place, hotkey: "h2" } };
  const toBob = { to: { ...place, coldkey: "bob", netuid: 2 } };

  test.each([
    ["SameNetuid", { to: place }],
    ["SubnetNotExists", { to: { ...place, netuid: 2, subnetExists: false } }],
    ["SubtokenDisabled", { from: { ...place, subtokenEnabled: false } }],
    ["HotKeyAccountNotExists", { to: { ...place, netuid: 2, hotkeyExists: false } }],
    ["NotEnoughStakeToWithdraw", { amountRao: 9_000_001n }],
    ["AmountTooLow", { amountRao: 2_002_002n }],
    ["SlippageTooHigh", { maxAmountRao: 1n, allowPartial: false }],
    ["TransferDisallowed", { to: { ...toBob.to, transferEnabled: false } }],
    ["StakeUnavailable", { availableRao: 1n }],
    [5_000_000n, { ...inside, availableRao: 1n }],
    [4_000_000n, { maxAmountRao: 4_000_000n, allowPartial: true }],
  ])("answers %s", (answer, change) => {
    expect(checkMoveStake({ ...request, ...change }, june)).toBe(answer);
  });

  test("to another coldkey has a minimum of its own since July 2026", () => {
    const small = { ...request, ...toBob, amountRao: 200_000n };
    expect(checkMoveStake(small, june)).toBe("AmountTooLow");
    expect(checkMoveStake(small, STAKE_MINIMUMS_437)).toBe(200_000n);
  });
});

test("unstake_all skips what is refused, but not a lock", () => {
  const position = (netuid: number, refusal: "AmountTooLow" | "StakeUnavailable" | null) => ({
    netuid,
    refusal,
  });
  expect(subnetsToLeave([position(0, null), position(1, "AmountTooLow")], false)).toEqual([0]);
  expect(subnetsToLeave([position(0, null), position(1, "AmountTooLow")], true)).toBe(
    "AmountTooLow",
  );
  expect(subnetsToLeave([position(1, null), position(2, "StakeUnavailable")], true)).toBe(
    "StakeUnavailable",
  );
});

test("a nominator's rest under 0.02 TAO is sold at the live factor, none at the code's", () => {
  expect(isSmallNomination(19_999_999n, 2_000_000n, 10_000_000n)).toBe(true);
  expect(isSmallNomination(20_000_000n, 2_000_000n, 10_000_000n)).toBe(false);
  expect(isSmallNomination(1n, 2_000_000n, 0n)).toBe(false);
});
