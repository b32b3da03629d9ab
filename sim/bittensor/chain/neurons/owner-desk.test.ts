import { expect, test } from "vitest";
import { START_BLOCK } from "../example-setup.ts";
import type { OwnerAction } from "./actions.ts";
import { type Changes, start } from "./testing.ts";

const EPOCH = START_BLOCK + 357;
const reveal = (enabled: boolean): OwnerAction => ({
  kind: "sudo_set_commit_reveal_weights_enabled",
  netuid: 3,
  enabled,
});

/** The owner runs the better miner: its incentive is withheld. */
const ownersMiner: Changes = {
  setup: (setup) => ({
    ...setup,
    detailed: setup.detailed.map((entry) => ({
      ...entry,
      owner: { hotkey: "miner/3/1", coldkey: "miner/3/1" },
    })),
  }),
};

test("the owner turns commit-reveal on and off, once in two tempos, not just before an epoch", () => {
  const { chain, submit, subnet } = start();
  chain.advanceTo(EPOCH + 1);
  expect(submit("ann", reveal(true))).toMatchObject({ reason: "NotSubnetOwner" });
  expect(submit("owner/3", { ...reveal(true), netuid: 9 })).toMatchObject({
    reason: "SubnetNotExists",
  });
  expect(submit("owner/3", reveal(true))).toMatchObject({ applied: true });
  expect(subnet.parameters.commitReveal).toBe(true);
  chain.advanceTo(EPOCH + 360);
  expect(submit("owner/3", reveal(false))).toMatchObject({ reason: "TxRateLimitExceeded" });
  chain.advanceTo(EPOCH + 720 + 351);
  expect(submit("owner/3", reveal(false))).toMatchObject({
    reason: "AdminActionProhibitedDuringWeightsWindow",
  });
  chain.advanceTo(EPOCH + 1_080);
  expect(submit("owner/3", reveal(false))).toMatchObject({ applied: true });
  expect(subnet.parameters.commitReveal).toBe(false);
});

test("the owner sets how many epochs commitments wait: 1 to 100", () => {
  const { chain, submit, subnet } = start();
  chain.advanceTo(EPOCH + 1);
  const set = (intervalEpochs: number): OwnerAction => ({
    kind: "sudo_set_commit_reveal_weights_interval",
    netuid: 3,
    intervalEpochs,
  });
  expect(submit("owner/3", set(0))).toMatchObject({ reason: "InvalidValue" });
  expect(submit("owner/3", set(101))).toMatchObject({ reason: "InvalidValue" });
  expect(submit("owner/3", set(7))).toMatchObject({ applied: true });
  expect(subnet.revealPeriodEpochs).toBe(7);
});

test("the owner's own incentive is burned, or recycled where it has asked for that", () => {
  const withheld = (to: "recycle" | "burn") => {
    const { chain, submit } = start(ownersMiner);
    chain.advanceTo(EPOCH + 1);
    submit("miner/3/1", { kind: "sudo_set_recycle_or_burn", netuid: 3, to });
    const { subnet } = chain.state;
    const before = subnet.alphaRecycledTotalRao[3];
    const burnedBefore = chain.rewards.totalRao(3, "burned");
    chain.advanceTo(EPOCH + 360);
    chain.checkBooks();
    const burnedRao = chain.rewards.totalRao(3, "burned") - burnedBefore;
    expect(burnedRao).toBeGreaterThan(0n);
    return { burnedRao, recycledRao: subnet.alphaRecycledTotalRao[3] - before };
  };
  const burn = withheld("burn");
  const recycle = withheld("recycle");
  expect(recycle.recycledRao - burn.recycledRao).toBe(recycle.burnedRao);
  expect(burn.burnedRao).toBe(recycle.burnedRao);
});
