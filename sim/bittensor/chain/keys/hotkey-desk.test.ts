import { describe, expect, test } from "vitest";
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import type { BittensorAction } from "../actions.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";
import { type Changes, start, TAO } from "../neurons/testing.ts";
import { newSubnetParameters } from "../new-subnet.ts";

const EPOCH = START_BLOCK + 357;
const old = "validator/3/0";
const [{ subnet: example }] = exampleSetup().detailed;

/** Everybody who swaps has some TAO; the validator's owner coldkey is its own name. */
function running(changes: Changes = {}) {
  const world = start({
    ...changes,
    setup: (setup) => {
      const own = [old, "miner/3/1", "owner/1"].map((coldkey) => ({ coldkey, balanceRao: TAO }));
      const { wallets } = setup.genesis;
      const withTao = { ...setup, genesis: { ...setup.genesis, wallets: [...wallets, ...own] } };
      return changes.setup?.(withTao) ?? withTao;
    },
  });
  return {
    ...world,
    to: (block: number) => world.chain.advanceTo(block),
    by: (coldkey: string, action: BittensorAction) => world.submit(coldkey, action, "validator"),
  };
}
const swap = (
  hotkey: string,
  newHotkey: string,
  netuid: number | null = null,
): BittensorAction => ({
  kind: "swap_hotkey",
  netuid: netuid ?? 0,
  allSubnets: netuid === null,
  hotkey,
  newHotkey,
});

