/**
 * The weighted median of each column: the largest weight that at least kappa of the stake sets or
 * exceeds. A block's columns are searched together, between a weight LOW that kappa of the stake
 * exceeds and a weight HIGH that less of it exceeds: first at guessed places, then by halving, then
 * from one weight that occurs to the next. So the result is a weight that some validator set, as on
 * the chain, whatever the guesses were. T is f32 or f64, I the integer of its
 * width. pmin and pmax because they are one instruction; there is no NaN and no negative zero.
 */
import { BLOCK_BYTES, consensus, STAKE_PARTS, scratch, stakeParts, weights } from "./layout";

const GUESSES: i32 = 2;
const HALVINGS: i32 = 6;

// Scratch vectors, each as long as a block's row: T, and with STAKE the integers of those above it.
const LOW: usize = 0;
const HIGH: usize = 64;
const MIDDLE: usize = 128;
const LOW_STAKE: usize = 192;
const HIGH_STAKE: usize = 256;
const MIDDLE_STAKE: usize = 320;

/** Fills `consensus`; gives the least distance of a column's decision from its threshold, in parts. */
export function findConsensus<T, I>(rows: i32, blocks: i32, kappaParts: i32): i32 {
  let margin = STAKE_PARTS;
  for (let block = 0; block < blocks; block++) {
    const cells = weights + <usize>block * <usize>rows * BLOCK_BYTES;
    searchBlock<T, I>(cells, rows, kappaParts);
    memory.copy(consensus + <usize>block * BLOCK_BYTES, scratch + HIGH, BLOCK_BYTES);
    margin = min(margin, blockMargin<I>(kappaParts));
  }
  return margin;
}

/** Leaves the columns' medians in HIGH, and the stakes above the bounds around them. */
function searchBlock<T, I>(cells: usize, rows: i32, kappaParts: i32): void {
  memory.fill(scratch, 0, 6 * BLOCK_BYTES);
  columnMaxima<T>(cells, rows);
  stakeAbove<T, I>(cells, rows);
  withoutSupport<I>(kappaParts);
  for (let step = 0; step < GUESSES; step++) {
    guess<T, I>(kappaParts);
    stakeAbove<T, I>(cells, rows);
    narrow<I>(kappaParts);
  }
  for (let step = 0; step < HALVINGS; step++) {
    halve<T>();
    stakeAbove<T, I>(cells, rows);
    narrow<I>(kappaParts);
  }
  // Each turn passes one weight in every column that is not decided.
  for (let step = 0; step <= rows; step++) {
    nextWeight<T>(cells, rows);
    stakeAbove<T, I>(cells, rows);
    if (narrow<I>(kappaParts)) return;
  }
}

function columnMaxima<T>(cells: usize, rows: i32): void {
  let a = v128.load(cells);
  let b = v128.load(cells, 16);
  let c = v128.load(cells, 32);
  let d = v128.load(cells, 48);
  const end = cells + <usize>rows * BLOCK_BYTES;
  for (let at = cells + BLOCK_BYTES; at < end; at += BLOCK_BYTES) {
    a = v128.pmax<T>(a, v128.load(at));
    b = v128.pmax<T>(b, v128.load(at, 16));
    c = v128.pmax<T>(c, v128.load(at, 32));
    d = v128.pmax<T>(d, v128.load(at, 48));
  }
  store4(scratch + HIGH, a, b, c, d);
}

/** MIDDLE_STAKE = the stake of those whose weight exceeds MIDDLE, by column. */
function stakeAbove<T, I>(cells: usize, rows: i32): void {
  const ta = v128.load(scratch + MIDDLE);
  const tb = v128.load(scratch + MIDDLE, 16);
  const tc = v128.load(scratch + MIDDLE, 32);
  const td = v128.load(scratch + MIDDLE, 48);
  let a = v128.splat<I>(0);
  let b = a;
  let c = a;
  let d = a;
  let parts = stakeParts;
  const end = cells + <usize>rows * BLOCK_BYTES;
  for (let at = cells; at < end; at += BLOCK_BYTES) {
    const own = v128.load_splat<I>(parts);
    a = v128.add<I>(a, v128.and(own, v128.gt<T>(v128.load(at), ta)));
    b = v128.add<I>(b, v128.and(own, v128.gt<T>(v128.load(at, 16), tb)));
    c = v128.add<I>(c, v128.and(own, v128.gt<T>(v128.load(at, 32), tc)));
    d = v128.add<I>(d, v128.and(own, v128.gt<T>(v128.load(at, 48), td)));
    parts += sizeof<I>();
  }
  store4(scratch + MIDDLE_STAKE, a, b, c, d);
}

