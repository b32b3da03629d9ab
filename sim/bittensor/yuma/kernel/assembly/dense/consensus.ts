/**
 * Dense consensus: for 8 columns at a time, the smallest score v such that those who score above v
 * hold less than kappa (see ../consensus.ts for why that is the chain's median).
 *
 * With L(v) the votes of scores <= v and S all votes, that is L(v) > S - kappa, which is false below
 * the answer and true from it on. Between `low`, where it is false, and `high`, a score where it is
 * true, the answer is found by bisection over the bits; `high` always snaps down to the largest score
 * that is not above the pivot. Every second pivot is high - 1: if that is false, high is the answer.
 * At first L(0) is looked at: where it suffices, somebody scores 0 and the answer is 0; else low = 0.
 * And high is the largest score, with kappa > 0. As no pivot reaches the largest score, L stays
 * below 2^32, and may be computed modulo 2^32 as S less the votes above.
 *
 * Lanes compare as signed numbers, so scores are kept with their highest bit flipped.
 */
import { ONE, proportionFromU16 } from "../fixed";
import {
  activeStakeAt,
  consensusAt,
  denseWeightsAt,
  laneConsensusAt,
  laneScoresAt,
  laneVotesAt,
  voterRowAt,
  votesAt,
} from "../memory";
import { kappa, n } from "../parameters";
import { normalize } from "../vectors";
import { CODE_ONE } from "./lanes";
import { rowCount, stride, uidOf } from "./rows";

const FLIP: i32 = i32.MIN_VALUE;
/** Pivots halfway before every second one is high - 1. */
const FIRST_HALVINGS = 5;

let voterCount = 0;

/** False where kappa is 0 or above all votes, or one voter has them all: the lists know these cases. */
export function findDenseConsensus(): bool {
  memory.copy(votesAt, activeStakeAt, (<usize>n) << 3);
  normalize(votesAt, n);
  let total: i64 = 0;
  for (let uid = 0; uid < n; uid++) {
    const votes = load<i64>(votesAt + ((<usize>uid) << 3));
    if (votes >> 32 != 0) return false;
    total += votes;
  }
  const threshold = proportionFromU16(kappa);
  if (threshold == 0 || threshold > total) return false;
  listVoters();
  for (let column = 0; column < n; column += 8) {
    solve((<usize>column) << 2, total as i32, (total - threshold) as i32);
  }
  for (let column = 0; column < n; column++) {
    const bits = load<u32>(laneConsensusAt + ((<usize>column) << 2));
    const consensus = bits == CODE_ONE ? ONE : (bits as i64);
    store<i64>(consensusAt + ((<usize>column) << 3), consensus);
  }
  return true;
}

function listVoters(): void {
  voterCount = 0;
  for (let row = 0; row < rowCount; row++) {
    const votes = load<i64>(votesAt + ((<usize>uidOf(row)) << 3));
    if (votes == 0) continue;
    const start = denseWeightsAt + ((<usize>row * <usize>stride) << 2);
    store<u32>(voterRowAt + ((<usize>voterCount) << 2), start as u32);
    v128.store(laneVotesAt + ((<usize>voterCount) << 4), i32x4.splat(votes as i32));
    voterCount++;
  }
}

/** Copies the flipped scores of the 8 columns at byte `offset` together; high: the largest of each. */
let largestFirst = i32x4.splat(0);
let largestSecond = i32x4.splat(0);

function copyScores(offset: usize): void {
  const flip = i32x4.splat(FLIP);
  let first = flip;
  let second = flip;
  for (let voter = 0; voter < voterCount; voter++) {
    const from = (load<u32>(voterRowAt + ((<usize>voter) << 2)) as usize) + offset;
    const to = laneScoresAt + ((<usize>voter) << 5);
    const a = v128.xor(v128.load(from), flip);
    const b = v128.xor(v128.load(from, 16), flip);
    v128.store(to, a);
    v128.store(to, b, 16);
    first = i32x4.max_s(first, a);
    second = i32x4.max_s(second, b);
  }
  largestFirst = first;
  largestSecond = second;
}

function solve(offset: usize, total: i32, minority: i32): void {
  copyScores(offset);
  const flip = i32x4.splat(FLIP);
  const one = i32x4.splat(1);
  const all = i32x4.splat(total);
  const enough = i32x4.splat(minority ^ FLIP);
  let lowA = flip;
  let lowB = flip;
  let highA = largestFirst;
  let highB = largestSecond;
  let pivotA = flip;
  let pivotB = flip;
  let zeroA = i32x4.splat(0);
  let zeroB = i32x4.splat(0);
  for (let round = 0; ; round++) {
    // The votes above the pivots, and how far below each the next score lies.
    let aboveA = i32x4.splat(0);
    let aboveB = i32x4.splat(0);
    let gapA = i32x4.splat(-1);
    let gapB = i32x4.splat(-1);
    const end = laneVotesAt + ((<usize>voterCount) << 4);
    let scores = laneScoresAt;
    for (let votes = laneVotesAt; votes < end; votes += 16, scores += 32) {
      const vote = v128.load(votes);
      const a = v128.load(scores);
      const b = v128.load(scores, 16);
      aboveA = i32x4.add(aboveA, v128.and(vote, i32x4.gt_s(a, pivotA)));
      aboveB = i32x4.add(aboveB, v128.and(vote, i32x4.gt_s(b, pivotB)));
      gapA = i32x4.min_u(gapA, i32x4.sub(pivotA, a));
      gapB = i32x4.min_u(gapB, i32x4.sub(pivotB, b));
    }
    let isEnoughA = i32x4.gt_s(v128.xor(i32x4.sub(all, aboveA), flip), enough);
    let isEnoughB = i32x4.gt_s(v128.xor(i32x4.sub(all, aboveB), flip), enough);
    if (round == 0) {
      // Where the answer is 0 the lane is closed: low = 0, high = 1.
      zeroA = v128.or(isEnoughA, i32x4.eq(highA, flip));
      zeroB = v128.or(isEnoughB, i32x4.eq(highB, flip));
      highA = v128.bitselect(i32x4.add(flip, one), highA, zeroA);
      highB = v128.bitselect(i32x4.add(flip, one), highB, zeroB);
    } else {
      isEnoughA = v128.andnot(isEnoughA, zeroA);
      isEnoughB = v128.andnot(isEnoughB, zeroB);
      highA = v128.bitselect(i32x4.sub(pivotA, gapA), highA, isEnoughA);
      highB = v128.bitselect(i32x4.sub(pivotB, gapB), highB, isEnoughB);
      lowA = v128.bitselect(lowA, pivotA, isEnoughA);
      lowB = v128.bitselect(lowB, pivotB, isEnoughB);
    }
    const widthA = i32x4.sub(highA, lowA);
    const widthB = i32x4.sub(highB, lowB);
    const open = v128.or(i32x4.ne(widthA, one), i32x4.ne(widthB, one));
    if (!v128.any_true(open)) break;
    const halve = round < FIRST_HALVINGS || (round & 1) == 0;
    pivotA = halve ? i32x4.add(lowA, i32x4.shr_u(widthA, 1)) : i32x4.sub(highA, one);
    pivotB = halve ? i32x4.add(lowB, i32x4.shr_u(widthB, 1)) : i32x4.sub(highB, one);
  }
  const to = laneConsensusAt + offset;
  v128.store(to, v128.andnot(v128.xor(highA, flip), zeroA));
  v128.store(to, v128.andnot(v128.xor(highB, flip), zeroB), 16);
}
