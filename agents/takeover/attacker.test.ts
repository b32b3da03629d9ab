import { expect, test } from "vitest";
import { raoFromTao } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { viewOf, wake } from "../testing.ts";
import { cheapestTarget, TakeoverAttacker } from "./attacker.ts";
import { takeoverConfig } from "./config.ts";

const attacker = (config: object = {}) =>
  new TakeoverAttacker("takeover/0", takeoverConfig.parse({ ...config }), 1);

const seen = (parts: Partial<BittensorView> = {}) =>
  viewOf({
    netuids: [1, 2, 3],
    balanceRao: raoFromTao(100),
    isTradable: () => true,
    // The third is too young.
    canChangeHands: (netuid) => netuid !== 3,
    circulatingAlpha: (netuid) => [0, 3_000_000, 2_500_000, 100][netuid],
    price: (netuid) => [1, 0.002, 0.004, 0.001][netuid],
    poolTao: () => 1_000,
    availableRao: () => 0n,
    ownedNetuids: [],
    ...parts,
  });

test("the target is the cheapest of those that can change hands", () => {
  expect(cheapestTarget(seen())).toBe(1);
  expect(cheapestTarget(seen({ canChangeHands: () => false }))).toBeNull();
});

test("it prepares a hotkey once, buys a part of the pool and locks all it has", () => {
  const someone = attacker({ pool_share: 0.05 });
  const first = wake(someone, seen({ availableRao: () => raoFromTao(500) }));
  expect(first).toMatchObject([
    { kind: "try_associate_hotkey", hotkey: "takeover/0" },
    { kind: "set_perpetual_lock", netuid: 1, enabled: true },
    { kind: "add_stake", netuid: 1, amountRao: raoFromTao(50) },
    { kind: "lock_stake", netuid: 1, hotkey: "takeover/0", amountRao: raoFromTao(500) },
  ]);
  expect(wake(someone, seen()).map(({ kind }) => kind)).toEqual(["add_stake"]);
});

test("the owner buys no more and sells what is not locked", () => {
  const view = seen({ ownedNetuids: [1], availableRao: () => raoFromTao(1_000) });
  const [sale] = wake(attacker({ netuid: 1, perpetual: false }), view).slice(1);
  expect(sale).toMatchObject({ kind: "remove_stake", netuid: 1, amountRao: raoFromTao(1_000) });
});

test("without a subnet that is old enough it waits", () => {
  expect(wake(attacker(), seen({ canChangeHands: () => false }))).toEqual([]);
});
