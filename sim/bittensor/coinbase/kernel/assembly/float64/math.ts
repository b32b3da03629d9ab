/**
 * ln and exp from + - * / alone, so that every machine rounds them alike; relative error below
 * 1e-15. The same reductions as in sim/portable-math.ts.
 */

const LN2: f64 = 0.6931471805599453;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const SQRT2: f64 = 1.4142135623730951;
/** Below this the first terms of a series are enough. */
const SMALL: f64 = 0.0009765625;
/** And below 2^-18 the first three. */
const TINY: f64 = 0.000003814697265625;

/** The natural logarithm of a positive normal number. */
export function ln(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent++;
  }
  const f = mantissa - 1.0;
  const s = f / (2.0 + f);
  const z = s * s;
  let tail: f64 = 0;
  for (let n: f64 = 21; n >= 3; n -= 2) tail = z * (1.0 / n + tail);
  return <f64>exponent * LN2_HIGH + (<f64>exponent * LN2_LOW + 2.0 * (s + s * tail));
}

/** e^x for x from -700 to 700. */
export function exp(x: f64): f64 {
  const k = nearest(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum: f64 = 0;
  for (let n: f64 = 14; n >= 1; n--) sum = (r / n) * (1.0 + sum);
  return (1.0 + sum) * reinterpret<f64>((<u64>(<i64>k + 1023)) << 52);
}

/** 1 - (1 - t)^a for 0 <= t < 1 and a > 0, precise for small t. */
export function oneMinusPower(t: f64, a: f64): f64 {
  const z = a * (t < SMALL ? minusLogOfOneMinus(t) : -ln(1.0 - t));
  return abs(z) < SMALL ? oneMinusExp(z) : 1.0 - exp(max(-z, -700.0));
}

/** -ln(1 - t) = t + t^2/2 + ... for t up to 2^-10: what is left out is below 2^-60 of the sum. */
export function minusLogOfOneMinus(t: f64): f64 {
  if (t < TINY) return t * (1.0 + t * (1.0 / 2.0 + t * (1.0 / 3.0)));
  return (
    t *
    (1.0 + t * (1.0 / 2.0 + t * (1.0 / 3.0 + t * (1.0 / 4.0 + t * (1.0 / 5.0 + t * (1.0 / 6.0))))))
  );
}

/** 1 - exp(-z) for |z| up to 2^-10: what is left out is below 2^-59 of the sum. */
export function oneMinusExp(z: f64): f64 {
  if (abs(z) < TINY) return z * (1.0 - z * (1.0 / 2.0) * (1.0 - z * (1.0 / 3.0)));
  return (
    z *
    (1.0 -
      z * (1.0 / 2.0) * (1.0 - z * (1.0 / 3.0) * (1.0 - z * (1.0 / 4.0) * (1.0 - z * (1.0 / 5.0)))))
  );
}

/** `oneMinusPower` of two numbers, where both they and the results are tiny. */
export function oneMinusPowerPair(t: v128, a: v128): v128 {
  const one = f64x2.splat(1.0);
  const tail = f64x2.add(f64x2.splat(1.0 / 2.0), f64x2.mul(t, f64x2.splat(1.0 / 3.0)));
  const z = f64x2.mul(a, f64x2.mul(t, f64x2.add(one, f64x2.mul(t, tail))));
  isTiny = i64x2.all_true(v128.and(f64x2.lt(t, f64x2.splat(TINY)), f64x2.lt(z, f64x2.splat(TINY))));
  const third = f64x2.sub(one, f64x2.mul(z, f64x2.splat(1.0 / 3.0)));
  const half = f64x2.sub(one, f64x2.mul(f64x2.mul(z, f64x2.splat(1.0 / 2.0)), third));
  return f64x2.mul(z, half);
}

/** Whether what the last call returned holds. */
export let isTiny: bool = false;
