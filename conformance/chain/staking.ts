/** Checks of staking and registration in the chain vectors, gathered by the group's function. */
import type { RecordCheck } from "../format.ts";
import { lockChecks } from "./locks.ts";
import { sharePoolChecks } from "./share-pool.ts";

export const stakingChecks: Readonly<Record<string, RecordCheck>> = {
  ...lockChecks,
  ...sharePoolChecks,
};
