/**
 * Numbers as the unevaluated sum of two doubles: 106 bits, from operations that IEEE 754 rounds
 * alike everywhere. Algorithms and error bounds (u = 2^-53): Joldes, Muller, Popescu, "Tight and
 * rigorous error bounds for basic building blocks of double-word arithmetic", 2017; the product is
 * split after Dekker, because there is no fused multiply-add.
 */
export interface Double2 {
  readonly high: number;
  /** At most half a unit in the last place of `high`. */
  readonly low: number;
}

const SPLITTER = 134_217_729; // 2^27 + 1

export const double2 = (high: number, low = 0): Double2 => ({ high, low });

/** An integer below 2^106, exactly. */
export function fromBigInt(value: bigint): Double2 {
  const high = Number(value);
  return { high, low: Number(value - BigInt(high)) };
}

/** a + b exactly, for |a| >= |b|. */
function quickSum(a: number, b: number): Double2 {
  const high = a + b;
  return { high, low: b - (high - a) };
}

/** Relative error at most 3u^2 + 13u^3. */
export function add(x: Double2, y: Double2): Double2 {
  const sum = x.high + y.high;
  const part = sum - x.high;
  const rest = x.high - (sum - part) + (y.high - part);
  const lowSum = x.low + y.low;
  const lowPart = lowSum - x.low;
  const lowRest = x.low - (lowSum - lowPart) + (y.low - lowPart);
  const first = quickSum(sum, rest + lowSum);
  return quickSum(first.high, lowRest + first.low);
}

/** a * b exactly; no overflow below 2^996. */
function exactProduct(a: number, b: number): Double2 {
  const high = a * b;
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return { high, low: aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

/** Relative error at most 7u^2. */
export function multiply(x: Double2, y: Double2): Double2 {
  const product = exactProduct(x.high, y.high);
  return quickSum(product.high, product.low + (x.high * y.low + x.low * y.high));
}

/** By a double; relative error at most 3u^2. */
export function scale(x: Double2, factor: number): Double2 {
  const product = exactProduct(x.high, factor);
  const first = quickSum(product.high, x.low * factor);
  return quickSum(first.high, first.low + product.low);
}

/** Relative error at most 15u^2 + 56u^3. */
export function divide(x: Double2, y: Double2): Double2 {
  const quotient = x.high / y.high;
  const back = scale(y, quotient);
  const rest = x.high - back.high + (x.low - back.low);
  return quickSum(quotient, rest / y.high);
}

export const negate = ({ high, low }: Double2): Double2 => ({ high: -high, low: -low });
