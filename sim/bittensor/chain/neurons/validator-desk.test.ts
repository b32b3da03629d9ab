import { describe, expect, test } from "vitest";
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import type { BittensorAction } from "../actions.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";
import { type Changes, start } from "./testing.ts";

const EPOCH = START_BLOCK + 357;
const parent = "validator/3/0";
const child = "validator/3/3";
const HALF = U64_MAX / 2n;
const [{ subnet: example }] = exampleSetup().detailed;
const row = { columns: [1, 2], values: [65_535, 21_845] };

/** A second validator, without stake of its own. */
const two: Changes = {
  subnet: {
    neurons: [
      ...example.neurons,
      { hotkey: child, coldkey: child, role: "validator", registeredAtBlock: 0 },
    ],
    weights: [row, { columns: [], values: [] }, { columns: [], values: [] }, row],
  },
  parameters: { childrenCooldownBlocks: 300 },
};

function running(changes: Changes = two) {
  const world = start(changes);
  return {
    ...world,
    to: (block: number) => world.chain.advanceTo(block),
    ask: (action: BittensorAction) =>
      world.submit("hotkey" in action ? action.hotkey : "", action, "validator"),
    paid: (hotkey: string) => world.chain.book.hotkeyStakeRao(hotkey, 3),
  };
}

const lend = (children: { hotkey: string; proportionU64: bigint }[]): BittensorAction => ({
  kind: "set_children",
  netuid: 3,
  hotkey: parent,
  children,
});
const toChild = lend([{ hotkey: child, proportionU64: HALF }]);

describe("children", () => {
  test("count from the first epoch after the cooldown, with their part of the parent's stake", () => {
    const { to, ask, subnet, sink } = running();
    to(EPOCH + 100);
    expect(ask(toChild)).toMatchObject({ applied: true });
    const stake = () => [0, 3].map((uid) => subnet.last?.stakeWeight[uid]);
    to(EPOCH + 360);
    expect(stake()).toEqual([65_535, 0]);
    // Due since block EPOCH + 400: in force after the epoch at + 720, weighed by the one after.
    to(EPOCH + 720);
    expect(stake()).toEqual([65_535, 0]);
    expect(subnet.family.parentsOf(child)).toEqual([{ hotkey: parent, proportionU64: HALF }]);
    to(EPOCH + 1_080);
    expect(stake()).toEqual([32_767, 32_767]);
    expect(subnet.validatorPermit[3]).toBe(true);
    const [term, ...others] = sink.objects("stake_terms");
    expect(others).toEqual([]);
    expect(term).toMatchObject({ block: EPOCH + 720, netuid: 3, term: "child", before: 0 });
    expect(term).toMatchObject({ hotkey: parent, uid: 0, child, child_uid: 3, share: 0.5 });
  });

  test("earn for their parent, less their own take", () => {
    // Without root's part all dividends are alpha, and can be read off the stakes.
    const { to, ask, paid, chain, subnet } = running({
      ...two,
      parameters: { ...two.parameters, taoWeight: 0n },
    });
    const raise: BittensorAction = {
      kind: "set_childkey_take",
      netuid: 3,
      hotkey: child,
      takeU16: 6_554,
    };
    to(EPOCH + 100);
    expect(ask(raise)).toMatchObject({ applied: true });
    expect(ask({ ...raise, takeU16: 6_555 })).toMatchObject({
      reason: "TxChildkeyTakeRateLimitExceeded",
    });
    ask(toChild);
    // A permit first, then weights, then dividends.
    to(EPOCH + 1_100);
    const weights = { netuid: 3, uids: [1, 2], values: [65_535, 21_845] };
    expect(ask({ kind: "set_weights", hotkey: child, ...weights })).toMatchObject({
      applied: true,
    });
    expect(ask({ kind: "set_weights", hotkey: parent, ...weights })).toMatchObject({
      applied: true,
    });
    to(EPOCH + 1_439);
    const before = { child: paid(child), parent: paid(parent) };
    to(EPOCH + 1_440);
    const ofChild = Number(paid(child) - before.child);
    const ofParent = Number(paid(parent) - before.parent);
    expect(subnet.last?.dividends[3]).toBeGreaterThan(0);
    // The child has no stake: all that it earns is the parent's, but for its tenth.
    const share = (subnet.last?.dividends[3] ?? 0) / 65_535;
    expect(ofChild / (ofChild + ofParent)).toBeCloseTo(0.1 * share, 4);
    chain.checkBooks();
  });

  test("are let go by an empty list", () => {
    const { to, ask, subnet, sink } = running();
    to(EPOCH + 1);
    ask(toChild);
    to(EPOCH + 360);
    expect(subnet.family.childrenOf(parent)).toHaveLength(1);
    expect(ask(lend([]))).toMatchObject({ applied: true });
    to(EPOCH + 720);
    expect(subnet.family.childrenOf(parent)).toEqual([]);
    expect(subnet.family.parentsOf(child)).toEqual([]);
    expect(sink.objects("stake_terms").map(({ before, share }) => [before, share])).toEqual([
      [0, 0.5],
      [0.5, 0],
    ]);
  });

  test("pay parents who are no neurons of the subnet", () => {
    const { to, ask, chain, submit, paid } = running();
    to(EPOCH + 100);
    // A hotkey of another subnet lends its root stake, of which it has none: it is paid nothing.
    const lender = "validators/1";
    expect(
      ask({
        kind: "set_children",
        netuid: 3,
        hotkey: lender,
        children: [{ hotkey: parent, proportionU64: U64_MAX }],
      }),
    ).toMatchObject({ reason: "NotEnoughStakeToSetChildkeys" });
    const amountRao = 900_000_000_000n;
    expect(
      submit("ann", { kind: "add_stake", netuid: 3, hotkey: lender, amountRao }),
    ).toMatchObject({ applied: true });
    const stakeRao = paid(lender);
    ask({
      kind: "set_children",
      netuid: 3,
      hotkey: lender,
      children: [{ hotkey: parent, proportionU64: U64_MAX }],
    });
    to(EPOCH + 1_080);
    expect(paid(lender)).toBeGreaterThan(stakeRao);
    expect(chain.book.stakeRao(lender, "ann", 3)).toBeGreaterThan(stakeRao);
    chain.checkBooks();
  });

  test("are refused with the chain's own names", () => {
    const { to, ask, submit } = running();
    to(EPOCH + 1);
    expect(submit("ann", toChild)).toMatchObject({ reason: "NonAssociatedColdKey" });
    expect(ask({ ...lend([]), netuid: 9 } as BittensorAction)).toMatchObject({
      reason: "SubnetNotExists",
    });
    expect(ask(lend([{ hotkey: parent, proportionU64: 1n }]))).toMatchObject({
      reason: "InvalidChild",
    });
    expect(ask(toChild)).toMatchObject({ applied: true });
    to(EPOCH + 150);
    expect(ask(toChild)).toMatchObject({ reason: "TxRateLimitExceeded" });
    to(EPOCH + 360);
    expect(
      ask({
        kind: "set_children",
        netuid: 3,
        hotkey: child,
        children: [{ hotkey: parent, proportionU64: 1n }],
      }),
    ).toMatchObject({ reason: "ChildParentInconsistency" });
  });
});

