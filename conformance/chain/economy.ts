/** Checks of emission, pools and coinbase in the chain vectors, gathered by the group's function. */
import type { RecordCheck } from "../format.ts";
import { balancerChecks } from "./balancer.ts";
import { blockEmissionChecks } from "./block-emission.ts";
import { coinbaseChecks } from "./coinbase.ts";
import { constantChecks } from "./constants.ts";
import { fixedPointChecks } from "./fixed-point.ts";
import { swapChecks } from "./swap.ts";
import { swapLimitChecks } from "./swap-limits.ts";

export const economyChecks: Readonly<Record<string, RecordCheck>> = {
  ...balancerChecks,
  ...blockEmissionChecks,
  ...coinbaseChecks,
  ...constantChecks,
  ...fixedPointChecks,
  ...swapChecks,
  ...swapLimitChecks,
};