describe("a hotkey that is swapped on all subnets", () => {
  test("gives its uid, stake, take and weights to the new one, for 0.1 TAO that is recycled", () => {
    const { chain, subnet, to, by, sink } = running();
    to(EPOCH + 1);
    by(old, { kind: "decrease_take", netuid: 0, hotkey: old, takeU16: 5_000 });
    by("ann", { kind: "add_stake", netuid: 3, hotkey: old, amountRao: 100n * TAO });
    const [annRao, ownRao] = ["ann", old].map((coldkey) => chain.book.stakeRao(old, coldkey, 3));
    const rootRao = chain.book.hotkeyStakeRao(old, 0);
    const [balanceRao, issuanceRao] = [chain.ledger.balanceRao(old), chain.state.globals.slice()];
    const { weights, bonds } = { weights: subnet.weights[0], bonds: subnet.bonds[0] };
    expect(by(old, swap(old, "new"))).toMatchObject({ applied: true });
    const feeRao = chain.parameters.transactionFeeRao;
    expect(balanceRao - chain.ledger.balanceRao(old)).toBe(TAO / 10n + feeRao);
    expect(issuanceRao).not.toEqual(chain.state.globals);
    expect(subnet.uidOf.get("new")).toBe(0);
    expect(subnet.uidOf.has(old)).toBe(false);
    expect([subnet.weights[0], subnet.bonds[0]]).toEqual([weights, bonds]);
    // Each position comes out of one share pool and goes into another: a rao may be floored away.
    for (const [coldkey, rao] of [
      ["ann", annRao],
      [old, ownRao],
    ] as const) {
      expect(rao - chain.book.stakeRao("new", coldkey, 3)).toBeLessThanOrEqual(1n);
    }
    expect(chain.book.hotkeyStakeRao(old, 0)).toBe(0n);
    expect(chain.book.hotkeyStakeRao("new", 0)).toBe(rootRao);
    expect(chain.takes.ofU16("new")).toBe(5_000);
    expect(chain.takes.ofU16(old)).toBe(11_796);
    expect(chain.registry.coldkeyOf(old)).toBeUndefined();
    expect(chain.registry.coldkeyOf("new")).toBe(old);
    const [row] = sink.objects("key_swaps");
    expect(row).toMatchObject({ key: "hotkey", netuid: null, coldkey: old, old_key: old });
    expect(row).toMatchObject({ new_key: "new", cost_rao: TAO / 10n });
    chain.checkBooks();
    to(EPOCH + 1_080);
    chain.checkBooks();
    // Dividends go on.
    expect(chain.book.stakeRao("new", "ann", 3)).toBeGreaterThan(annRao);
    expect(subnet.last?.stakeWeight[0]).toBe(65_535);
  });

  test("is called by its old name by those who knew it so: the chain hears the new one", () => {
    const { chain, to, by } = running();
    to(EPOCH + 1);
    by(old, swap(old, "new"));
    const weights = { netuid: 3, uids: [1, 2], values: [1, 1] };
    expect(by(old, { kind: "set_weights", hotkey: old, ...weights })).toMatchObject({
      applied: true,
    });
    const agent = { id: "ann", role: "delegator", wake: { firstBlock: 0, everyBlocks: 1 } };
    const view = chain.viewFor({ ...agent, act: () => [] });
    by("ann", { kind: "add_stake", netuid: 3, hotkey: old, amountRao: 10n * TAO });
    expect(chain.book.stakeRao("new", "ann", 3)).toBeGreaterThan(0n);
    expect(view.stakeRao(old, 3)).toBe(chain.book.stakeRao("new", "ann", 3));
    expect(view.uidOf(3, old)).toBe(0);
  });

  test("takes children, parents, collateral, locks and the subnet along", () => {
    const { chain, subnet, to, by } = running({ parameters: { childrenCooldownBlocks: 1 } });
    to(EPOCH + 1);
    const children = [{ hotkey: "miner/3/1", proportionU64: U64_MAX / 2n }];
    expect(by(old, { kind: "set_children", netuid: 3, hotkey: old, children })).toMatchObject({
      applied: true,
    });
    by("ann", { kind: "add_stake", netuid: 3, hotkey: old, amountRao: 100n * TAO });
    const lock = { kind: "lock_stake", netuid: 3, hotkey: old, amountRao: TAO } as const;
    expect(by("ann", lock)).toMatchObject({ applied: true });
    chain.registry.setOwner(3, { hotkey: old, coldkey: old });
    chain.locks.ownerChanged(3, old);
    to(EPOCH + 400);
    const conviction = chain.locks.convictionsBits(3).get(old);
    expect(conviction).toBeGreaterThan(0n);
    by(old, swap(old, "new"));
    expect(subnet.family.childrenOf("new")).toEqual(children);
    expect(subnet.family.parentsOf("miner/3/1")).toEqual([
      { hotkey: "new", proportionU64: U64_MAX / 2n },
    ]);
    expect(chain.registry.ownerOf(3)).toEqual({ hotkey: "new", coldkey: old });
    expect(chain.locks.convictionsBits(3).has(old)).toBe(false);
    expect(chain.locks.convictionsBits(3).get("new")).toBe(conviction);
    expect(chain.locks.lockedRao("ann", 3)).toBeGreaterThan(0n);
    to(EPOCH + 800);
    chain.checkBooks();
  });

  test("of an aggregate goes on being paid", () => {
    const { chain, to, by } = running();
    to(EPOCH + 1);
    expect(by("owner/1", swap("owner/1", "owner/1/b"))).toMatchObject({ applied: true });
    const before = chain.book.stakeRao("owner/1/b", "owner/1", 1);
    to(EPOCH + 720);
    expect(chain.book.stakeRao("owner/1/b", "owner/1", 1)).toBeGreaterThan(before);
    expect(chain.book.hotkeyStakeRao("owner/1", 1)).toBe(0n);
    chain.checkBooks();
  });
});

