import { describe, expect, test } from "vitest";
import type { BittensorAction } from "../actions.ts";
import { START_BLOCK } from "../example-setup.ts";
import { newSubnetParameters } from "../new-subnet.ts";
import { type Changes, start, TAO } from "./testing.ts";
import { hashOf } from "./weights-desk.ts";

/** Epochs run at START + 357 + 360 k: netuid 3 starts three blocks into its tempo. */
const EPOCH = START_BLOCK + 357;
const hotkey = "validator/3/0";
const place = { netuid: 3, hotkey } as const;

function running(subnet: NonNullable<Changes["subnet"]> = {}, changes: Changes = {}) {
  const world = start({
    ...changes,
    subnet: { maxAllowedUids: 64, mechanismCount: 2, ...subnet },
  });
  return {
    ...world,
    to: (block: number) => world.chain.advanceTo(block),
    ask: (action: BittensorAction) => world.submit(hotkey, action, "validator"),
    owner: (action: BittensorAction) => world.submit("owner/3", action, "owner"),
    paid: (miner: string) => world.chain.book.hotkeyStakeRao(miner, 3),
  };
}

const weigh = (mechanism: number, values: number[], uids = [1, 2]): BittensorAction => ({
  kind: "set_mechanism_weights",
  ...place,
  mechanism,
  uids,
  values,
});
const setCount = (count: number, netuid = 3): BittensorAction => ({
  kind: "sudo_set_mechanism_count",
  netuid,
  count,
});
const setSplit = (split: number[] | null): BittensorAction => ({
  kind: "sudo_set_mechanism_emission_split",
  netuid: 3,
  split,
});

describe("a subnet with two mechanisms", () => {
  test("pays miners by each, in proportion to its part of the emission", () => {
    const { to, ask, subnet, paid, chain, sink } = running({ mechanismSplit: [45_535, 20_000] });
    to(EPOCH + 1);
    // The first weighs 3 to 1; in the second only miner 2 is any good.
    expect(ask(weigh(1, [0, 65_535]))).toMatchObject({ applied: true });
    const before = [paid("miner/3/1"), paid("miner/3/2")];
    to(EPOCH + 360);
    expect(Array.from(subnet.lastOf(0)?.incentive ?? [])).toEqual([0, 49_151, 16_383]);
    expect(Array.from(subnet.lastOf(1)?.incentive ?? [])).toEqual([0, 0, 65_535]);
    const rows = sink
      .objects("mechanism_neurons")
      .filter(({ block }) => block === EPOCH + 360)
      .map((row) => [row.mechanism, row.uid, row.incentive, row.server_emission_rao]);
    const [first, second] = [subnet.lastOf(0), subnet.lastOf(1)];
    expect(rows).toEqual([
      ...[0, 1, 2].map((uid) => [0, uid, first?.incentive[uid], first?.serverEmissionRao[uid]]),
      ...[0, 1, 2].map((uid) => [1, uid, second?.incentive[uid], second?.serverEmissionRao[uid]]),
    ]);
    // What each mechanism gives is paid out, to the last rao.
    const given = (uid: number) =>
      (first?.serverEmissionRao[uid] ?? 0n) + (second?.serverEmissionRao[uid] ?? 0n);
    expect(paid("miner/3/1") - before[0]).toBe(given(1));
    expect(paid("miner/3/2") - before[1]).toBe(given(2));
    const sums = [first, second].map((own) =>
      Number(own?.serverEmissionRao.reduce((sum, rao) => sum + rao, 0n)),
    );
    expect(sums[1] / (sums[0] + sums[1])).toBeCloseTo(20_000 / 65_535, 8);
    chain.checkBooks();
  });

  test("keeps weights, last updates and rate limits apart", () => {
    const { to, ask, subnet } = running();
    to(EPOCH + 1);
    expect(ask(weigh(2, [1, 1]))).toMatchObject({ reason: "MechanismDoesNotExist" });
    expect(ask(weigh(1, [0, 9]))).toMatchObject({ applied: true });
    expect(ask(weigh(1, [9, 0]))).toMatchObject({ reason: "SettingWeightsTooFast" });
    expect(ask(weigh(0, [1, 1]))).toMatchObject({ applied: true });
    expect(Array.from(subnet.weights[0].values)).toEqual([65_535, 65_535]);
    expect(Array.from(subnet.mechanism(1)?.weights[0].values ?? [])).toEqual([0, 65_535]);
    expect(subnet.mechanism(1)?.lastUpdate[0]).toBe(EPOCH + 1);
    expect(subnet.mechanism(1)?.lastUpdate[1]).toBe(0);
  });

  test("opens commitments of each in its own", () => {
    const parameters = { ...newSubnetParameters, commitReveal: true };
    const { to, ask, subnet } = running({ parameters });
    to(EPOCH + 10);
    const locked = { ...place, mechanism: 1, uids: [1, 2], values: [0, 65_535] };
    expect(ask({ kind: "commit_timelocked_mechanism_weights", ...locked })).toMatchObject({
      applied: true,
    });
    to(EPOCH + 360);
    expect(Array.from(subnet.mechanism(1)?.weights[0].values ?? [])).toEqual([0, 65_535]);
    expect(Array.from(subnet.weights[0].values)).toEqual([65_535, 21_845]);
    const reveal = { ...place, mechanism: 1, uids: [1], values: [65_535], salt: [7] };
    const hash = hashOf(reveal);
    expect(hash).not.toBe(hashOf({ ...reveal, mechanism: 0 }));
    expect(ask({ kind: "commit_mechanism_weights", ...place, mechanism: 1, hash })).toMatchObject({
      applied: true,
    });
    to(EPOCH + 730);
    expect(ask({ kind: "reveal_mechanism_weights", ...reveal, mechanism: 0 })).toMatchObject({
      applied: false,
    });
    expect(ask({ kind: "reveal_mechanism_weights", ...reveal })).toMatchObject({ applied: true });
    expect(Array.from(subnet.mechanism(1)?.weights[0].columns ?? [])).toEqual([1]);
  });

  test("forgets a replaced neuron in both", () => {
    const { to, ask, subnet } = running();
    to(EPOCH + 1);
    ask(weigh(1, [30, 10]));
    to(EPOCH + 360);
    subnet.register(
      { hotkey: "new", coldkey: "new", role: "miner", registeredAtBlock: EPOCH + 360 },
      1,
    );
    expect(Array.from(subnet.weights[0].values)).toEqual([0, 21_845]);
    expect(Array.from(subnet.mechanism(1)?.weights[0].values ?? [])).toEqual([0, 21_845]);
    expect(subnet.mechanism(1)?.lastUpdate[1]).toBe(EPOCH + 360);
    expect(subnet.lastOf(1)?.consensus[1]).toBe(0);
  });

  test("and in float64 pays what it pays in exact arithmetic", () => {
    const run = (arithmetic: "exact" | "float64") => {
      const { to, ask, paid, chain } = running({}, { parameters: { arithmetic } });
      to(EPOCH + 1);
      ask(weigh(1, [0, 65_535]));
      to(EPOCH + 720);
      chain.checkBooks();
      return Number(paid("miner/3/2"));
    };
    expect(run("float64") / run("exact")).toBeCloseTo(1, 9);
  });
});

