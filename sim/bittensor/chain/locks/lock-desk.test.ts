import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toFloat, U64F64 } from "../../../fixed/fixed-point.ts";
import { randomSource } from "../../../random.ts";
import { MemorySink } from "../../../records.ts";
import { OWNERSHIP_432, OWNERSHIP_447 } from "../../staking/locks/ownership.ts";
import type { BittensorAction } from "../actions.ts";
import { BittensorChain } from "../chain.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";
import type { SubnetTerms } from "../subnet-terms.ts";

const TAO = 1_000_000_000n;
const ALL = 1_990_000n * TAO;

function start(overrides: Partial<SubnetTerms> = {}) {
  const setup = exampleSetup();
  const sink = new MemorySink();
  const chain = new BittensorChain(
    { ...setup, subnetRules: { fixedBlock: null, overrides } },
    sink,
  );
  chain.advanceTo(START_BLOCK + 1);
  const by = (id: string, action: BittensorAction) =>
    chain.submit(
      { id, role: "delegator", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] },
      action,
    );
  const lock = (amountRao: bigint, hotkey = "validators/1") =>
    by("validators/1", { kind: "lock_stake", netuid: 1, hotkey, amountRao });
  return { chain, sink, by, lock };
}

const unstake = (amountRao: bigint) => ({
  kind: "remove_stake" as const,
  netuid: 1,
  hotkey: "validators/1",
  amountRao,
});

describe("a lock", () => {
  test("holds stake back: it can neither be sold, swapped, recycled nor burned", () => {
    const { chain, by, lock } = start();
    expect(lock(ALL - 100n * TAO).applied).toBe(true);
    expect(chain.locks.availableRao("validators/1", 1)).toBe(100n * TAO);
    const amountRao = 101n * TAO;
    const place = { netuid: 1, hotkey: "validators/1", amountRao };
    const actions: BittensorAction[] = [
      unstake(amountRao),
      { kind: "swap_stake", toNetuid: 2, ...place },
      { kind: "move_stake", toHotkey: "validators/2", toNetuid: 2, ...place },
      { kind: "recycle_alpha", ...place },
      { kind: "burn_alpha", ...place },
      { kind: "unstake_all", netuid: 0, hotkey: "validators/1" },
    ];
    for (const action of actions) {
      expect(by("validators/1", action)).toEqual({ applied: false, reason: "StakeUnavailable" });
    }
    expect(by("validators/1", unstake(100n * TAO)).applied).toBe(true);
    chain.checkBooks();
  });

  test("lets go over time: half of it in 90 days", () => {
    const { chain, lock } = start();
    lock(1_000n * TAO);
    chain.advanceTo(START_BLOCK + 1 + 7_200);
    const left = Number(chain.locks.lockedRao("validators/1", 1)) / 1e12;
    expect(left).toBeCloseTo(2 ** (-1 / 90), 5);
  });

  test("is refused with the chain's error names", () => {
    const { by, lock } = start();
    const cases: [BittensorAction, string][] = [
      [{ kind: "move_lock", netuid: 1, toHotkey: "miners/1" }, "NoExistingLock"],
      [{ kind: "lock_stake", netuid: 1, hotkey: "x", amountRao: TAO }, "HotKeyAccountNotExists"],
      [{ kind: "lock_stake", netuid: 9, hotkey: "miners/1", amountRao: TAO }, "SubnetNotExists"],
      [{ kind: "lock_stake", netuid: 1, hotkey: "miners/1", amountRao: 0n }, "AmountTooLow"],
      [
        { kind: "lock_stake", netuid: 1, hotkey: "miners/1", amountRao: ALL + 1n },
        "InsufficientStakeForLock",
      ],
      [
        { kind: "sudo_set_owner_cut_auto_lock_enabled", netuid: 1, enabled: true },
        "NotSubnetOwner",
      ],
    ];
    for (const [action, reason] of cases) {
      expect(by("validators/1", action)).toEqual({ applied: false, reason });
    }
    lock(TAO);
    expect(lock(TAO, "miners/1")).toEqual({ applied: false, reason: "LockHotkeyMismatch" });
  });

  test("does not exist before its time", () => {
    const { lock } = start({ lockRates: null });
    expect(lock(TAO)).toEqual({ applied: false, reason: "CallDisabled" });
  });

  test("goes along with transferred stake to those who take it", () => {
    const { chain, by, lock } = start();
    lock(ALL - 10n * TAO);
    const give: BittensorAction = {
      kind: "transfer_stake",
      netuid: 1,
      hotkey: "validators/1",
      toColdkey: "ann",
      amountRao: 30n * TAO,
    };
    expect(by("validators/1", give)).toMatchObject({ reason: "AccountRejectsLockedAlpha" });
    by("ann", { kind: "set_reject_locked_alpha", netuid: 0, enabled: false });
    expect(by("validators/1", give).applied).toBe(true);
    expect(chain.locks.lockedRao("ann", 1)).toBe(20n * TAO);
    expect(chain.book.stakeRao("validators/1", "ann", 1)).toBe(30n * TAO);
    by("owner/1", { kind: "sudo_set_toggle_transfer", netuid: 1, enabled: false });
    expect(by("validators/1", give)).toMatchObject({ reason: "TransferDisallowed" });
    chain.checkBooks();
  });

  test("is opened for an owner's cut where the owner wants it", () => {
    const { chain, by } = start();
    by("owner/1", { kind: "sudo_set_owner_cut_auto_lock_enabled", netuid: 1, enabled: true });
    chain.advanceTo(START_BLOCK + 720);
    const cut = chain.rewards.totalRao(1, "owner");
    expect(cut).toBeGreaterThan(0n);
    const locked = Number(chain.locks.lockedRao("owner/1", 1));
    expect(locked / Number(cut)).toBeGreaterThan(0.999);
    // Locks to the owner's hotkey are convinced at once.
    const [, bits] = [...chain.locks.convictionsBits(1)][0];
    expect(toFloat(U64F64, bits)).toBeCloseTo(locked, -1);
  });
});

