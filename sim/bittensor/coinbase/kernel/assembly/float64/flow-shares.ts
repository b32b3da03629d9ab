/** Shares by flow in double, from the exact averages: ../flow-shares.ts with a plain power. */
import { eligibleCount } from "../eligible";
import { averageFlows, flowsAboveCutoff } from "../flow-averages";
import { sumMovingPrices } from "../flow-shares";
import { FLOW_EXPONENT_I32F32 } from "../layout";
import {
  global,
  SHARE,
  SHARE_HIGH,
  SHARE_LOW,
  scratch,
  scratchF64,
  setScratchF64,
} from "../memory";
import { TWO_32, TWO_64 } from "../wide";
import { exp, ln } from "./math";

/** Flows that are a smaller part of the largest have no power on the chain either. */
const SMALLEST: f64 = 1e-14;

/** Leaves the share of each eligible subnet in SHARE. */
export function flowSharesF64(): void {
  sumMovingPrices();
  averageFlows();
  flowsAboveCutoff();
  let largest: f64 = 0.0;
  for (let place = 0; place < eligibleCount; place++) largest = max(largest, flowAt(place));
  const exponent = <f64>(<i64>global(FLOW_EXPONENT_I32F32)) / TWO_32;
  let sum: f64 = 0.0;
  for (let place = 0; place < eligibleCount; place++) {
    const part = largest > 0.0 ? flowAt(place) / largest : 0.0;
    const power = part < SMALLEST ? 0.0 : exponent === 1.0 ? part : exp(exponent * ln(part));
    setScratchF64(SHARE, place, power);
    sum += power;
  }
  if (sum === 0.0) return;
  for (let place = 0; place < eligibleCount; place++) {
    setScratchF64(SHARE, place, scratchF64(SHARE, place) / sum);
  }
}

function flowAt(place: i32): f64 {
  return <f64>scratch(SHARE_HIGH, place) + <f64>scratch(SHARE_LOW, place) / TWO_64;
}
