import { describe, expect, test } from "vitest";
import type { BittensorAction } from "../actions.ts";
import { START_BLOCK } from "../example-setup.ts";
import { newSubnetParameters } from "../new-subnet.ts";
import { type Changes, start } from "./testing.ts";
import { BEACON_ROUNDS_PER_BLOCK, hashOf } from "./weights-desk.ts";

const hidden: Changes = { subnet: { parameters: { ...newSubnetParameters, commitReveal: true } } };
const hotkey = "validator/3/0";
const place = { netuid: 3, hotkey } as const;
const swapped = { uids: [1, 2], values: [21_845, 65_535] };
const commitment = (more: object = {}): BittensorAction => ({
  kind: "commit_timelocked_weights",
  ...place,
  ...swapped,
  ...more,
});

/** Epochs run at START + 357 + 360 k: netuid 3 starts three blocks into its tempo. */
const EPOCH = START_BLOCK + 357;

function running(changes: Changes = hidden) {
  const world = start(changes);
  return {
    ...world,
    to: (block: number) => world.chain.advanceTo(block),
    ask: (action: BittensorAction) => world.submit(hotkey, action, "validator"),
    incentive: () => Array.from(world.subnet.last?.incentive ?? []),
  };
}

describe("timelocked weights", () => {
  test("count from the epoch after the one that they were committed in", () => {
    const { to, ask, incentive, subnet } = running();
    to(EPOCH + 10);
    expect(incentive()).toEqual([0, 49_151, 16_383]);
    expect(ask(commitment())).toMatchObject({ applied: true });
    expect(Array.from(subnet.weights[0].values)).toEqual([65_535, 21_845]);
    expect(subnet.lastUpdate[0]).toBe(EPOCH + 10);
    to(EPOCH + 359);
    expect(Array.from(subnet.weights[0].values)).toEqual([65_535, 21_845]);
    to(EPOCH + 360);
    expect(Array.from(subnet.weights[0].values)).toEqual([21_845, 65_535]);
    expect(incentive()).toEqual([0, 16_383, 49_151]);
    // What has been revealed is as old as its commitment.
    expect(subnet.lastUpdate[0]).toBe(EPOCH + 10);
    expect(subnet.commits.timelocked.size).toBe(0);
  });

  test("wait as many epochs as the subnet has set", () => {
    const { to, ask, incentive } = running({ subnet: { ...hidden.subnet, revealPeriodEpochs: 3 } });
    to(EPOCH + 10);
    ask(commitment());
    to(EPOCH + 2 * 360);
    expect(incentive()).toEqual([0, 49_151, 16_383]);
    to(EPOCH + 3 * 360);
    expect(incentive()).toEqual([0, 16_383, 49_151]);
  });

  test("wait for their beacon round, and are dropped where it comes an epoch late", () => {
    const late = running();
    late.to(EPOCH + 10);
    late.ask(commitment({ revealRound: (EPOCH + 400) * BEACON_ROUNDS_PER_BLOCK }));
    late.to(EPOCH + 360);
    expect(late.incentive()).toEqual([0, 49_151, 16_383]);
    late.to(EPOCH + 720);
    expect(late.incentive()).toEqual([0, 16_383, 49_151]);
    const never = running();
    never.to(EPOCH + 10);
    never.ask(commitment({ revealRound: (EPOCH + 720) * BEACON_ROUNDS_PER_BLOCK }));
    never.to(EPOCH + 1_080);
    expect(never.incentive()).toEqual([0, 49_151, 16_383]);
    expect(never.subnet.commits.timelocked.size).toBe(0);
  });

  test("do not count towards a miner that has registered since the commitment", () => {
    const { to, ask, submit, incentive } = running();
    to(EPOCH + 10);
    submit("ann", { kind: "burned_register", netuid: 3, hotkey: "new" });
    to(EPOCH + 11);
    ask(commitment({ uids: [1, 3], values: [65_535, 65_535] }));
    to(EPOCH + 360);
    expect(incentive()).toEqual([0, 32_767, 0, 32_767]);
    const early = running();
    early.to(EPOCH + 10);
    early.ask(commitment({ uids: [1, 2], values: [65_535, 65_535] }));
    early.to(EPOCH + 11);
    early.subnet.register(
      { hotkey: "new", coldkey: "ann", role: "miner", registeredAtBlock: EPOCH + 11 },
      2,
    );
    early.to(EPOCH + 360);
    expect(early.incentive()).toEqual([0, 65_535, 0]);
  });

  test("are dropped where they do not pass the checks when they are opened", () => {
    const { to, ask, subnet, incentive } = running();
    to(EPOCH + 10);
    ask(commitment({ uids: [1, 7], values: [1, 1] }));
    to(EPOCH + 360);
    expect(incentive()).toEqual([0, 49_151, 16_383]);
    expect([subnet.commits.stored, subnet.commits.refused]).toEqual([0, 1]);
  });

  test("are refused with the chain's own names", () => {
    const open = running({});
    open.to(EPOCH + 10);
    expect(open.ask(commitment())).toMatchObject({ reason: "CommitRevealDisabled" });
    const { to, ask } = running();
    to(EPOCH + 10);
    expect(ask({ kind: "set_weights", ...place, ...swapped })).toMatchObject({
      reason: "CommitRevealEnabled",
    });
    expect(ask(commitment({ version: 3 }))).toMatchObject({
      reason: "IncorrectCommitRevealVersion",
    });
    expect(ask(commitment({ hotkey: "validators/1" }))).toMatchObject({
      reason: "HotKeyNotRegisteredInSubNet",
    });
    expect(ask(commitment({ hotkey: "miner/3/1" }))).toMatchObject({
      reason: "NotEnoughStakeToSetWeights",
    });
    expect(ask(commitment())).toMatchObject({ applied: true });
    to(EPOCH + 109);
    expect(ask(commitment())).toMatchObject({ reason: "CommittingWeightsTooFast" });
    to(EPOCH + 110);
    expect(ask(commitment())).toMatchObject({ applied: true });
  });

  test("may wait ten at a time for one hotkey and epoch", () => {
    const { to, ask } = running({ subnet: { ...hidden.subnet, weightsRateLimitBlocks: 1 } });
    for (let count = 1; count <= 10; count++) {
      to(EPOCH + count);
      expect(ask(commitment())).toMatchObject({ applied: true });
    }
    to(EPOCH + 11);
    expect(ask(commitment())).toMatchObject({ reason: "TooManyUnrevealedCommits" });
    to(EPOCH + 360);
    expect(ask(commitment())).toMatchObject({ applied: true });
  });
});

describe("weights committed by hash", () => {
  const shown = { kind: "reveal_weights", ...place, ...swapped, salt: [1, 2, 3] } as const;
  const commit = { kind: "commit_weights", ...place, hash: hashOf(shown) } as const;

  test("are stored when they are shown in the epoch after, and not before or later", () => {
    const { to, ask, incentive } = running();
    to(EPOCH + 10);
    expect(ask(shown)).toMatchObject({ reason: "NoWeightsCommitFound" });
    expect(ask(commit)).toMatchObject({ applied: true });
    expect(ask(shown)).toMatchObject({ reason: "RevealTooEarly" });
    to(EPOCH + 361);
    expect(ask({ ...shown, salt: [9] })).toMatchObject({
      reason: "InvalidRevealCommitHashNotMatch",
    });
    expect(ask(shown)).toMatchObject({ applied: true });
    to(EPOCH + 720);
    expect(incentive()).toEqual([0, 16_383, 49_151]);
  });

  test("expire", () => {
    const { to, ask } = running();
    to(EPOCH + 10);
    ask(commit);
    to(EPOCH + 721);
    expect(ask(shown)).toMatchObject({ reason: "ExpiredWeightCommit" });
  });
});
