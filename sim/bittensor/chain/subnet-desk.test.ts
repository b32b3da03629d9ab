import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomSource } from "../../random.ts";
import { MemorySink } from "../../records.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { BittensorAction } from "./actions.ts";
import { BittensorChain } from "./chain.ts";
import { exampleSetup, START_BLOCK } from "./example-setup.ts";
import type { SubnetTerms } from "./subnet-terms.ts";

const TAO = 1_000_000_000n;
/** A day after the last registration, whose lock was 100 TAO. */
const lastLock = { block: START_BLOCK - 14_400, lockRao: 100n * TAO };

function start(overrides: Partial<SubnetTerms> = {}) {
  const setup = exampleSetup();
  const sink = new MemorySink();
  const chain = new BittensorChain(
    {
      ...setup,
      genesis: { ...setup.genesis, lastLock },
      subnetRules: { fixedBlock: null, overrides },
    },
    sink,
  );
  chain.advanceTo(START_BLOCK + 1);
  const by = (id: string, action: BittensorAction) =>
    chain.submit(
      { id, role: "owner", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] },
      action,
    );
  const register = (hotkey = "ann/hot") =>
    by("ann", { kind: "register_network", netuid: 0, hotkey });
  const events = () =>
    sink.objects("subnet_events").map(({ event, netuid }) => `${event} ${netuid}`);
  return { chain, sink, by, register, events };
}

describe("register_network", () => {
  test("costs twice the last lock less its decay, and the lock becomes the new pool", () => {
    const { chain, register, events } = start();
    // 200 TAO - 100 / 57,600 TAO a block for 14,401 blocks.
    const costRao = 200n * TAO - ((100n * TAO) / 57_600n) * 14_401n;
    expect(chain.subnets.lockCostRao()).toBe(costRao);
    const before = chain.ledger.balanceRao("ann");
    expect(register()).toEqual({ applied: true, receivedRao: 0n, feeRao: 0n });
    const paid = before - chain.ledger.balanceRao("ann");
    expect(paid).toBe(costRao + chain.parameters.transactionFeeRao);
    expect(chain.netuids).toEqual([1, 2, 3, 4]);
    const { subnet } = chain.state;
    expect(subnet.taoReserveRao[4]).toBe(costRao);
    // Prices are 0.05, 0.6 and 0.5: the pool starts at the median.
    expect(chain.pools.spotPrice(4)).toBeCloseTo(0.5, 4);
    expect(subnet.alphaOutRao[4]).toBe(0n);
    expect(events()).toEqual(["registered 4", "added 4"]);
    expect(chain.subnets.lockCostRao()).toBe(2n * costRao);
    chain.checkBooks();
  });

  test.each<[string, Partial<SubnetTerms>, () => [string, string]]>([
    ["NetworkTxRateLimitExceeded", { rateLimitBlocks: 14_402 }, () => ["ann", "new"]],
    ["CannotAffordLockCost", { minLockRao: 1_000n * TAO }, () => ["ann", "new"]],
    [
      "SubnetLimitReached",
      { subnetLimit: 3, immunityBlocks: START_BLOCK * 2 },
      () => ["ann", "new"],
    ],
    ["NonAssociatedColdKey", {}, () => ["ann", "validators/1"]],
  ])("is refused: %s", (reason, overrides, who) => {
    const { chain, by } = start(overrides);
    const [coldkey, hotkey] = who();
    const balance = chain.ledger.balanceRao(coldkey);
    const outcome = by(coldkey, { kind: "register_network", netuid: 0, hotkey });
    expect(outcome).toEqual({ applied: false, reason });
    expect(chain.ledger.balanceRao(coldkey)).toBe(balance);
    expect(chain.netuids).toEqual([1, 2, 3]);
  });

  test("prunes the subnet with the lowest moving price where all slots are taken", () => {
    const { chain, sink, register, events } = start({ subnetLimit: 3 });
    chain.advanceTo(START_BLOCK + 900);
    const holders = chain.book.stakersOf(1);
    const reserve = chain.state.subnet.taoReserveRao[1];
    const before = holders.map(({ coldkey }) => chain.ledger.balanceRao(coldkey));
    expect(chain.subnets.victim()).toBe(1);
    register();
    expect(chain.netuids).toEqual([2, 3]);
    expect(chain.book.stakersOf(1)).toEqual([]);
    expect(chain.state.subnet.taoReserveRao[1]).toBe(0n);
    const [pruned] = sink.objects("subnet_events");
    expect(pruned).toMatchObject({ event: "pruned", netuid: 1, coldkey: "owner/1" });
    const received = holders.map(
      ({ coldkey }, index) => chain.ledger.balanceRao(coldkey) - before[index],
    );
    expect(received.every((rao) => rao > 0n)).toBe(true);
    // The fund has sold its position first: the pot is a little less than the pool was.
    const pot = BigInt(pruned.tao_rao as bigint) + BigInt(pruned.recycled_rao as bigint);
    expect(pot).toBeLessThan(reserve);
    expect(pot).toBeGreaterThan((reserve * 99n) / 100n);
    chain.checkBooks();
    chain.advanceTo(chain.block + 20);
    expect(chain.netuids).toEqual([2, 3]);
    chain.advanceTo(chain.block + 1);
    expect(chain.netuids).toEqual([1, 2, 3]);
    expect(events()).toEqual(["pruned 1", "registered 1", "added 1"]);
    expect(chain.registry.ownerOf(1)).toEqual({ hotkey: "ann/hot", coldkey: "ann" });
    chain.checkBooks();
  });

  test("pays holders by their alpha, the protocol's counted in, to the last rao", () => {
    const { chain, sink } = start();
    const { subnet } = chain.state;
    const protocol = subnet.protocolAlphaRao[1];
    const [reserve, held] = [subnet.taoReserveRao[1], chain.book.subnetStakeRao(1)];
    chain.subnets.dissolve(1);
    chain.advanceTo(chain.block + 1);
    const [row] = sink.objects("subnet_events");
    expect(row.alpha_rao).toBe(held);
    expect(BigInt(row.tao_rao as bigint) + BigInt(row.recycled_rao as bigint)).toBe(reserve);
    const floor = (reserve * held) / (held + protocol);
    expect(BigInt(row.tao_rao as bigint) - floor).toBeLessThan(2n);
  });

  test("a subnet simulated neuron by neuron can be dissolved too", () => {
    const { chain, by } = start();
    chain.advanceTo(START_BLOCK + 400);
    chain.subnets.dissolve(3);
    chain.advanceTo(START_BLOCK + 1_000);
    expect(chain.detailed.size).toBe(0);
    const weights = { kind: "set_weights" as const, netuid: 3, uids: [1], values: [1] };
    expect(by("validator/3/0", { ...weights, hotkey: "validator/3/0" })).toMatchObject({
      reason: "SubnetNotExists",
    });
    chain.checkBooks();
  });
});

