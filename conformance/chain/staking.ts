/** Checks of staking and registration in the chain vectors, gathered by the group's function. */
import type { RecordCheck } from "../format.ts";
import { childrenChecks } from "./children.ts";
import { claimRootChecks } from "./claim-root.ts";
import { dissolveChecks } from "./dissolve.ts";
import { epochScheduleChecks } from "./epoch-schedule.ts";
import { lockCostChecks } from "./lock-cost.ts";
import { lockChecks } from "./locks.ts";
import { recycleAlphaChecks } from "./recycle-alpha.ts";
import { registrationBurnChecks } from "./registration-burn.ts";
import { sharePoolChecks } from "./share-pool.ts";
import { snapshotStatsChecks } from "./snapshot-stats.ts";
import { votingPowerChecks } from "./voting-power.ts";

export const stakingChecks: Readonly<Record<string, RecordCheck>> = {
  ...childrenChecks,
  ...claimRootChecks,
  ...dissolveChecks,
  ...epochScheduleChecks,
  ...lockChecks,
  ...lockCostChecks,
  ...recycleAlphaChecks,
  ...registrationBurnChecks,
  ...sharePoolChecks,
  ...snapshotStatsChecks,
  ...votingPowerChecks,
};
