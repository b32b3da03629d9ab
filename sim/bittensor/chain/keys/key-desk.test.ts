import { describe, expect, test } from "vitest";
import { MemorySink } from "../../../records.ts";
import type { BittensorAction } from "../actions.ts";
import { BittensorChain } from "../chain.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";

const TAO = 1_000_000_000n;

function start() {
  const chain = new BittensorChain(exampleSetup(), new MemorySink());
  chain.advanceTo(START_BLOCK + 1);
  const by = (id: string, action: BittensorAction) =>
    chain.submit(
      { id, role: "owner", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] },
      action,
    );
  return { chain, by };
}
const announce = (toColdkey: string) => ({
  kind: "announce_coldkey_swap" as const,
  netuid: 0 as const,
  toColdkey,
});
const swap = (toColdkey: string) => ({
  kind: "swap_coldkey_announced" as const,
  netuid: 0 as const,
  toColdkey,
});

describe("a coldkey swap", () => {
  test("costs 0.1 TAO, blocks other calls, and takes five days", () => {
    const { chain, by } = start();
    expect(by("ann", swap("bob"))).toMatchObject({ reason: "ColdkeySwapAnnouncementNotFound" });
    expect(by("miners/1", announce("bob"))).toMatchObject({
      reason: "NotEnoughBalanceToPaySwapColdKey",
    });
    const before = chain.ledger.balanceRao("ann");
    expect(by("ann", announce("bob")).applied).toBe(true);
    expect(before - chain.ledger.balanceRao("ann")).toBe(
      TAO / 10n + chain.parameters.transactionFeeRao,
    );
    const buy = { kind: "add_stake" as const, netuid: 1, hotkey: "miners/1", amountRao: TAO };
    expect(by("ann", buy)).toMatchObject({ reason: "ColdkeySwapAnnounced" });
    expect(by("ann", announce("carl"))).toMatchObject({ reason: "ColdkeySwapReannouncedTooEarly" });
    expect(by("ann", swap("carl"))).toMatchObject({ reason: "AnnouncedColdkeyHashDoesNotMatch" });
    chain.advanceTo(START_BLOCK + 36_000);
    expect(by("ann", swap("bob"))).toMatchObject({ reason: "ColdkeySwapTooEarly" });
    chain.advanceTo(START_BLOCK + 36_001);
    expect(by("ann", swap("bob")).applied).toBe(true);
    expect(chain.ledger.balanceRao("ann")).toBe(0n);
    chain.checkBooks();
  });

  test("takes stake, unclaimed root dividends, hotkeys and subnets along", () => {
    const { chain, by } = start();
    by("ann", { kind: "add_stake", netuid: 0, hotkey: "validators/1", amountRao: 100n * TAO });
    by("ann", { kind: "add_stake", netuid: 1, hotkey: "validators/1", amountRao: 100n * TAO });
    by("ann", { kind: "register_network", netuid: 0, hotkey: "ann/hot" });
    const netuid = chain.registry.netuids.at(-1) as number;
    expect(chain.registry.ownerOf(netuid)?.coldkey).toBe("ann");
    by("ann", announce("bob"));
    chain.advanceTo(START_BLOCK + 36_001);
    chain.fund.flush();
    const [alphaRao, owed] = [chain.book.coldkeyStakeRao("ann", 1), chain.fund.owedShares("ann")];
    expect(owed).toBeGreaterThan(0n);
    expect(by("ann", swap("bob")).applied).toBe(true);
    expect(chain.book.coldkeyStakeRao("bob", 1)).toBe(alphaRao);
    expect(chain.fund.owedShares("bob")).toBe(owed);
    expect(chain.fund.owedShares("ann")).toBe(0n);
    expect(chain.registry.ownerOf(netuid)).toEqual({ hotkey: "ann/hot", coldkey: "bob" });
    expect(chain.registry.coldkeyOf("ann/hot")).toBe("bob");
    chain.checkBooks();
  });

  test("carries a lock only to who takes locked alpha and has none", () => {
    const { chain, by } = start();
    by("ann", { kind: "add_stake", netuid: 1, hotkey: "validators/1", amountRao: 100n * TAO });
    const lock = { kind: "lock_stake" as const, netuid: 1, hotkey: "validators/1", amountRao: TAO };
    by("ann", lock);
    by("ann", announce("bob"));
    chain.advanceTo(START_BLOCK + 36_001);
    const lockedRao = chain.locks.lockedRao("ann", 1);
    expect(by("ann", swap("bob"))).toMatchObject({ reason: "AccountRejectsLockedAlpha" });
    by("bob", { kind: "set_reject_locked_alpha", netuid: 0, enabled: false });
    expect(by("ann", swap("bob")).applied).toBe(true);
    expect(chain.locks.lockedRao("bob", 1)).toBe(lockedRao);
    expect(chain.locks.lockedRao("ann", 1)).toBe(0n);
    chain.checkBooks();
  });
});
