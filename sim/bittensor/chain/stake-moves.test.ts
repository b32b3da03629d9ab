import { describe, expect, test } from "vitest";
import { U64_MAX } from "../../fixed/fixed-point.ts";
import { MemorySink } from "../../records.ts";
import type { BittensorAction } from "./actions.ts";
import { BittensorChain } from "./chain.ts";
import { exampleSetup, START_BLOCK } from "./example-setup.ts";

const TAO = 1_000_000_000n;

function start() {
  const chain = new BittensorChain(exampleSetup(), new MemorySink());
  chain.advanceTo(START_BLOCK + 1);
  const by = (id: string, action: BittensorAction) =>
    chain.submit(
      { id, role: "delegator", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] },
      action,
    );
  const stake = (netuid: number, tao: bigint) => {
    const hotkey = netuid === 0 ? "validators/1" : `validators/${netuid}`;
    by("ann", { kind: "add_stake", netuid, hotkey, amountRao: tao * TAO });
    return { netuid, hotkey, amountRao: chain.book.stakeRao(hotkey, "ann", netuid) };
  };
  return { chain, by, stake };
}

describe("stake that moves", () => {
  test("to another hotkey of the subnet pays no swap fee and is the same stake", () => {
    const { chain, by, stake } = start();
    const place = stake(1, 50n);
    const moved = by("ann", { kind: "move_stake", toHotkey: "miners/1", ...place });
    expect(moved).toEqual({ applied: true, receivedRao: place.amountRao, feeRao: 0n });
    expect(chain.book.stakeRao("miners/1", "ann", 1)).toBe(place.amountRao);
    expect(by("ann", { kind: "move_stake", toHotkey: "owner/1", ...place })).toMatchObject({
      reason: "NotEnoughStakeToWithdraw",
    });
  });

  test("to another coldkey is the receiver's, root dividends earned so far the giver's", () => {
    const { chain, by, stake } = start();
    const place = stake(0, 100n);
    chain.advanceTo(START_BLOCK + 800);
    chain.fund.flush();
    const owed = chain.fund.owedShares("ann");
    expect(owed).toBeGreaterThan(0n);
    by("ann", { kind: "transfer_stake", toColdkey: "bob", ...place });
    expect(chain.book.stakeRao("validators/1", "bob", 0)).toBe(100n * TAO);
    expect(chain.fund.owedShares("bob")).toBe(0n);
    chain.checkBooks();
  });

  test("the whole position can be asked for by 2^64 - 1", () => {
    const { chain, by, stake } = start();
    const place = stake(1, 50n);
    by("ann", { kind: "swap_stake", toNetuid: 2, ...place, amountRao: U64_MAX });
    expect(chain.book.coldkeyStakeRao("ann", 1)).toBe(0n);
    expect(chain.book.coldkeyStakeRao("ann", 2)).toBeGreaterThan(0n);
  });

  test("with a limit on the ratio of prices is cut short or refused", () => {
    const { chain, by, stake } = start();
    const place = stake(1, 900n);
    const ratio = chain.pools.spotPrice(1) / chain.pools.spotPrice(2);
    const limitPriceRao = BigInt(Math.round(ratio * 0.99 * 1e9));
    const swap = { kind: "swap_stake" as const, toNetuid: 2, ...place, limitPriceRao };
    expect(by("ann", swap)).toEqual({ applied: false, reason: "SlippageTooHigh" });
    expect(by("ann", { ...swap, allowPartial: true }).applied).toBe(true);
    const left = chain.book.coldkeyStakeRao("ann", 1);
    expect(left).toBeGreaterThan(0n);
    expect(left).toBeLessThan(place.amountRao);
    const after = chain.pools.spotPrice(1) / chain.pools.spotPrice(2);
    // The chain's formula counts each pool's price move only once, not twice as it ought to.
    expect(after / ratio).toBeCloseTo(0.98, 3);
    chain.checkBooks();
  });

  test("costs one fee: on the sale, or on the purchase out of root", () => {
    const { by, stake } = start();
    const swapped = by("ann", { kind: "swap_stake", toNetuid: 2, ...stake(1, 100n) });
    const alphaFee = swapped.applied ? Number(swapped.feeRao) : 0;
    expect(alphaFee / 2_000e9).toBeCloseTo(33 / 65_535, 4);
    const fromRoot = by("ann", {
      kind: "move_stake",
      toHotkey: "validators/2",
      toNetuid: 2,
      ...stake(0, 100n),
    });
    expect(fromRoot).toMatchObject({ applied: true, feeRao: 50_354_772n });
  });
});

