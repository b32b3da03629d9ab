import { expect, test } from "vitest";
import { SteadySeller } from "./steady-seller.ts";
import { viewOf, wake } from "./testing.ts";

const TAO = 1_000_000_000n;
const place = {
  id: "owner/7",
  role: "owner",
  netuid: 7,
  hotkey: "owner/7",
  firstBlock: 100,
  sellShare: 0.25,
  everyDays: 2,
} as const;

const holding = (alpha: bigint) => viewOf({ stakeRao: () => alpha * TAO, price: () => 0.5 });

test("an owner wakes every second day and sells its share of what has come in", () => {
  const owner = new SteadySeller(place);
  expect(owner.wake).toEqual({ firstBlock: 100, everyBlocks: 14_400 });
  expect(wake(owner, holding(1_000n))).toEqual([]);
  expect(wake(owner, holding(1_400n))).toEqual([
    { kind: "remove_stake", netuid: 7, hotkey: "owner/7", amountRao: 100n * TAO },
  ]);
  // What it kept of that is kept for good: only later income counts.
  expect(wake(owner, holding(1_400n))).toEqual([]);
});

test("a refused sale is tried again with what has come in since", () => {
  const owner = new SteadySeller(place);
  wake(owner, holding(0n));
  wake(owner, holding(40n), () => ({ applied: false, reason: "ReservesTooLow" }));
  expect(wake(owner, holding(80n))).toMatchObject([{ amountRao: 20n * TAO }]);
});

test("nobody pays a fee for a sale of next to nothing", () => {
  const owner = new SteadySeller(place);
  wake(owner, holding(0n));
  const crumbs = viewOf({ stakeRao: () => 1_000n, price: () => 0.5 });
  expect(wake(owner, crumbs)).toEqual([]);
});
