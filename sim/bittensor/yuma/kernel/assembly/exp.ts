/** e^x as the chain's fixed-point library computes it (spec 3.4). */
import { divide, magnitude, ONE, satMul } from "./fixed";

/** e with 23 fraction bits. */
const E_BITS: i64 = 11_674_931_200;
export const TWENTY: i64 = 20 << 32;

/** After clamping the argument to -20 ... 20, within which nothing overflows. */
export function expSafe(argument: i64): i64 {
  const x = min(max(argument, -TWENTY), TWENTY);
  if (x == 0) return ONE;
  if (x == ONE) return E_BITS;
  const series = expSeries(magnitude(x) as i64);
  return x < 0 ? (divide(ONE as u64, series as u64) as i64) : series;
}

/** 1 + x + x^2/2 ... x^31/31!, each term cut; once a term is 0 all later ones are. */
export function expSeries(x: i64): i64 {
  let sum = x + ONE;
  let term = x;
  for (let i: i64 = 2; i < 32; i++) {
    term = satMul(term, x) / i;
    if (term == 0) break;
    sum += term;
  }
  return sum;
}
