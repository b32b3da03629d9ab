/** Normals from Philox4x32-10, bit for bit those of sim/random.ts and sim/portable-math.ts. */

const LN2: f64 = 0.6931471805599453;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const SQRT2: f64 = 1.4142135623730951;

/** The numbers of the last trial, and the factor that makes normals of them. */
export let trialU: f64 = 0;
export let trialV: f64 = 0;
export let trialLength: f64 = 0;

function uniformOf(first: u32, second: u32): f64 {
  return (<f64>(first >>> 5) * 67108864.0 + <f64>(second >>> 6)) / 9007199254740992.0;
}

/** Draws trials from block `index` on until one is good; gives the next index. A trial is a block. */
export function drawPair(k0: u32, k1: u32, c2: u32, c3: u32, start: u64): u64 {
  let index = start;
  let square: f64 = 0;
  do {
    let a = <u32>index;
    let b = <u32>(index >>> 32);
    let c = c2;
    let d = c3;
    let key0 = k0;
    let key1 = k1;
    index++;
    for (let round = 0; round < 10; round++) {
      const first = <u64>a * 0xd2511f53;
      const second = <u64>c * 0xcd9e8d57;
      a = <u32>(second >>> 32) ^ b ^ key0;
      b = <u32>second;
      c = <u32>(first >>> 32) ^ d ^ key1;
      d = <u32>first;
      key0 += 0x9e3779b9;
      key1 += 0xbb67ae85;
    }
    trialU = 2.0 * uniformOf(a, b) - 1.0;
    trialV = 2.0 * uniformOf(c, d) - 1.0;
    square = trialU * trialU + trialV * trialV;
  } while (square <= 0.0 || square >= 1.0);
  trialLength = sqrt<f64>((-2.0 * ln(square)) / square);
  return index;
}

/** Of a normal number. */
function ln(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >>> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent++;
  }
  const f = mantissa - 1.0;
  const s = f / (2.0 + f);
  const z = s * s;
  let tail: f64 = 0.0;
  tail = z * (1.0 / 21.0 + tail);
  tail = z * (1.0 / 19.0 + tail);
  tail = z * (1.0 / 17.0 + tail);
  tail = z * (1.0 / 15.0 + tail);
  tail = z * (1.0 / 13.0 + tail);
  tail = z * (1.0 / 11.0 + tail);
  tail = z * (1.0 / 9.0 + tail);
  tail = z * (1.0 / 7.0 + tail);
  tail = z * (1.0 / 5.0 + tail);
  tail = z * (1.0 / 3.0 + tail);
  const e = <f64>exponent;
  return e * LN2_HIGH + (e * LN2_LOW + 2.0 * (s + s * tail));
}

/** e^x of both lanes, for results that are normal numbers. */
export function expPair(x: v128): v128 {
  const k = roundPair(f64x2.div(x, f64x2.splat(LN2)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(LN2_LOW)));
  const one = f64x2.splat(1.0);
  let sum = f64x2.splat(0.0);
  for (let n: f64 = 14.0; n >= 1.0; n -= 1.0) {
    sum = f64x2.mul(f64x2.div(r, f64x2.splat(n)), f64x2.add(one, sum));
  }
  return f64x2.mul(f64x2.add(one, sum), powersOfTwo(k));
}

function powersOfTwo(k: v128): v128 {
  const first = reinterpret<f64>((<u64>(<i64>f64x2.extract_lane(k, 0) + 1023)) << 52);
  const second = reinterpret<f64>((<u64>(<i64>f64x2.extract_lane(k, 1) + 1023)) << 52);
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/** To the nearest whole number, halves up, as Math.round. */
export function roundPair(x: v128): v128 {
  const below = f64x2.floor(x);
  const isUp = f64x2.ge(f64x2.sub(x, below), f64x2.splat(0.5));
  return f64x2.add(below, v128.and(isUp, f64x2.splat(1.0)));
}

export function roundHalfUp(x: f64): f64 {
  const below = floor<f64>(x);
  return x - below >= 0.5 ? below + 1.0 : below;
}