test("a nominator's rest of less than 0.02 TAO is sold with the rest of the stake", () => {
  const { chain, by, stake } = start();
  const { amountRao, ...place } = stake(1, 10n);
  by("ann", { kind: "remove_stake", ...place, amountRao: amountRao - 300_000_000n });
  expect(chain.book.coldkeyStakeRao("ann", 1)).toBe(0n);
  const again = stake(1, 10n);
  by("ann", { kind: "remove_stake", ...place, amountRao: again.amountRao - 500_000_000n });
  expect(chain.book.coldkeyStakeRao("ann", 1)).toBe(500_000_000n);
  chain.checkBooks();
});

describe("unstake_all", () => {
  test("sells every position with a hotkey; unstake_all_alpha stakes the TAO on root", () => {
    const { chain, by, stake } = start();
    stake(0, 100n);
    stake(1, 100n);
    const hotkey = "validators/1";
    expect(by("ann", { kind: "unstake_all_alpha", netuid: 0, hotkey }).applied).toBe(true);
    expect(chain.book.coldkeyStakeRao("ann", 1)).toBe(0n);
    expect(Number(chain.book.coldkeyStakeRao("ann", 0)) / 1e9).toBeCloseTo(199.9, 0);
    by("ann", { kind: "unstake_all", netuid: 0, hotkey });
    expect([...chain.book.holdingsOf("ann")]).toEqual([]);
    expect(Number(chain.ledger.balanceRao("ann")) / 1e9).toBeCloseTo(999.9, 0);
    expect(by("ann", { kind: "unstake_all", netuid: 0, hotkey })).toMatchObject({
      reason: "AmountTooLow",
    });
    chain.checkBooks();
  });
});

describe("alpha given up", () => {
  test("recycled leaves the issuance, burned stays outside the pool without an owner", () => {
    const { chain, by, stake } = start();
    const place = stake(1, 100n);
    const { subnet } = chain.state;
    const out = subnet.alphaOutRao[1];
    const third = place.amountRao / 3n;
    by("ann", { kind: "recycle_alpha", ...place, amountRao: third });
    expect(subnet.alphaOutRao[1]).toBe(out - third);
    by("ann", { kind: "burn_alpha", ...place, amountRao: third });
    expect(subnet.alphaOutRao[1]).toBe(out - third);
    expect(chain.epochs.burnedRao(1)).toBe(third);
    expect(by("ann", { kind: "burn_alpha", ...place })).toMatchObject({
      reason: "NotEnoughStakeToWithdraw",
    });
    expect(by("ann", { kind: "burn_alpha", ...place, netuid: 0 })).toMatchObject({
      reason: "CannotBurnOrRecycleOnRootSubnet",
    });
    chain.advanceTo(chain.block + 1_000);
    chain.checkBooks();
  });

  test("add_stake_burn buys and burns at once", () => {
    const { chain, by } = start();
    const price = chain.pools.spotPrice(1);
    by("ann", { kind: "add_stake_burn", netuid: 1, hotkey: "validators/1", amountRao: 500n * TAO });
    expect(chain.pools.spotPrice(1)).toBeGreaterThan(price);
    expect(chain.book.coldkeyStakeRao("ann", 1)).toBe(0n);
    expect(Number(chain.epochs.burnedRao(1)) / 1e9).toBeCloseTo(9_945.2, 0);
    chain.checkBooks();
  });
});
