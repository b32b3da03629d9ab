import { describe, expect, test } from "vitest";
import { createFlockWorld, runFlockDays } from "../../sim/flock/world/world.ts";
import { randomSource } from "../../sim/random.ts";
import { MemorySink } from "../../sim/records.ts";
import { flockSection } from "./config.ts";
import { flockPopulation } from "./population.ts";

/** The rows of a small world with a follower of this kind. */
function recordedWorld(follower: object, days: number): MemorySink {
  const random = randomSource("follower");
  const config = flockSection.parse({
    ...{ arrival_days: 5, nodes: { count: 8 }, validators: { count: 8 } },
    ...{ delegators: { count: 20 }, follower },
  });
  const world = createFlockWorld({ ...flockPopulation(config, random), random });
  const sink = new MemorySink();
  runFlockDays(world, days, sink);
  return sink;
}

describe("a delegator whose choices are set", () => {
  const world = recordedWorld({ flock: 10_000, lock_days: 40, sharing_ratio: 0.5 }, 60);

  test("locks once, for as long as it is told, and keeps what has matured", () => {
    const locks = world.objects("flock_locks").filter(({ name }) => name === "follower/0");
    expect(locks.map(({ lock_days, flock }) => [lock_days, flock])).toEqual([[40, 10_000]]);
    const last = world.objects("flock_delegators").findLast(({ name }) => name === "follower/0");
    // The fee of 5.13 % was taken at the lock.
    expect(last?.locked).toBeCloseTo(10_000 * (1 - 0.0513), 6);
    expect(last?.sold).toBe(0);
  });

  test("is paid for it by one operator", () => {
    const rows = world.objects("flock_delegators").filter(({ name }) => name === "follower/0");
    const last = rows.at(-1);
    expect(last?.pools).toBeGreaterThanOrEqual(1);
    expect(Number(last?.claimed) + Number(last?.claimable)).toBeGreaterThan(0);
  });

  test("is not there where it has nothing", () => {
    const without = recordedWorld({}, 10);
    const names = without.objects("flock_delegators").map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(names).not.toContain("follower/0");
  });
});
