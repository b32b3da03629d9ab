/** A day of FLock in the middle of the mid-2025 scenario, about 1,700 agents: 365 of them are a year. */
import { join } from "node:path";
import { buildFlockWorld } from "../scenarios/build-flock.ts";
import { loadFlockScenario } from "../scenarios/load-flock.ts";
import { packageFolder } from "../scenarios/shipped.ts";
import { type FlockWorldState, runFlockDays } from "../sim/flock/world/world.ts";
import type { BenchSuite } from "./suite.ts";

/** By then everyone has come, tasks follow one another, and locks are many. */
const DAYS_BEFORE = 150;

const NOWHERE = { append() {} };

export const suite: BenchSuite = {
  name: "flock",
  rates() {
    let world: FlockWorldState | undefined;
    return [
      {
        name: "FLock mid-2025, a day of 1,712 agents",
        unit: "days/s",
        reference: null,
        run() {
          world ??= halfYearOld();
          runFlockDays(world, 1, NOWHERE);
        },
      },
    ];
  },
};

function halfYearOld(): FlockWorldState {
  const path = join(packageFolder, "scenarios", "flock-mid-2025.yaml");
  const { world } = buildFlockWorld(loadFlockScenario(path));
  runFlockDays(world, DAYS_BEFORE, NOWHERE);
  return world;
}
