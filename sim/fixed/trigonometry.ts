/**
 * sqrt, sin and cos of the chain's fixed-point library. The epoch does not use them; the random
 * graphs of the chain's consensus experiment do. Source: spec/yuma-epoch.md section 3.7.
 */
import { checkedAdd, checkedDiv, type FixedType } from "./fixed-point.ts";

/** Newton's iteration, a round for each fraction bit; null below 0 or where a step does not fit. */
export function sqrt(type: FixedType, xBits: bigint): bigint | null {
  const one = type.oneBits;
  if (xBits < 0n) return null;
  if (xBits === 0n || xBits === one) return xBits;
  const operand = xBits < one ? checkedDiv(type, one, xBits) : xBits;
  if (operand === null) return null;
  const half = (bits: bigint | null) => bits && checkedDiv(type, bits, 2n * one);
  let estimate = half(operand);
  estimate = estimate && checkedAdd(type, estimate, one);
  for (let round = 0n; round < type.fractionBits; round++) {
    if (estimate === null) return null;
    const quotient = checkedDiv(type, operand, estimate);
    estimate = quotient && half(checkedAdd(type, estimate, quotient));
  }
  if (estimate === null) return null;
  return xBits < one ? checkedDiv(type, one, estimate) : estimate;
}

// Pi, 2 pi and pi/2 have 23 fraction bits, the width of the library's constants.
const PI = 26_353_589n << 9n;
const TWO_PI = 52_707_178n << 9n;
const HALF_PI = 13_176_794n << 9n;

/** The product of cos(arctan 2^-i), by which 24 CORDIC steps shrink the vector. */
const CORDIC_GAIN = 0x9b74_eda8n;
const CORDIC_STEPS = 24;
/** arctan 2^-i as the library stores them: from the twelfth on one bit below 2^-i. */
const FIRST_ARCTANS =
  "c90fdaa2 76b19c15 3eb6ebf2 1fd5ba9a 0ffaaddb 07ff556e 03ffeaab 01fffd55 00ffffaa 007ffff5 003ffffe";
const ARCTANS = Array.from({ length: CORDIC_STEPS }, (_, i) => {
  const listed = FIRST_ARCTANS.split(" ")[i];
  return listed ? BigInt(`0x${listed}`) : (1n << BigInt(32 - i)) - 1n;
});

/** sin of an I32F32 angle in radians. Angles far from 0 take a turn of 2 pi at a time. */
export function sin(angleBits: bigint): bigint {
  let angle = angleBits;
  while (angle > PI) angle -= TWO_PI;
  while (angle < -PI) angle += TWO_PI;
  if (angle > HALF_PI) angle = HALF_PI - (angle - HALF_PI);
  if (angle < -HALF_PI) angle = -HALF_PI - (angle + HALF_PI);
  return cordicSin(angle);
}

export const cos = (angleBits: bigint): bigint => sin(angleBits + HALF_PI);

function cordicSin(angle: bigint): bigint {
  let x = CORDIC_GAIN;
  let y = 0n;
  let rest = angle;
  ARCTANS.forEach((arctan, index) => {
    const step = BigInt(index);
    const [dx, dy] = [y >> step, x >> step];
    const clockwise = rest < 0n;
    x = clockwise ? x + dx : x - dx;
    y = clockwise ? y - dy : y + dy;
    rest = clockwise ? rest + arctan : rest - arctan;
  });
  return y;
}
