/**
 * The fixed-point numbers of the chain (substrate-fixed 0.6.0) as bigint: a value is the raw
 * integer `bits`, and a `FixedType` says how wide it is and where its binary point stands.
 * This is the readable, exact form; the kernels do the same on 64-bit integers.
 * Source: spec/yuma-epoch.md section 3, spec/token-economics.md section 0.2.
 */
export interface FixedType {
  readonly name: string;
  /** Fraction bits f: a value x is stored as x * 2^f. */
  readonly fractionBits: bigint;
  readonly signed: boolean;
  readonly minBits: bigint;
  readonly maxBits: bigint;
  /** The number one, 2^f. */
  readonly oneBits: bigint;
}

function fixedType(name: string, totalBits: bigint, fractionBits: bigint): FixedType {
  const signed = name.startsWith("I");
  const oneBits = 1n << fractionBits;
  return signed
    ? {
        name,
        fractionBits,
        signed,
        oneBits,
        minBits: -(1n << (totalBits - 1n)),
        maxBits: (1n << (totalBits - 1n)) - 1n,
      }
    : { name, fractionBits, signed, oneBits, minBits: 0n, maxBits: (1n << totalBits) - 1n };
}

export const I32F32 = fixedType("I32F32", 64n, 32n);
export const I64F64 = fixedType("I64F64", 128n, 64n);
export const I96F32 = fixedType("I96F32", 128n, 32n);
export const U96F32 = fixedType("U96F32", 128n, 32n);
export const U64F64 = fixedType("U64F64", 128n, 64n);

export function saturate(type: FixedType, bits: bigint): bigint {
  if (bits < type.minBits) return type.minBits;
  return bits > type.maxBits ? type.maxBits : bits;
}

/** The value if the type can hold it, otherwise null: what the chain's `checked_*` return. */
export function checked(type: FixedType, bits: bigint): bigint | null {
  return bits < type.minBits || bits > type.maxBits ? null : bits;
}

/** a*b floored to the fraction (the double-width product is shifted arithmetically). */
export function exactMul(type: FixedType, a: bigint, b: bigint): bigint {
  return (a * b) >> type.fractionBits;
}

/** a/b truncated toward zero, as bigint division is. The divisor must not be 0. */
export function exactDiv(type: FixedType, a: bigint, b: bigint): bigint {
  return (a << type.fractionBits) / b;
}

export const satAdd = (t: FixedType, a: bigint, b: bigint): bigint => saturate(t, a + b);
export const satSub = (t: FixedType, a: bigint, b: bigint): bigint => saturate(t, a - b);
export const satMul = (t: FixedType, a: bigint, b: bigint): bigint =>
  saturate(t, exactMul(t, a, b));

/** Saturating division. Throws RangeError on a zero divisor, where the chain panics. */
export function satDiv(type: FixedType, a: bigint, b: bigint): bigint {
  if (b === 0n) throw new RangeError(`${type.name}: division by zero`);
  return saturate(type, exactDiv(type, a, b));
}

export const checkedAdd = (t: FixedType, a: bigint, b: bigint): bigint | null => checked(t, a + b);
export const checkedSub = (t: FixedType, a: bigint, b: bigint): bigint | null => checked(t, a - b);
export const checkedMul = (t: FixedType, a: bigint, b: bigint): bigint | null =>
  checked(t, exactMul(t, a, b));
export const checkedDiv = (t: FixedType, a: bigint, b: bigint): bigint | null =>
  b === 0n ? null : checked(t, exactDiv(t, a, b));

/** Checked division, `fallbackBits` where the divisor is 0 or the quotient does not fit. */
export const safeDivOr = (t: FixedType, a: bigint, b: bigint, fallbackBits: bigint): bigint =>
  checkedDiv(t, a, b) ?? fallbackBits;

/** Checked division, 0 where the divisor is 0 or the quotient does not fit. */
export const safeDiv = (t: FixedType, a: bigint, b: bigint): bigint => safeDivOr(t, a, b, 0n);

/** An integer as fixed point, saturating. */
export const fromInteger = (t: FixedType, value: bigint): bigint =>
  saturate(t, value << t.fractionBits);

/** The floor as an integer clamped to 0 ... `maxInteger` (u64 unless told). */
export function toUnsigned(type: FixedType, bits: bigint, maxInteger = U64_MAX): bigint {
  const floor = bits >> type.fractionBits;
  if (floor < 0n) return 0n;
  return floor > maxInteger ? maxInteger : floor;
}

export const U64_MAX = (1n << 64n) - 1n;
export const U16_MAX = 65_535n;

/** Nearest integer, ties away from zero, as fixed-point bits of the same type (may exceed it). */
export function roundHalfAway(type: FixedType, bits: bigint): bigint {
  const half = type.oneBits >> 1n;
  const magnitude = bits < 0n ? -bits : bits;
  const rounded = ((magnitude + half) >> type.fractionBits) << type.fractionBits;
  return bits < 0n ? -rounded : rounded;
}

/** The whole part, toward zero, as fixed-point bits of the same type. */
export const truncate = (type: FixedType, bits: bigint): bigint =>
  (bits / type.oneBits) << type.fractionBits;

/** Another fixed-point type's bits: dropped fraction bits are floored, then saturated. */
export function convert(from: FixedType, to: FixedType, bits: bigint): bigint {
  const shift = to.fractionBits - from.fractionBits;
  return saturate(to, shift >= 0n ? bits << shift : bits >> -shift);
}

/** A double as fixed point: nearest, ties to even, saturating. Throws RangeError on NaN. */
export function fromFloat(type: FixedType, value: number): bigint {
  if (Number.isNaN(value)) throw new RangeError(`${type.name}: NaN has no fixed-point value`);
  if (!Number.isFinite(value)) return value > 0 ? type.maxBits : type.minBits;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const raw = view.getBigUint64(0);
  const exponentField = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xf_ffff_ffff_ffffn;
  const mantissa = exponentField === 0n ? fraction : fraction | (1n << 52n);
  const exponent = (exponentField === 0n ? 1n : exponentField) - 1075n + type.fractionBits;
  const magnitude = exponent >= 0n ? mantissa << exponent : roundShiftEven(mantissa, -exponent);
  return saturate(type, raw >> 63n ? -magnitude : magnitude);
}

function roundShiftEven(magnitude: bigint, shift: bigint): bigint {
  const floor = magnitude >> shift;
  const rest = magnitude - (floor << shift);
  const half = 1n << (shift - 1n);
  const up = rest > half || (rest === half && (floor & 1n) === 1n);
  return up ? floor + 1n : floor;
}

/** The nearest double: for people and charts, never for the exact path. */
export function toFloat(type: FixedType, bits: bigint): number {
  return Number(bits) / Number(type.oneBits);
}
