/** Checks of emission, pools and coinbase in the chain vectors, gathered by the group's function. */
import type { RecordCheck } from "../format.ts";
import { blockEmissionChecks } from "./block-emission.ts";
import { fixedPointChecks } from "./fixed-point.ts";

export const economyChecks: Readonly<Record<string, RecordCheck>> = {
  ...blockEmissionChecks,
  ...fixedPointChecks,
};
