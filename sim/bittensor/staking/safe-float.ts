/**
 * SafeFloat: the decimal float in which the chain keeps shares of a hotkey's stake. A value is
 * mantissa * 10^exponent with 10^20 < mantissa <= 10^21, and zero is (0, 0). It never goes
 * negative. Source: spec/token-economics.md section 0.5 (primitives/share-pool).
 */
export interface SafeFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const MAX_MANTISSA = 10n ** 21n;
const MIN_MANTISSA = 10n ** 20n;
const MANTISSA_DIGITS = 21;
/** Mantissas are lined up over at most this many decimal places; beyond it the smaller vanishes. */
const MAX_SHIFT = MANTISSA_DIGITS + 1;

export const SAFE_FLOAT_ZERO: SafeFloat = { mantissa: 0n, exponent: 0 };

export const isZero = (value: SafeFloat): boolean => value.mantissa === 0n;

const powerOfTen = (digits: number): bigint => 10n ** BigInt(Math.min(digits, MAX_SHIFT));

/** The float of mantissa * 10^exponent; digits that do not fit are cut off, not rounded. */
export function safeFloat(mantissa: bigint, exponent = 0): SafeFloat {
  if (mantissa <= 0n) return SAFE_FLOAT_ZERO;
  let m = mantissa;
  let e = exponent;
  while (m > MAX_MANTISSA) {
    m /= 10n;
    e++;
  }
  while (m <= MIN_MANTISSA) {
    m *= 10n;
    e--;
  }
  return { mantissa: m, exponent: e };
}

/** Both mantissas at the larger of the two exponents, the other one's last digits cut off. */
function aligned(a: SafeFloat, b: SafeFloat): { a: bigint; b: bigint; exponent: number } {
  const exponent = Math.max(a.exponent, b.exponent);
  return {
    a: a.mantissa / powerOfTen(exponent - a.exponent),
    b: b.mantissa / powerOfTen(exponent - b.exponent),
    exponent,
  };
}

export function add(a: SafeFloat, b: SafeFloat): SafeFloat {
  if (isZero(a)) return b;
  if (isZero(b)) return a;
  const terms = aligned(a, b);
  return safeFloat(terms.a + terms.b, terms.exponent);
}

/** a - b, and zero where b is larger. */
export function subtract(a: SafeFloat, b: SafeFloat): SafeFloat {
  if (isZero(a) || isZero(b)) return a;
  const terms = aligned(a, b);
  return safeFloat(terms.a - terms.b, terms.exponent);
}

/** a / b; null for a zero divisor. */
export function divide(a: SafeFloat, b: SafeFloat): SafeFloat | null {
  if (isZero(b)) return null;
  return safeFloat(
    (a.mantissa * MAX_MANTISSA) / b.mantissa,
    a.exponent - b.exponent - MANTISSA_DIGITS,
  );
}

/** a * b / c with one truncation; null for a zero divisor. */
export function multiplyDivide(a: SafeFloat, b: SafeFloat, c: SafeFloat): SafeFloat | null {
  if (isZero(c)) return null;
  return safeFloat((a.mantissa * b.mantissa) / c.mantissa, a.exponent + b.exponent - c.exponent);
}

const U64_MAX = (1n << 64n) - 1n;

/** The floor as a u64, saturating. */
export function toU64(value: SafeFloat): bigint {
  const scale = powerOfTen(Math.abs(value.exponent));
  const floor = value.exponent > 0 ? value.mantissa * scale : value.mantissa / scale;
  return floor > U64_MAX ? U64_MAX : floor;
}
