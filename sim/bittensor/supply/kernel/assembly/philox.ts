/** Normals from Philox4x32-10, bit for bit those of sim/random.ts and sim/portable-math.ts. */

const LN2: f64 = 0.6931471805599453;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const SQRT2: f64 = 1.4142135623730951;

/**
 * Four trials of the polar method, one a block of random words: numbers u and v, and the factor that
 * makes normals of both; a factor of 0 is a trial that failed. f64 each, four of each.
 */
const TRIALS = memory.data(3 * 4 * 8, 16);
const V: usize = 32;
const LENGTH: usize = 64;
/** Of the stream at hand: the block of the first trial, and which of the four comes next. */
let firstBlock: u64 = 0;
let taken: usize = 0;

/** The numbers of the last good trial, and its factor. */
export let trialU: f64 = 0;
export let trialV: f64 = 0;
export let trialLength: f64 = 0;

/** Goes on with a stream at a block; `key` is where its four u32 lie. */
export function openStream(key: usize, block: u64): void {
  firstBlock = block;
  taken = 0;
  tryFour(key, block);
}

/** The block at which the stream at hand goes on. */
export function streamPosition(): u64 {
  return firstBlock + <u64>taken;
}

/** The next good trial of the stream at hand. */
export function drawPair(key: usize): void {
  let at: usize = 0;
  do {
    if (taken === 4) openStream(key, firstBlock + 4);
    at = TRIALS + (taken << 3);
    taken++;
    trialLength = load<f64>(at, LENGTH);
  } while (trialLength === 0.0);
  trialU = load<f64>(at);
  trialV = load<f64>(at, V);
}

function tryFour(key: usize, block: u64): void {
  const last = block + 3;
  const low = i32x4.add(i32x4.splat(<i32>block), i32x4(0, 1, 2, 3));
  // The upper words differ only where the lower ones wrap.
  const wraps = i32x4.lt_u(low, i32x4.splat(<i32>block));
  const high = v128.bitselect(
    i32x4.splat(<i32>(last >>> 32)),
    i32x4.splat(<i32>(block >>> 32)),
    wraps,
  );
  let a = low;
  let b = high;
  let c = i32x4.splat(load<i32>(key, 8));
  let d = i32x4.splat(load<i32>(key, 12));
  let key0 = load<u32>(key);
  let key1 = load<u32>(key, 4);
  const factor0 = i32x4.splat(0xd2511f53);
  const factor1 = i32x4.splat(0xcd9e8d57);
  for (let round = 0; round < 10; round++) {
    const firstLow = i64x2.extmul_low_i32x4_u(a, factor0);
    const firstHigh = i64x2.extmul_high_i32x4_u(a, factor0);
    const secondLow = i64x2.extmul_low_i32x4_u(c, factor1);
    const secondHigh = i64x2.extmul_high_i32x4_u(c, factor1);
    const top0 = v128.shuffle<i32>(firstLow, firstHigh, 1, 3, 5, 7);
    const top1 = v128.shuffle<i32>(secondLow, secondHigh, 1, 3, 5, 7);
    a = v128.xor(v128.xor(top1, b), i32x4.splat(key0));
    b = v128.shuffle<i32>(secondLow, secondHigh, 0, 2, 4, 6);
    c = v128.xor(v128.xor(top0, d), i32x4.splat(key1));
    d = v128.shuffle<i32>(firstLow, firstHigh, 0, 2, 4, 6);
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  storeTrials(0, a, b, c, d);
  storeTrials(16, upperHalf(a), upperHalf(b), upperHalf(c), upperHalf(d));
}

function upperHalf(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 2, 3, 2, 3);
}

/** Of the words in the first two lanes. */
function storeTrials(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  const u = numberOf(a, b);
  const v = numberOf(c, d);
  const square = f64x2.add(f64x2.mul(u, u), f64x2.mul(v, v));
  const isGood = v128.and(f64x2.gt(square, f64x2.splat(0.0)), f64x2.lt(square, f64x2.splat(1.0)));
  const ratio = f64x2.div(f64x2.mul(f64x2.splat(-2.0), lnPair(square)), square);
  v128.store(TRIALS + at, u);
  v128.store(TRIALS + at + V, v);
  v128.store(TRIALS + at + LENGTH, v128.and(isGood, f64x2.sqrt(ratio)));
}

/** From -1 to 1, of 53 random bits. */
function numberOf(first: v128, second: v128): v128 {
  const high = f64x2.convert_low_i32x4_u(i32x4.shr_u(first, 5));
  const low = f64x2.convert_low_i32x4_u(i32x4.shr_u(second, 6));
  const bits = f64x2.add(f64x2.mul(high, f64x2.splat(67108864.0)), low);
  const uniform = f64x2.div(bits, f64x2.splat(9007199254740992.0));
  return f64x2.sub(f64x2.mul(f64x2.splat(2.0), uniform), f64x2.splat(1.0));
}

/** Of normal numbers above 0. */
function lnPair(x: v128): v128 {
  const one = f64x2.splat(1.0);
  const raised = i64x2.shr_u(x, 52);
  const biased = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(raised, raised, 0, 2, 0, 2));
  const fraction = v128.and(x, i64x2.splat(0xfffffffffffff));
  const plain = v128.or(fraction, i64x2.splat(0x3ff0000000000000));
  const isLarge = f64x2.gt(plain, f64x2.splat(SQRT2));
  const mantissa = v128.bitselect(f64x2.mul(plain, f64x2.splat(0.5)), plain, isLarge);
  const e = f64x2.add(f64x2.sub(biased, f64x2.splat(1023.0)), v128.and(isLarge, one));
  const f = f64x2.sub(mantissa, one);
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2.0), f));
  const z = f64x2.mul(s, s);
  let tail = f64x2.mul(z, f64x2.splat(1.0 / 21.0));
  tail = lnTerm(z, tail, 1.0 / 19.0);
  tail = lnTerm(z, tail, 1.0 / 17.0);
  tail = lnTerm(z, tail, 1.0 / 15.0);
  tail = lnTerm(z, tail, 1.0 / 13.0);
  tail = lnTerm(z, tail, 1.0 / 11.0);
  tail = lnTerm(z, tail, 1.0 / 9.0);
  tail = lnTerm(z, tail, 1.0 / 7.0);
  tail = lnTerm(z, tail, 1.0 / 5.0);
  tail = lnTerm(z, tail, 1.0 / 3.0);
  const series = f64x2.mul(f64x2.splat(2.0), f64x2.add(s, f64x2.mul(s, tail)));
  const small = f64x2.add(f64x2.mul(e, f64x2.splat(LN2_LOW)), series);
  return f64x2.add(f64x2.mul(e, f64x2.splat(LN2_HIGH)), small);
}

function lnTerm(z: v128, tail: v128, part: f64): v128 {
  return f64x2.mul(z, f64x2.add(f64x2.splat(part), tail));
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
