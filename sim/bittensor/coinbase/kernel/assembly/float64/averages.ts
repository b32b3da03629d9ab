/** Moving price and root proportion in double: ../moving-price.ts and ../root-proportion.ts. */

import { between, floors, toDoubles } from "../lanes";
import {
  BLOCK,
  FIRST_EMISSION_BLOCK,
  MOVING_ALPHA_I96F32,
  MOVING_HALVING_BLOCKS,
  MOVING_PRICE_I96F32,
  ROOT_PROPORTION_U96F32,
} from "../layout";
import { field, fieldPair, global, setField, setFieldPair } from "../memory";
import { spotPriceF64, spotPricePair } from "../pool-price";
import { alphaIssuance, alphaIssuancePair, rootWeight } from "../root-proportion";
import { TWO_32 } from "../wide";

/** Beyond any price that a pool can have. */
const LARGEST: f64 = 1e18;

export function updateAveragesF64(netuid: i32): void {
  const age = max(0.0, <f64>(<i64>(global(BLOCK) + 1 - field(FIRST_EMISSION_BLOCK, netuid))));
  const alpha = <f64>(<i64>global(MOVING_ALPHA_I96F32)) / TWO_32;
  const weight =
    age === 0.0 ? 0.0 : (alpha * age) / (age + <f64>(<i64>global(MOVING_HALVING_BLOCKS)));
  const old = <f64>(<i64>field(MOVING_PRICE_I96F32, netuid));
  const spot = min(spotPriceF64(netuid), 1.0) * TWO_32;
  setField(MOVING_PRICE_I96F32, netuid, <u64>(<i64>(old + weight * (spot - old))));
  setField(ROOT_PROPORTION_U96F32, netuid, rootProportionF64(netuid));
}

/** The same for netuid and netuid + 1, both with a weighted pool; false, with nothing changed, if not. */
export function updatePairF64(netuid: i32): bool {
  const halving = <f64>(<i64>global(MOVING_HALVING_BLOCKS));
  const spot = spotPricePair(netuid);
  const issuance = alphaIssuancePair(netuid);
  const sound = v128.and(between(0.0, spot, LARGEST), i64x2.ne(issuance, i64x2.splat(0)));
  if (halving === 0.0 || !i64x2.all_true(sound)) return false;
  const alpha = <f64>(<i64>global(MOVING_ALPHA_I96F32)) / TWO_32;
  const first = fieldPair(FIRST_EMISSION_BLOCK, netuid);
  const blocks = i64x2.sub(i64x2.splat(global(BLOCK) + 1), first);
  // The least that counts is none; a negative number is not converted rightly, and not looked at.
  const counts = i64x2.gt_s(blocks, i64x2.splat(0));
  const age = v128.and(toDoubles(blocks), counts);
  const weight = f64x2.div(
    f64x2.mul(f64x2.splat(alpha), age),
    f64x2.add(age, f64x2.splat(halving)),
  );
  const old = toDoubles(fieldPair(MOVING_PRICE_I96F32, netuid));
  const now = f64x2.mul(f64x2.pmin(f64x2.splat(1.0), spot), f64x2.splat(TWO_32));
  const average = f64x2.add(old, f64x2.mul(weight, f64x2.sub(now, old)));
  setFieldPair(MOVING_PRICE_I96F32, netuid, floors(average));
  const whole = f64x2.add(f64x2.splat(rootWeight()), toDoubles(issuance));
  const part = f64x2.div(f64x2.splat(rootWeight()), whole);
  setFieldPair(ROOT_PROPORTION_U96F32, netuid, floors(f64x2.mul(part, f64x2.splat(TWO_32))));
  return true;
}

export function rootProportionF64(netuid: i32): u64 {
  const issuance = <f64>(<i64>alphaIssuance(netuid));
  const whole = rootWeight() + issuance;
  return whole > 0.0 ? <u64>(<i64>((rootWeight() / whole) * TWO_32)) : 0;
}
