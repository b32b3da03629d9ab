import { describe, expect, test } from "vitest";
import { activityCutoffBlocks } from "../yuma/activity.ts";
import { isFrozen } from "./activity.ts";
import { blocksUntilEpoch, ranEpochAt } from "./legacy-schedule.ts";
import {
  afterSlot,
  firstLastEpochBlock,
  isDue,
  nextStepCount,
  planBlock,
  setTempo,
  triggerEpoch,
} from "./schedule.ts";

const clock = {
  tempoBlocks: 360,
  lastEpochBlock: 1_000,
  pendingEpochAt: 0,
  blocksSinceLastStep: 0,
};

describe("the schedule since June 2026", () => {
  test("runs an epoch every tempo blocks", () => {
    let state = clock;
    const ran: number[] = [];
    for (let block = 1_001; block <= 2_200; block++) {
      state = { ...state, blocksSinceLastStep: nextStepCount(state, "tempo") };
      if (!isDue(state, block, "tempo")) continue;
      ran.push(block);
      state = afterSlot(state, block, true);
    }
    expect(ran).toEqual([1_360, 1_720, 2_080]);
  });

  test("catches up on steps that were missed: over 50,400 at first, over the tempo later", () => {
    const late = { ...clock, blocksSinceLastStep: 361 };
    expect(isDue(late, 1_001, "maxTempo")).toBe(false);
    expect(isDue(late, 1_001, "tempo")).toBe(true);
    expect(nextStepCount(late, "tempo")).toBe(361);
  });

  test("puts off what is over the cap, and spends the slot of what contradicts itself", () => {
    const due = [5, 3, 9, 1].map((netuid) => ({ netuid, consistent: netuid !== 3 }));
    expect(planBlock(due)).toEqual({ run: [1, 5], deferred: [9], skipped: [3] });
    expect(planBlock(due, 1)).toEqual({ run: [1], deferred: [3, 5, 9], skipped: [] });
    const deferred = { ...clock, pendingEpochAt: 1_001 };
    expect(isDue(deferred, 1_001, "tempo")).toBe(true);
    expect(afterSlot({ ...clock, blocksSinceLastStep: 7 }, 1_001, false).blocksSinceLastStep).toBe(
      7,
    );
  });

  test("staggers new subnets by their number", () => {
    expect(firstLastEpochBlock(5_000, 365, 360)).toBe(4_995);
  });

  test("lets the owner set the tempo once in 360 blocks", () => {
    expect(setTempo(clock, 359, 1_100, 360)).toBe("TempoOutOfBounds");
    expect(setTempo(clock, 720, 1_100, 359)).toBe("TxRateLimitExceeded");
    expect(setTempo(clock, 720, 1_100, 360)).toMatchObject({ lastEpochBlock: 1_100 });
  });

  test("lets the owner trigger an epoch ten blocks ahead", () => {
    expect(triggerEpoch(clock, 1_100, 720, false)).toMatchObject({ pendingEpochAt: 1_110 });
    expect(triggerEpoch(clock, 1_100, 719, false)).toBe("TxRateLimitExceeded");
    expect(triggerEpoch(clock, 1_100, 720, true)).toBe("DynamicTempoBlockedByCommitReveal");
    expect(triggerEpoch(clock, 1_350, 720, false)).toBe("AutoEpochAlreadyImminent");
    const pending = { ...clock, pendingEpochAt: 1_200 };
    expect(triggerEpoch(pending, 1_100, 720, false)).toBe("EpochTriggerAlreadyPending");
  });
});

describe("the schedule before", () => {
  test("ran every tempo + 1 blocks, staggered by netuid", () => {
    const blocksOf = (netuid: number) =>
      Array.from({ length: 800 }, (_, block) => block).filter((block) =>
        ranEpochAt(block, netuid, 360),
      );
    expect(blocksOf(0)).toEqual([359, 720]);
    expect(blocksOf(1)).toEqual([358, 719]);
    expect(ranEpochAt(0, 1, 0)).toBe(false);
  });

  test("says how long until then", () => {
    expect(blocksUntilEpoch(358, 1, 360)).toBe(0);
    expect(blocksUntilEpoch(359, 1, 360)).toBe(360);
    expect(blocksUntilEpoch(359, 1, 0)).toBeNull();
  });
});

test("a neuron stays active for 5,000 blocks at tempo 360", () => {
  expect(activityCutoffBlocks(13_889, 360)).toBe(5_000);
  expect(activityCutoffBlocks(1_000, 0)).toBe(1);
});

test("owners' changes are frozen in the ten blocks before an epoch", () => {
  expect([isFrozen(9), isFrozen(10)]).toEqual([true, false]);
});
