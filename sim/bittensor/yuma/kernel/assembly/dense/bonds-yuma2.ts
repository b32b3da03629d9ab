/** Dense bonds of Yuma 2 and their dividends (spec 5.9a). */
import { ONE } from "../fixed";
import {
  bondStartAt,
  denseBondsAt,
  denseStoredAt,
  dividendsAt,
  divisorsAt,
  laneIncentiveAt,
  laneMaximumAt,
  laneSumAt,
  otherDivisorsAt,
  wideSumAt,
} from "../memory";
import { movingAverageAlpha } from "../moving-average";
import { n } from "../parameters";
import { normalize } from "../vectors";
import { addWide, CODE_ONE, mulHigh, ones, sumWide } from "./lanes";
import { divideLanes, setDivisors } from "./reciprocals";
import { countOf, heldBonds, rowCount, stride, uidOf } from "./rows";

/**
 * denseBonds: shares, which are stored over the divisors of their columns. Sums of shares are one at most, so each column's sum is at most 2^32; as a
 * u32 it is 0 there. False where alpha is no proper fraction or such a column holds a bond of 2^32 - 1.
 */
export function findDenseYuma2(): bool {
  const alpha = movingAverageAlpha();
  if (alpha <= 0 || alpha >= ONE) return false;
  const bytes = (<usize>stride) << 2;
  setDivisors(divisorsAt, laneSumAt, stride);
  if (heldBonds > 0) setDivisors(otherDivisorsAt, wideSumAt, stride);
  memory.fill(laneSumAt, 0, bytes);
  for (let row = 0; row < rowCount; row++) averageRow(row, alpha as i32, (ONE - alpha) as i32);

  setDivisors(divisorsAt, laneSumAt, stride);
  memory.fill(laneMaximumAt, 0, bytes);
  memory.fill(dividendsAt, 0, (<usize>n) << 3);
  for (let row = 0; row < rowCount; row++) {
    store<u64>(dividendsAt + ((<usize>uidOf(row)) << 3), shareRow(row));
  }
  normalize(dividendsAt, n);

  for (let at: usize = 0; at < bytes; at += 4) {
    const maximum = load<u32>(laneMaximumAt + at);
    if (maximum != CODE_ONE) continue;
    if (load<u32>(laneSumAt + at) == 0) return false;
    store<u32>(laneMaximumAt + at, 0); // one, which divides nothing
  }
  setDivisors(divisorsAt, laneMaximumAt, stride);
  return true;
}

/** Shares bought and shares held, averaged. Where either is one its product is a bit short. */
function averageRow(row: i32, alpha: i32, beta: i32): void {
  const cells = denseBondsAt + ((<usize>row * <usize>stride) << 2);
  const stored = denseStoredAt + ((<usize>row * <usize>stride) << 1);
  const bytes = (<usize>stride) << 2;
  const holds = countOf(bondStartAt, uidOf(row)) > 0;
  const alphas = i32x4.splat(alpha);
  const betas = i32x4.splat(beta);
  for (let at: usize = 0; at < bytes; at += 16) {
    const fresh = divideLanes(v128.load(cells + at), divisorsAt + (at << 2));
    let isOne = i32x4.eq(fresh, ones());
    let average = mulHigh(fresh, alphas);
    if (holds) {
      const held = v128.load_ext<u16>(stored + (at >> 1));
      const old = divideLanes(held, otherDivisorsAt + (at << 2));
      isOne = v128.or(isOne, i32x4.eq(old, ones()));
      average = i32x4.add(average, mulHigh(old, betas));
    }
    average = i32x4.sub(average, isOne);
    v128.store(cells + at, average);
    v128.store(laneSumAt + at, i32x4.add(v128.load(laneSumAt + at), average));
  }
}

/** Averages to shares of their columns. Returns what the row earns. */
function shareRow(row: i32): u64 {
  const cells = denseBondsAt + ((<usize>row * <usize>stride) << 2);
  const bytes = (<usize>stride) << 2;
  let total = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const shares = divideLanes(v128.load(cells + at), divisorsAt + (at << 2));
    const incentive = v128.load(laneIncentiveAt + at);
    const earned = v128.bitselect(incentive, mulHigh(shares, incentive), i32x4.eq(shares, ones()));
    total = addWide(total, earned);
    v128.store(cells + at, shares);
    v128.store(laneMaximumAt + at, i32x4.max_u(v128.load(laneMaximumAt + at), shares));
  }
  return sumWide(total);
}
