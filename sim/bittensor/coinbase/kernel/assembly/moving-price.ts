/**
 * The price average after each block: a = alpha b / (b + H), m' = a min(spot, 1) + (1 - a) m, in
 * U64F64 and stored with 32 fraction bits. Source: spec/token-economics.md 2.6.
 */
import {
  BLOCK,
  FIRST_EMISSION_BLOCK,
  MOVING_ALPHA_I96F32,
  MOVING_HALVING_BLOCKS,
  MOVING_PRICE_I96F32,
} from "./layout";
import { field, global, setField } from "./memory";
import { priceHigh, priceLow, spotPrice, spotPriceF64 } from "./pool-price";
import { divideFraction, mulHigh, mulShift32, TWO_32 } from "./wide";

const ONE_I96F32: u64 = 1 << 32;

/**
 * Most often in double: that is off by less than 2^-16 of a unit, and the exact floors to 2^-64 by
 * less than 2^-30, so that only a result as close as that to an integer needs them.
 */
export function updateMovingPrice(netuid: i32): void {
  const old = field(MOVING_PRICE_I96F32, netuid);
  const blocks = age(netuid);
  const alpha = <f64>(<i64>global(MOVING_ALPHA_I96F32)) / TWO_32;
  const weight = (alpha * <f64>blocks) / <f64>(blocks + global(MOVING_HALVING_BLOCKS));
  const spot = spotPriceF64(netuid);
  const average = <f64>(<i64>old) + weight * (spot * TWO_32 - <f64>(<i64>old));
  const below = <u64>(<i64>average);
  const fraction = average - <f64>(<i64>below);
  if (blocks !== 0 && spot < 0.999999 && fraction > 1e-4 && fraction < 1.0 - 1e-4) {
    setField(MOVING_PRICE_I96F32, netuid, below);
    return;
  }
  spotPrice(netuid);
  setField(MOVING_PRICE_I96F32, netuid, averaged(old, blocks));
}

/** Blocks since the first emission, that block included. */
function age(netuid: i32): u64 {
  const now = global(BLOCK) + 1;
  const first = field(FIRST_EMISSION_BLOCK, netuid);
  return now > first ? now - first : 0;
}

function averaged(old: u64, blocks: u64): u64 {
  const alpha = global(MOVING_ALPHA_I96F32);
  const halving = global(MOVING_HALVING_BLOCKS);
  if (blocks === 0 || alpha === 0) return old;
  if (halving === 0 && alpha >= ONE_I96F32) return priceHigh ? ONE_I96F32 : priceLow >> 32;
  // a as a fraction of 2^64; 0 < a < 1 from here on.
  const a =
    halving === 0 ? alpha << 32 : mulShift32(alpha, divideFraction(blocks, blocks + halving));
  if (a === 0) return old;
  const news = priceHigh ? a : mulHigh(a, priceLow);
  const kept = mulShift32(old, 0 - a);
  const sum = kept + news;
  return (sum >> 32) + (sum < kept ? ONE_I96F32 : 0);
}
