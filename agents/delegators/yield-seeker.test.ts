import { describe, expect, test } from "vitest";
import { raoFromTao } from "../../sim/amounts.ts";
import type { AddStake } from "../../sim/bittensor/chain/actions.ts";
import { viewOf, wake } from "../testing.ts";
import { delegatorsConfig } from "./config.ts";
import { YieldSeeker } from "./yield-seeker.ts";

const place = { id: "delegator/0", firstBlock: 1, hotkeyOn: (netuid: number) => `v/${netuid}` };
const config = delegatorsConfig.parse({ root_share: 0.4, move_share: 1, sensitivity: 1 });

/** Two subnets of equal depth; the second yields three times as much. */
const market = (balanceTao: number) =>
  viewOf({
    holdings: [],
    balanceRao: raoFromTao(balanceTao),
    netuids: [1, 2],
    neurons: () => null,
    isTradable: () => true,
    poolTao: () => 1_000_000,
    price: () => 1,
    yieldPerDay: (netuid) => (netuid === 1 ? 0.001 : 0.003),
  });

describe("a delegator", () => {
  test("puts root's share on root and prefers the higher yield in proportion", () => {
    const orders = wake(new YieldSeeker(place, config), market(1_000)) as AddStake[];
    const staked = Object.fromEntries(orders.map((o) => [o.netuid, Number(o.amountRao) / 1e9]));
    expect(staked[0]).toBeCloseTo(400, 3);
    const [one, two] = [staked[1] ?? 0, staked[2] ?? 0];
    // It has looked at four draws of two subnets, so it has very likely seen both.
    expect(two / one).toBeCloseTo(3, 6);
    expect(one + two).toBeCloseTo(600, 3);
    for (const { hotkey, netuid } of orders) expect(hotkey).toBe(`v/${netuid}`);
  });

  test("never orders more than a small part of a pool", () => {
    const shallow = viewOf({ ...market(1_000), poolTao: () => 100 });
    const orders = wake(new YieldSeeker(place, config), shallow) as AddStake[];
    for (const { netuid, amountRao } of orders) {
      if (netuid !== 0) expect(Number(amountRao) / 1e9).toBeLessThanOrEqual(0.5);
    }
  });

  test("sells what it holds too much of before it buys", () => {
    const rich = viewOf({
      ...market(0.2),
      holdings: [{ netuid: 1, hotkey: "v/1", stakeRao: raoFromTao(1_000) }],
    });
    const kinds = wake(new YieldSeeker(place, config), rich).map(
      ({ kind, netuid }) => `${kind} ${netuid}`,
    );
    expect(kinds[0]).toBe("remove_stake 1");
  });

  test("leaves crumbs where they are", () => {
    expect(wake(new YieldSeeker(place, config), market(0.12))).toEqual([]);
  });
});
