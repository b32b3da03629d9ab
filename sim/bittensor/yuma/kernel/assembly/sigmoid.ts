/**
 * Liquid alpha's sigmoid for two cells at once, in doubles, with a proof of its bits.
 *
 * The chain computes alpha = low + floor(sigma * range), sigma = floor(1 / (1 + e)), from a series e of
 * cut terms (exp.ts). Cutting only makes e smaller, by less than `lost` bits (see boundLost), so e lies
 * between exp(x) - lost and exp(x). In between sigma falls steadily as e rises, so if both ends
 * give the same alpha, it is the chain's. They do nearly always, because sigma hardly depends on a few
 * bits of an e that is large; where they do not, the cell is computed with the series itself.
 *
 * Here x >= 0, which is where a weight lies less than a half above consensus or below the bond.
 */
import { ONE, satMul, TWO_TO_32 } from "./fixed";

const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** Adding it rounds to an integer, which then stands in the lowest bits. */
const ROUNDER: f64 = 6755399441055744;
/** Above this the 32 terms of the chain are no longer e^x within a part of a bit. */
const MOST_X: f64 = 6;

/** Of this epoch: x = slope * (distance - 1/2), both as I32F32 bits in a double. */
let slope: f64 = 0;
/** How much smaller than exp(x) the series may be, in bits. */
let lost: f64 = 0;

/** Whether doubles know the sigmoid of the slope that was set. */
export let isProvable: bool = false;
/** The distance whose x is one, for which the chain takes its constant e; 2^32 - 1 = none. */
export let distanceOfOne: i64 = 0;

/** Sets the slope, I32F32 bits. */
export function setSlope(slopeBits: i64): void {
  isProvable = prepare(slopeBits);
  distanceOfOne = findDistanceOfOne(slopeBits);
}

/** x = floor(slope * (distance - 1/2)) is one for one distance at most, where the slope is steeper than 1. */
function findDistanceOfOne(slopeBits: i64): i64 {
  const none: i64 = 0xffff_ffff;
  if (slopeBits > -ONE) return none;
  const half = ONE >> 1;
  const near = half + ((((ONE as f64) * (ONE as f64)) / (slopeBits as f64)) as i64);
  for (let distance = near - 2; distance <= near + 2; distance++) {
    if (satMul(slopeBits, distance - half) == ONE) return distance;
  }
  return none;
}

function prepare(slopeBits: i64): bool {
  slope = (slopeBits as f64) / TWO_TO_32;
  const mostX = -slope / 2;
  if (mostX < 0 || mostX > MOST_X) return false;
  lost = boundLost(mostX);
  // The chain floors x; that takes less than a bit of x, hence less than e^6 = 403.4 bits of e.
  if ((slopeBits & 0xffff_ffff) != 0) lost += 404;
  return true;
}

/**
 * Each term of the series is made of the one before by a product and a quotient, each cut by less than a
 * bit: its error is at most (error before * x + 1) / i + 1, and never more than the term. Two bits
 * more allow for the terms beyond the 31st (0.2 bits at x = 6) and for the doubles (2^-9).
 */
function boundLost(x: f64): f64 {
  let error: f64 = 0;
  let term = x * TWO_TO_32;
  let total: f64 = 2;
  for (let i = 2; i < 32; i++) {
    term = (term * x) / (i as f64);
    error = min((error * x + 1) / (i as f64) + 1, term);
    total += error;
  }
  return total;
}

/** e^x of two doubles from 0 to 6, within 2^-50 of it. */
function exp(x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDER));
  const whole = f64x2.sub(shifted, f64x2.splat(ROUNDER));
  const rest = f64x2.sub(
    f64x2.sub(x, f64x2.mul(whole, f64x2.splat(LN2_HIGH))),
    f64x2.mul(whole, f64x2.splat(LN2_LOW)),
  );
  // Taylor's series to the 12th power, in a tree: side by side is faster than one after the other.
  const square = f64x2.mul(rest, rest);
  const fourth = f64x2.mul(square, square);
  const from0 = twoTerms(1, 1, rest);
  const from2 = twoTerms(1.0 / 2.0, 1.0 / 6.0, rest);
  const from4 = twoTerms(1.0 / 24.0, 1.0 / 120.0, rest);
  const from6 = twoTerms(1.0 / 720.0, 1.0 / 5040.0, rest);
  const from8 = twoTerms(1.0 / 40320.0, 1.0 / 362880.0, rest);
  const from10 = twoTerms(1.0 / 3628800.0, 1.0 / 39916800.0, rest);
  const low = sumOf(sumOf(from0, from2, square), sumOf(from4, from6, square), fourth);
  const high = sumOf(sumOf(from8, from10, square), f64x2.splat(1.0 / 479001600.0), fourth);
  const sum = sumOf(low, high, f64x2.mul(fourth, fourth));
  const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.mul(sum, power);
}

function twoTerms(a: f64, b: f64, x: v128): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(f64x2.splat(b), x));
}

/** a + b * x. */
function sumOf(a: v128, b: v128, x: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, x));
}

/** Sigma of two cells, as I32F32 bits in doubles, where e is exp(x). Distances, below a half, in the lower lanes. */
export function sigmaOf(distances: v128): v128 {
  const half = f64x2.splat(TWO_TO_32 / 2);
  const distance = f64x2.sub(f64x2.convert_low_i32x4_u(distances), half);
  const power = exp(f64x2.mul(distance, f64x2.splat(slope / TWO_TO_32)));
  return f64x2.div(f64x2.splat(TWO_TO_32), f64x2.add(power, f64x2.splat(1)));
}

/** More than the doubles' errors in sigma, which are below 2^-18. */
const DOUBT: f64 = 1.0 / 65536;

/** The floor of the smaller end, as u32 in the lower lanes. */
export function leastSigma(sigma: v128): v128 {
  return i32x4.trunc_sat_f64x2_u_zero(f64x2.sub(sigma, f64x2.splat(DOUBT)));
}

/**
 * The floor of the greater end. Sigma = 1 / (1 + e) rises by lost * sigma^2 as e falls by `lost`, and a
 * little more, for lost is below 2^-20 of 1 + e.
 */
export function mostSigma(sigma: v128): v128 {
  const square = f64x2.mul(sigma, sigma);
  const width = f64x2.mul(square, f64x2.splat((lost * 1.0001) / TWO_TO_32 / TWO_TO_32));
  return i32x4.trunc_sat_f64x2_u_zero(f64x2.add(sigma, f64x2.add(width, f64x2.splat(DOUBT))));
}

/** Sigma of one distance in I32F32 bits, -1 where doubles cannot tell it to the bit. */
export function provenSigma(distance: i64): i64 {
  if (!isProvable || distance >= ONE >> 1 || distance == distanceOfOne) return -1;
  const sigma = sigmaOf(i32x4.splat(distance as i32));
  const least = i32x4.extract_lane(leastSigma(sigma), 0);
  return least == i32x4.extract_lane(mostSigma(sigma), 0) ? (least as i64) : -1;
}
