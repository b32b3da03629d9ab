/** Checks of emission, pools and coinbase in the chain vectors, gathered by the group's function. */
import type { RecordCheck } from "../format.ts";
import { balancerChecks } from "./balancer.ts";
import { blockEmissionChecks } from "./block-emission.ts";
import { coinbaseChecks } from "./coinbase.ts";
import { coinbaseAssertedChecks } from "./coinbase-asserted.ts";
import { coinbaseTraceChecks } from "./coinbase-traces.ts";
import { constantChecks } from "./constants.ts";
import { emissionShareChecks } from "./emission-shares.ts";
import { fixedPointChecks } from "./fixed-point.ts";
import { movingPriceChecks } from "./moving-price.ts";
import { swapChecks } from "./swap.ts";
import { swapLimitChecks } from "./swap-limits.ts";

export const economyChecks: Readonly<Record<string, RecordCheck>> = {
  ...balancerChecks,
  ...blockEmissionChecks,
  ...coinbaseChecks,
  ...coinbaseAssertedChecks,
  ...coinbaseTraceChecks,
  ...constantChecks,
  ...emissionShareChecks,
  ...fixedPointChecks,
  ...movingPriceChecks,
  ...swapChecks,
  ...swapLimitChecks,
};