test("locks follow each other as on Finney in September 2026", () => {
  // data/finney-prunes: registrations at these distances from block 8,938,771, lock 529.06 TAO.
  const captured = [
    { gapBlocks: 65_056, lockTao: 460.59 },
    { gapBlocks: 42_844, lockTao: 578.58 },
    { gapBlocks: 64_558, lockTao: 508.69 },
  ];
  const setup = exampleSetup();
  const [first] = captured;
  const chain = new BittensorChain(
    {
      ...setup,
      genesis: {
        ...setup.genesis,
        wallets: [{ coldkey: "ann", balanceRao: 3_000n * TAO }],
        lastLock: { block: START_BLOCK + 1 - first.gapBlocks, lockRao: 529_061_323_736n },
      },
      subnetRules: { fixedBlock: null, overrides: { subnetLimit: 3, immunityBlocks: 20_000 } },
    },
    new MemorySink(),
  );
  const ann = { id: "ann", role: "owner", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] };
  for (const [index, { gapBlocks, lockTao }] of captured.entries()) {
    chain.advanceTo(index === 0 ? START_BLOCK + 1 : chain.block + gapBlocks);
    expect(Number(chain.subnets.lockCostRao()) / 1e9).toBeCloseTo(lockTao, 1);
    const hotkey = `ann/${index}`;
    expect(chain.submit(ann, { kind: "register_network", netuid: 0, hotkey }).applied).toBe(true);
  }
});

