/** Checks of golden/economics that belong to staking and registration. */
import type { RecordCheck } from "../format.ts";

export const economicsStakingChecks: Readonly<Record<string, RecordCheck>> = {};
