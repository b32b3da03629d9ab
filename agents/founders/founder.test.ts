import { describe, expect, test } from "vitest";
import { BLOCKS_PER_DAY, raoFromTao } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { viewOf, wake } from "../testing.ts";
import { foundersConfig } from "./config.ts";
import { Founder } from "./founder.ts";

/** Everybody expects the median price. */
const certain = { expected_price: 1, expected_price_spread: 0, discount_per_day: 0 };
const founder = (config: object = {}) =>
  new Founder("founder/0", foundersConfig.parse({ ...certain, ...config }), 1);

const seen = (parts: Partial<BittensorView> = {}) =>
  viewOf({
    balanceRao: raoFromTao(5_000),
    ownedNetuids: [],
    queuedRegistrations: 0,
    blocksToRegistration: 0,
    lockCostRao: raoFromTao(1_000),
    medianPrice: 0.005,
    ownerCutShare: 0.18,
    ...parts,
  });
const kinds = (someone: Founder, view: BittensorView) =>
  wake(someone, view).map(({ kind }) => kind);

describe("a founder", () => {
  test("values a subnet at the owner cuts of the days that it hopes for", () => {
    const someone = founder({ expected_life_days: 100, cost_tao_per_day: 1 });
    wake(someone, seen());
    // 7,200 alpha a day, 18 per cent of them, at 0.005 TAO, less 1 TAO, for 100 days.
    expect(someone.worthTao(seen())).toBeCloseTo((BLOCKS_PER_DAY * 0.18 * 0.005 - 1) * 100, 9);
  });

  test("registers as soon as the lock costs no more than that", () => {
    expect(kinds(founder({ expected_life_days: 150 }), seen())).toEqual([]);
    expect(kinds(founder({ expected_life_days: 160 }), seen())).toEqual(["register_network"]);
  });

  test.each<[string, Partial<BittensorView>]>([
    ["the network takes none", { blocksToRegistration: 1 }],
    ["it cannot pay", { balanceRao: raoFromTao(1_000) }],
    ["one of its own waits for a slot", { queuedRegistrations: 1 }],
  ])("does not while %s", (_why, parts) => {
    expect(kinds(founder(), seen(parts))).toEqual([]);
  });

  test("starts its subnet, buys its alpha once, and sells its cut", () => {
    const someone = founder({ promote_tao: 40 });
    let stakeRao = 0n;
    let isTradable = false;
    const own = seen({
      ownedNetuids: [7],
      ownerHotkey: () => "founder/0/0",
      isTradable: () => isTradable,
      stakeRao: () => stakeRao,
      price: () => 0.005,
    });
    expect(kinds(someone, own)).toEqual(["start_call", "add_stake"]);
    isTradable = true;
    expect(kinds(someone, own)).toEqual([]);
    stakeRao = raoFromTao(1_000);
    const [sale] = wake(someone, own);
    expect(sale).toMatchObject({ kind: "remove_stake", netuid: 7, amountRao: raoFromTao(500) });
  });
});