describe("the owner", () => {
  test("adds a mechanism, and drops it with all that was set there", () => {
    const { to, owner, ask, subnet, chain } = running({ mechanismCount: 1 });
    to(EPOCH + 1);
    expect(owner(setCount(2))).toMatchObject({ applied: true });
    expect(subnet.mechanismCount).toBe(2);
    expect(ask(weigh(1, [0, 9]))).toMatchObject({ applied: true });
    expect(owner(setSplit([65_535, 0]))).toMatchObject({ applied: true });
    to(EPOCH + 360);
    // The whole emission is the first's; weights of an older mechanism go on.
    expect(subnet.lastOf(1)?.serverEmissionRao.reduce((sum, rao) => sum + rao, 0n)).toBe(0n);
    expect(owner(setCount(1))).toMatchObject({ reason: "TxRateLimitExceeded" });
    to(EPOCH + 7_201);
    expect(owner(setCount(1))).toMatchObject({ applied: true });
    expect(subnet.mechanismSplit).toBeNull();
    expect(subnet.mechanism(1)).toBeUndefined();
    to(EPOCH + 14_402);
    owner(setCount(2));
    expect(subnet.mechanism(1)?.weights[0].columns).toHaveLength(0);
    chain.checkBooks();
  });

  test("is refused what the chain does not allow", () => {
    const { to, owner, submit } = running();
    to(EPOCH + 1);
    expect(submit("ann", setCount(2))).toMatchObject({ reason: "NotSubnetOwner" });
    expect(owner(setCount(2, 9))).toMatchObject({ reason: "SubnetNotExists" });
    expect(owner(setCount(0))).toMatchObject({ reason: "InvalidValue" });
    expect(owner(setCount(9))).toMatchObject({ reason: "InvalidValue" });
    expect(owner(setCount(5))).toMatchObject({ reason: "TooManyUIDsPerMechanism" });
    for (const split of [[], [65_534], [40_000, 20_000, 5_535], [65_536, -1]]) {
      expect(owner(setSplit(split))).toMatchObject({ reason: "InvalidValue" });
    }
    expect(owner(setCount(4))).toMatchObject({ applied: true });
  });

  test("has one mechanism before there were several", () => {
    const { to, owner } = running({ mechanismCount: 1 }, { parameters: { maxMechanisms: 1 } });
    to(EPOCH + 1);
    expect(owner(setCount(2))).toMatchObject({ reason: "InvalidValue" });
  });

  test("divides evenly where the split is shorter than the mechanisms, since spec 438", () => {
    const second = (mechanismSplitWhole: boolean) => {
      const { to, ask, subnet } = running(
        { mechanismSplit: [65_535] },
        { parameters: { mechanismSplitWhole } },
      );
      to(EPOCH + 1);
      ask(weigh(1, [9, 9]));
      to(EPOCH + 360);
      return Number(subnet.lastOf(1)?.serverEmissionRao.reduce((sum, rao) => sum + rao, 0n));
    };
    expect(second(false)).toBe(0);
    expect(second(true)).toBeGreaterThan(10 * Number(TAO));
  });
});