describe("the delegate take", () => {
  const change = (kind: "increase_take" | "decrease_take", takeU16: number): BittensorAction => ({
    kind,
    netuid: 0,
    hotkey: parent,
    takeU16,
  });

  test("is what the hotkey's owner gets of its stakers' dividends", () => {
    const { to, ask, chain, sink } = running();
    to(EPOCH + 1);
    expect(ask(change("decrease_take", 0))).toMatchObject({ applied: true });
    const before = chain.rewards.totalRao(3, "validator");
    expect(before).toBeGreaterThan(0n);
    to(EPOCH + 360);
    expect(chain.rewards.totalRao(3, "validator")).toBe(before);
    chain.checkBooks();
    chain.record();
    expect(sink.objects("validators")).toMatchObject([
      { netuid: 3, uid: 0, hotkey: parent, take: 0, child_take: 0, stake_share: 1 },
    ]);
  });

  test("rises once in a month, and falls at any time", () => {
    const { to, ask } = running();
    to(EPOCH + 1);
    expect(ask(change("increase_take", 11_796))).toMatchObject({ reason: "DelegateTakeTooLow" });
    expect(ask(change("decrease_take", 1_000))).toMatchObject({ applied: true });
    expect(ask(change("increase_take", 11_797))).toMatchObject({ reason: "DelegateTakeTooHigh" });
    expect(ask(change("increase_take", 2_000))).toMatchObject({ applied: true });
    expect(ask(change("increase_take", 3_000))).toMatchObject({
      reason: "DelegateTxRateLimitExceeded",
    });
    expect(ask(change("decrease_take", 500))).toMatchObject({ applied: true });
    expect(
      ask({ ...change("decrease_take", 1), hotkey: "nobody" } as BittensorAction),
    ).toMatchObject({ reason: "HotKeyAccountNotExists" });
  });
});

test("mined alpha is staked where its owner has asked for", () => {
  const { to, ask, submit, chain } = running();
  const miner = "miner/3/1";
  const setTo = (hotkey: string, netuid = 3): BittensorAction => ({
    kind: "set_coldkey_auto_stake_hotkey",
    netuid,
    hotkey,
  });
  to(EPOCH + 1);
  expect(submit(miner, setTo("validators/1"))).toMatchObject({
    reason: "HotKeyNotRegisteredInSubNet",
  });
  expect(submit(miner, setTo(parent, 9))).toMatchObject({ reason: "SubnetNotExists" });
  expect(submit(miner, setTo(parent))).toMatchObject({ applied: true });
  expect(submit(miner, setTo(parent))).toMatchObject({ reason: "SameAutoStakeHotkeyAlreadySet" });
  const mined = chain.book.stakeRao(miner, miner, 3);
  expect(chain.book.stakeRao(parent, miner, 3)).toBe(0n);
  to(EPOCH + 360);
  expect(chain.book.stakeRao(miner, miner, 3)).toBe(mined);
  expect(chain.book.stakeRao(parent, miner, 3)).toBeGreaterThan(100_000_000_000n);
  expect(ask(setTo(parent))).toMatchObject({ applied: true });
  chain.checkBooks();
});
