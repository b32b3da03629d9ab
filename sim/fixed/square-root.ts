/**
 * The square root of the chain's fixed-point library: bisection that stops as soon as value/x and
 * x are near enough, so its last bits depend on the precision asked for.
 * Source: spec/token-economics.md section 0.2 (safe-math checked_sqrt).
 */
import { type FixedType, safeDiv } from "./fixed-point.ts";

const MOST_ROUNDS = 128;

/** The square root of a value of at least 0, to where value/root and root differ by epsilon. */
export function bisectedRoot(type: FixedType, valueBits: bigint, epsilonBits: bigint): bigint {
  const one = type.oneBits;
  let [low, high] = valueBits > one ? [0n, valueBits] : [valueBits, one];
  let middle = (low + high) >> 1n;
  let quotient = safeDiv(type, valueBits, middle);
  for (let round = 0; round <= MOST_ROUNDS && distance(quotient, middle) > epsilonBits; round++) {
    if (quotient < middle) high = middle;
    else low = middle;
    middle = (low + high) >> 1n;
    quotient = safeDiv(type, valueBits, middle);
  }
  return middle;
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