/** Columns that less than kappa of the stake weighs at all have the consensus 0. */
function withoutSupport<I>(kappaParts: i32): void {
  const least = v128.splat<I>(<I>kappaParts - 1);
  for (let k: usize = 0; k < BLOCK_BYTES; k += 16) {
    const above = v128.load(scratch + MIDDLE_STAKE + k);
    const supported = v128.gt<I>(above, least);
    v128.store(scratch + HIGH + k, v128.and(v128.load(scratch + HIGH + k), supported));
    v128.store(scratch + LOW_STAKE + k, above);
    v128.store(scratch + HIGH_STAKE + k, v128.andnot(above, supported));
  }
}

/** MIDDLE = where the median would be if weights lay evenly between LOW and HIGH. */
function guess<T, I>(kappaParts: i32): void {
  for (let k: usize = 0; k < BLOCK_BYTES; k += sizeof<T>()) {
    const low = load<T>(scratch + LOW + k);
    const high = load<T>(scratch + HIGH + k);
    const lowStake = load<I>(scratch + LOW_STAKE + k);
    const between = lowStake - load<I>(scratch + HIGH_STAKE + k);
    const part: T = between == <I>0 ? <T>0 : <T>(lowStake - <I>kappaParts) / <T>between;
    const middle = low + (high - low) * part;
    store<T>(scratch + MIDDLE + k, middle < high ? middle : low);
  }
}

/** MIDDLE = half way, or LOW where there is nothing between LOW and HIGH. */
function halve<T>(): void {
  const half = v128.splat<T>(<T>0.5);
  for (let k: usize = 0; k < BLOCK_BYTES; k += 16) {
    const low = v128.load(scratch + LOW + k);
    const high = v128.load(scratch + HIGH + k);
    const middle = v128.add<T>(low, v128.mul<T>(v128.sub<T>(high, low), half));
    v128.store(scratch + MIDDLE + k, v128.bitselect(middle, low, v128.gt<T>(high, middle)));
  }
}

/** Goes to the side of MIDDLE on which the median is; true where no column's is above it. */
function narrow<I>(kappaParts: i32): bool {
  const least = v128.splat<I>(<I>kappaParts - 1);
  let higher = v128.splat<I>(0);
  for (let k: usize = 0; k < BLOCK_BYTES; k += 16) {
    const above = v128.load(scratch + MIDDLE_STAKE + k);
    const supported = v128.gt<I>(above, least);
    choose(supported, LOW + k, MIDDLE + k);
    choose(supported, LOW_STAKE + k, MIDDLE_STAKE + k);
    choose(v128.not(supported), HIGH + k, MIDDLE + k);
    choose(v128.not(supported), HIGH_STAKE + k, MIDDLE_STAKE + k);
    higher = v128.or(higher, supported);
  }
  return !v128.any_true(higher);
}

function choose(where: v128, to: usize, from: usize): void {
  const value = v128.bitselect(v128.load(scratch + from), v128.load(scratch + to), where);
  v128.store(scratch + to, value);
}

/**
 * MIDDLE = the least weight above LOW; 0 where HIGH is. A weight that is not above LOW becomes a NaN,
 * which pmin passes over.
 */
function nextWeight<T>(cells: usize, rows: i32): void {
  const la = v128.load(scratch + LOW);
  const lb = v128.load(scratch + LOW, 16);
  const lc = v128.load(scratch + LOW, 32);
  const ld = v128.load(scratch + LOW, 48);
  let a = v128.load(scratch + HIGH);
  let b = v128.load(scratch + HIGH, 16);
  let c = v128.load(scratch + HIGH, 32);
  let d = v128.load(scratch + HIGH, 48);
  const end = cells + <usize>rows * BLOCK_BYTES;
  for (let at = cells; at < end; at += BLOCK_BYTES) {
    const wa = v128.load(at);
    const wb = v128.load(at, 16);
    const wc = v128.load(at, 32);
    const wd = v128.load(at, 48);
    a = v128.pmin<T>(a, v128.or(wa, v128.le<T>(wa, la)));
    b = v128.pmin<T>(b, v128.or(wb, v128.le<T>(wb, lb)));
    c = v128.pmin<T>(c, v128.or(wc, v128.le<T>(wc, lc)));
    d = v128.pmin<T>(d, v128.or(wd, v128.le<T>(wd, ld)));
  }
  store4(scratch + MIDDLE, a, b, c, d);
}

/** No weight lies between a bound and the median, so the stakes above the bounds decided it. */
function blockMargin<I>(kappaParts: i32): i32 {
  let margin = STAKE_PARTS;
  for (let k: usize = 0; k < BLOCK_BYTES; k += sizeof<I>()) {
    margin = min(margin, kappaParts - <i32>load<I>(scratch + HIGH_STAKE + k));
    const low = <i32>load<I>(scratch + LOW_STAKE + k) - kappaParts;
    if (low >= 0) margin = min(margin, low);
  }
  return margin;
}

function store4(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
}