describe("a hotkey that is swapped on one subnet", () => {
  test("keeps what it has elsewhere, and its take", () => {
    const { chain, subnet, to, by } = running();
    to(EPOCH + 1);
    by(old, { kind: "decrease_take", netuid: 0, hotkey: old, takeU16: 5_000 });
    const [rootRao, balanceRao] = [chain.book.hotkeyStakeRao(old, 0), chain.ledger.balanceRao(old)];
    expect(by(old, swap(old, "new", 3))).toMatchObject({ applied: true });
    const feeRao = chain.parameters.transactionFeeRao;
    expect(balanceRao - chain.ledger.balanceRao(old)).toBe(TAO / 1_000n + feeRao);
    expect(subnet.uidOf.get("new")).toBe(0);
    expect(chain.book.hotkeyStakeRao(old, 0)).toBe(rootRao);
    expect(chain.book.stakeRao("new", old, 3)).toBeGreaterThan(0n);
    expect(chain.takes.ofU16(old)).toBe(5_000);
    expect(chain.takes.ofU16("new")).toBe(11_796);
    expect(chain.registry.coldkeyOf(old)).toBe(old);
    to(EPOCH + 720);
    chain.checkBooks();
  });

  test("keeps the score of hashed commitments, and loses timelocked ones", () => {
    const parameters = { ...newSubnetParameters, commitReveal: true };
    const { subnet, to, by } = running({ subnet: { parameters } });
    to(EPOCH + 10);
    const place = { netuid: 3, hotkey: old };
    by(old, { kind: "commit_weights", ...place, hash: "h" });
    to(EPOCH + 120);
    const weights = { uids: [1, 2], values: [1, 1] };
    expect(by(old, { kind: "commit_timelocked_weights", ...place, ...weights })).toMatchObject({
      applied: true,
    });
    by(old, swap(old, "new", 3));
    expect(subnet.commits.hashed.get("new")).toHaveLength(1);
    to(EPOCH + 400);
    expect(subnet.commits).toMatchObject({ stored: 0, refused: 1 });
  });
});

test("swaps are refused with the chain's own names", () => {
  const { chain, to, by } = running({
    subnet: { neurons: example.neurons },
    parameters: { ownerSwapsWait: true },
  });
  to(EPOCH + 1);
  expect(by("ann", swap(old, "new"))).toMatchObject({ reason: "NonAssociatedColdKey" });
  expect(by(old, swap(old, "miners/1"))).toMatchObject({ reason: "NonAssociatedColdKey" });
  expect(by(old, swap(old, "new", 9))).toMatchObject({ reason: "SubnetNotExists" });
  expect(by(old, swap(old, old))).toMatchObject({ reason: "NewHotKeyIsSameWithOld" });
  chain.registry.setHotkey({ hotkey: "miner/3/2", coldkey: old });
  expect(by(old, swap(old, "miner/3/2", 3))).toMatchObject({
    reason: "HotKeyAlreadyRegisteredInSubNet",
  });
  expect(by("miner/3/2", swap("miner/3/2", "x"))).toMatchObject({ reason: "NonAssociatedColdKey" });
  chain.registry.setHotkey({ hotkey: "poor", coldkey: "poor" });
  expect(by("poor", swap("poor", "x"))).toMatchObject({
    reason: "NotEnoughBalanceToPaySwapHotKey",
  });
  expect(by(old, swap(old, "a", 3)).applied).toBe(true);
  expect(by(old, swap("a", "b", 3))).toMatchObject({ reason: "HotKeySetTxRateLimitExceeded" });
  to(EPOCH + 1_002);
  expect(by(old, swap("a", "b", 3))).toMatchObject({
    reason: "HotKeySwapOnSubnetIntervalNotPassed",
  });
  // One subnet's wait does not hold up a swap on all, but for an owner hotkey with others' stake.
  chain.registry.setOwner(3, { hotkey: "a", coldkey: old });
  by("ann", { kind: "add_stake", netuid: 3, hotkey: "a", amountRao: 10n * TAO });
  expect(by(old, swap("a", "b"))).toMatchObject({ reason: "HotKeySwapOnSubnetIntervalNotPassed" });
  to(EPOCH + 7_202);
  expect(by(old, swap("a", "b")).applied).toBe(true);
  by(old, { kind: "announce_coldkey_swap", netuid: 0, toColdkey: "heir" });
  to(EPOCH + 9_000);
  expect(by(old, swap("b", "c"))).toMatchObject({ reason: "ColdkeySwapAnnounced" });
  chain.checkBooks();
});