describe("ownership by conviction", () => {
  const young = { ...OWNERSHIP_447, matureBlocks: 0 };

  test("changes at the epoch in which one hotkey's conviction passes 18 per cent", () => {
    const { chain, sink, by, lock } = start({
      ownership: young,
      lockRates: { unlockBlocks: 934_866, maturityBlocks: 50_000 },
    });
    by("validators/1", { kind: "set_perpetual_lock", netuid: 1, enabled: true });
    lock(ALL);
    // 1 - exp(-t / 50,000) passes 0.18 after 9,923 blocks; emission has raised the bar a little.
    chain.advanceTo(START_BLOCK + 9_900);
    expect(chain.registry.ownerOf(1)?.coldkey).toBe("owner/1");
    chain.advanceTo(START_BLOCK + 11_000);
    expect(chain.registry.ownerOf(1)).toEqual({ hotkey: "validators/1", coldkey: "validators/1" });
    expect(sink.objects("subnet_events")).toMatchObject([
      { event: "owner_changed", netuid: 1, coldkey: "validators/1" },
    ]);
    const before = chain.rewards.totalRao(1, "owner");
    const own = chain.book.stakeRao("owner/1", "owner/1", 1);
    chain.advanceTo(chain.block + 400);
    expect(chain.rewards.totalRao(1, "owner")).toBeGreaterThan(before);
    expect(chain.book.stakeRao("owner/1", "owner/1", 1)).toBe(own);
    chain.checkBooks();
  });

  test("waits until the subnet is a year old", () => {
    const { chain, lock } = start({ ownership: { ...young, matureBlocks: START_BLOCK * 2 } });
    lock(ALL);
    chain.advanceTo(START_BLOCK + 40_000);
    expect(chain.registry.ownerOf(1)?.coldkey).toBe("owner/1");
  });

  test("under the first rule a tenth of all conviction was enough, and it seats a neuron", () => {
    const { chain, by } = start({ ownership: { ...OWNERSHIP_432, matureBlocks: 0 } });
    const hotkey = "validators/1";
    by("validator/3/0", { kind: "lock_stake", netuid: 3, hotkey, amountRao: ALL });
    chain.advanceTo(START_BLOCK + 40_000);
    expect(chain.registry.ownerOf(3)?.hotkey).toBe(hotkey);
    expect(chain.detailed.get(3)?.uidOf.get(hotkey)).toBe(3);
    chain.checkBooks();
  });
});

test("what is locked is never more than what is held, whatever is done in what order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const { chain, by } = start({ ownership: { ...OWNERSHIP_447, matureBlocks: 0 } });
      const random = randomSource(String(seed)).stream("locks");
      const people = ["validators/1", "miners/1", "owner/1", "ann"];
      for (const id of people) {
        by(id, { kind: "set_reject_locked_alpha", netuid: 0, enabled: false });
      }
      for (let step = 0; step < 60; step++) {
        chain.advanceTo(chain.block + 1 + random.below(2_000));
        const who = people[random.below(people.length)];
        const toColdkey = people[random.below(people.length)];
        const amountRao = BigInt(1 + random.below(400_000)) * TAO;
        const own = [...chain.book.holdingsOf(who)].find(({ netuid }) => netuid === 1);
        const hotkey = own?.hotkey ?? "validators/1";
        const place = { netuid: 1, hotkey, amountRao };
        const actions: BittensorAction[] = [
          { kind: "lock_stake", ...place },
          { kind: "move_lock", netuid: 1, toHotkey: "miners/1" },
          { kind: "set_perpetual_lock", netuid: 1, enabled: random.uniform() < 0.5 },
          { kind: "transfer_stake", toColdkey, ...place },
          { kind: "move_stake", toHotkey: "miners/1", ...place },
          { kind: "remove_stake", ...place },
          { kind: "burn_alpha", ...place, amountRao: amountRao / 100n },
          { kind: "recycle_alpha", ...place, amountRao: amountRao / 100n },
        ];
        by(who, actions[random.below(actions.length)]);
        for (const id of people) {
          const held = chain.book.coldkeyStakeRao(id, 1);
          expect(chain.locks.lockedRao(id, 1)).toBeLessThanOrEqual(held);
        }
      }
      chain.checkBooks();
    }),
    { numRuns: 2 },
  );
});