describe("start_call", () => {
  const call = (netuid: number) => ({ kind: "start_call" as const, netuid });
  const buy = { kind: "add_stake" as const, hotkey: "ann/hot", amountRao: 10n * TAO };

  test("opens trade; emission waits for root's switch", () => {
    const { chain, by, register } = start({ emissionAfterBlocks: 500 });
    register();
    expect(by("ann", { ...buy, netuid: 4 })).toMatchObject({ reason: "SubtokenDisabled" });
    expect(by("bob", call(4))).toMatchObject({ reason: "NotSubnetOwner" });
    expect(by("ann", call(9))).toMatchObject({ reason: "SubnetNotExists" });
    expect(by("ann", call(4)).applied).toBe(true);
    expect(by("ann", call(4))).toMatchObject({ reason: "FirstEmissionBlockNumberAlreadySet" });
    expect(by("ann", { ...buy, netuid: 4 }).applied).toBe(true);
    chain.advanceTo(chain.block + 499);
    expect(chain.state.subnet.injectedTotalRao[4]).toBe(0n);
    expect(chain.state.subnet.alphaOutEmissionTotalRao[4]).toBe(499n * TAO);
    chain.advanceTo(chain.block + 500);
    expect(chain.state.subnet.injectedTotalRao[4]).toBeGreaterThan(0n);
    chain.checkBooks();
  });

  test("waits out the delay of its time", () => {
    const { by, register } = start({ startCallDelayBlocks: 50_400 });
    register();
    expect(by("ann", call(4))).toMatchObject({ reason: "NeedWaitingMoreBlocksToStarCall" });
  });

  test("the owner gets 18 per cent of what the subnet emits from then on", () => {
    const { chain, by, register } = start();
    register();
    by("ann", call(4));
    chain.advanceTo(chain.block + 720);
    const cut = chain.book.stakeRao("ann/hot", "ann", 4);
    const drained = chain.rewards.totalRao(4, "owner");
    expect(cut).toBe(drained);
    const paid = (chain.rewards.totalRao(4, "miner") * 18n) / 41n;
    expect(Number(cut) / Number(paid)).toBeCloseTo(1, 3);
    chain.checkBooks();
  });

  test("a slot used again starts with an empty stake book and the old counters' books in order", () => {
    const { chain, by, register } = start({
      subnetLimit: 3,
      rateLimitBlocks: 0,
      lockIntervalBlocks: 100,
      immunityBlocks: 700,
    });
    for (const hotkey of ["a", "b", "c"]) {
      const netuid = chain.subnets.victim() as number;
      expect(register(hotkey).applied).toBe(true);
      chain.advanceTo(chain.block + 21);
      expect(chain.book.subnetStakeRao(netuid)).toBe(0n);
      by("ann", call(netuid));
      chain.advanceTo(chain.block + 800);
      chain.checkBooks();
    }
    // The newcomers have no moving price to speak of: each pruned its predecessor.
    expect(chain.registry.ownerOf(1)?.hotkey).toBe("c");
  });
});

test("books balance through two weeks of registrations, prunings and random orders", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const { chain, by, events } = start({
        subnetLimit: 4,
        rateLimitBlocks: 3_000,
        immunityBlocks: 10_000,
        minLockRao: TAO,
        lockIntervalBlocks: 10_000,
        emissionAfterBlocks: 2_000,
      });
      const random = randomSource(String(seed)).stream("orders");
      const one = <T>(list: readonly T[]): T => list[random.below(list.length)];
      const people = ["ann", "root_stakers", "validators/1", "validators/2"];
      for (let step = 0; step < 60; step++) {
        chain.advanceTo(chain.block + 1 + random.below(3_400));
        const who = one(people);
        const netuid = one(chain.netuids);
        const hotkey = chain.registry.ownerOf(netuid)?.hotkey as string;
        const amountRao = BigInt(1 + random.below(20)) * TAO;
        const own = one([...chain.book.holdingsOf(who), null]);
        const actions: BittensorAction[] = [
          { kind: "register_network", netuid: 0, hotkey: `${who}/${step}` },
          { kind: "register_network", netuid: 0, hotkey: `${who}/${step}` },
          { kind: "start_call", netuid },
          { kind: "add_stake", netuid, hotkey, amountRao },
          { kind: "add_stake_burn", netuid, hotkey, amountRao },
          { kind: "claim_root", netuid: 0, share: 0.5 },
        ];
        if (own) {
          const part = { netuid: own.netuid, hotkey: own.hotkey, amountRao: own.stakeRao / 3n };
          actions.push(
            { kind: "remove_stake", ...part },
            { kind: "swap_stake", toNetuid: netuid, ...part },
            { kind: "transfer_stake", toColdkey: one(people), ...part },
            { kind: "lock_stake", ...part },
            { kind: "burn_alpha", ...part },
            { kind: "recycle_alpha", ...part },
          );
        }
        by(who, one(actions));
      }
      chain.checkBooks();
      expect(events().some((event) => event.startsWith("pruned"))).toBe(true);
      const { globals } = chain.state;
      expect(globals[layout.TOTAL_ISSUANCE_RAO]).toBe(
        11_300_000n * TAO + globals[layout.MINTED_RAO] - globals[layout.RECYCLED_RAO],
      );
    }),
    { numRuns: 2 },
  );
});

test("a corrupted dissolution is noticed in the next block", () => {
  const { chain } = start();
  chain.subnets.dissolve(2);
  chain.state.subnet.taoReserveRao[2] = 1n;
  expect(() => chain.advanceTo(chain.block + 1)).toThrow(/not conserved/);
});
