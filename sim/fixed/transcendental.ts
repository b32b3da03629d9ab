/**
 * exp, ln and log2 of the chain's fixed-point library, bit for bit, quirks included: the
 * constants e and log2(e) carry 23 fraction bits only, and the exponential series is cut.
 * Source: spec/yuma-epoch.md sections 3.4 to 3.6, spec/token-economics.md section 0.2.
 */
import {
  checked,
  checkedAdd,
  checkedDiv,
  checkedMul,
  exactDiv,
  type FixedType,
  fromInteger,
  I32F32,
  safeDiv,
  satAdd,
  satMul,
  satSub,
} from "./fixed-point.ts";

/** e and log2(e) as I9F23, the width in which the library stores its constants. */
const E_I9F23 = 22_802_600n;
const LOG2_E_I9F23 = 12_102_203n;

const constant = (type: FixedType, i9f23: bigint): bigint => i9f23 << (type.fractionBits - 23n);

/** e^x; null where the library reports an overflow. */
export function exp(type: FixedType, xBits: bigint): bigint | null {
  const one = type.oneBits;
  if (xBits === 0n) return one;
  if (xBits === one) return constant(type, E_I9F23);
  const negative = xBits < 0n;
  const magnitude = negative ? checked(type, -xBits) : xBits;
  if (magnitude === null) return null;
  let sum = checkedAdd(type, magnitude, one);
  let term: bigint | null = magnitude;
  for (let i = 2n; i < type.fractionBits; i++) {
    term = checkedMul(type, term, magnitude);
    if (term === null || sum === null) return null;
    term = checkedDiv(type, term, fromInteger(type, i));
    if (term === null) return null;
    sum = checkedAdd(type, sum, term);
    // All further terms are 0 too.
    if (term === 0n) break;
  }
  if (sum === null) return null;
  return negative ? checkedDiv(type, one, sum) : sum;
}

const TWENTY = fromInteger(I32F32, 20n);

/** exp on I32F32 after clamping the argument to [-20, 20]: what the epoch uses. */
export function expSafe(xBits: bigint): bigint {
  const clamped = xBits < -TWENTY ? -TWENTY : xBits > TWENTY ? TWENTY : xBits;
  return exp(I32F32, clamped) ?? (clamped <= 0n ? 0n : I32F32.maxBits);
}

const halve = (bits: bigint): bigint => (bits >> 1n) + (bits & 1n);

/** log2(x) for x > 0; null for x <= 0 or where 1/x does not fit. */
export function log2(type: FixedType, xBits: bigint): bigint | null {
  if (xBits <= 0n) return null;
  if (xBits < type.oneBits) {
    const inverse = checkedDiv(type, type.oneBits, xBits);
    return inverse === null ? null : -log2AtLeastOne(type, inverse);
  }
  return log2AtLeastOne(type, xBits);
}

function log2AtLeastOne(type: FixedType, xBits: bigint): bigint {
  const one = type.oneBits;
  const two = one << 1n;
  let x = xBits;
  let integerPart = 0n;
  while (x >= two) {
    integerPart++;
    x = halve(x);
  }
  if (x === one) return integerPart << type.fractionBits;
  let result = integerPart;
  for (let i = 0n; i < type.fractionBits; i++) {
    x = (x * x) >> type.fractionBits;
    result <<= 1n;
    if (x >= two) {
      result |= 1n;
      x = halve(x);
    }
  }
  return result;
}

/** ln(x) for x > 0; null for x <= 0 or where 1/x does not fit. */
export function ln(type: FixedType, xBits: bigint): bigint | null {
  const log = log2(type, xBits);
  return log === null ? null : exactDiv(type, log, constant(type, LOG2_E_I9F23));
}

/** ln, and 0 where ln has no value. */
export const safeLn = (type: FixedType, xBits: bigint): bigint => ln(type, xBits) ?? 0n;

/** 1 / (1 + e^(-rho (x - kappa))) on I32F32 (spec 3.5; a helper that the epoch does not use). */
export function sigmoidSafe(xBits: bigint, rhoBits: bigint, kappaBits: bigint): bigint {
  const one = I32F32.oneBits;
  const offset = satSub(I32F32, xBits, kappaBits);
  const negatedRho = satMul(I32F32, rhoBits, -one);
  const power = expSafe(satMul(I32F32, negatedRho, offset));
  return safeDiv(I32F32, one, satAdd(I32F32, power, one));
}
