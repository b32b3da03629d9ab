/** Moving price and root proportion in double: ../moving-price.ts and ../root-proportion.ts. */
import {
  BLOCK,
  FIRST_EMISSION_BLOCK,
  MOVING_ALPHA_I96F32,
  MOVING_HALVING_BLOCKS,
  MOVING_PRICE_I96F32,
  ROOT_PROPORTION_U96F32,
} from "../layout";
import { field, global, setField } from "../memory";
import { spotPriceF64 } from "../pool-price";
import { alphaIssuance, rootWeight } from "../root-proportion";
import { TWO_32 } from "../wide";

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

export function rootProportionF64(netuid: i32): u64 {
  const issuance = <f64>(<i64>alphaIssuance(netuid));
  const whole = rootWeight() + issuance;
  return whole > 0.0 ? <u64>(<i64>((rootWeight() / whole) * TWO_32)) : 0;
}
