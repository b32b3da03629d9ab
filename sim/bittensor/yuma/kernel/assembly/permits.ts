/** Who may be a validator: the K largest stakes, and the owner always (spec 5.3). */
import { newPermitAt, stakeAt, storedPermitAt } from "./memory";
import { maxAllowedValidators, n, ownerUid, storedPermitCount } from "./parameters";

function stakeOf(uid: i32): i64 {
  return load<i64>(stakeAt + ((<usize>uid) << 3));
}

/** What `split` has found: how many stakes reach a bound, the least of them, and the largest below. */
let reaching: i32 = 0;
let leastReaching: i64 = 0;
let largestBelow: i64 = 0;

/** Two stakes at a time. */
function split(bound: i64): void {
  const bounds = i64x2.splat(bound);
  let counts = i64x2.splat(0);
  let least = i64x2.splat(i64.MAX_VALUE);
  let largest = i64x2.splat(0);
  const pairs = stakeAt + ((<usize>(n & ~1)) << 3);
  for (let at = stakeAt; at < pairs; at += 16) {
    const stakes = v128.load(at);
    const reach = i64x2.ge_s(stakes, bounds);
    counts = i64x2.sub(counts, reach);
    const reachingStakes = v128.bitselect(stakes, i64x2.splat(i64.MAX_VALUE), reach);
    least = v128.bitselect(reachingStakes, least, i64x2.lt_s(reachingStakes, least));
    const others = v128.andnot(stakes, reach);
    largest = v128.bitselect(others, largest, i64x2.gt_s(others, largest));
  }
  reaching = (i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1)) as i32;
  leastReaching = min(i64x2.extract_lane(least, 0), i64x2.extract_lane(least, 1));
  largestBelow = max(i64x2.extract_lane(largest, 0), i64x2.extract_lane(largest, 1));
  if ((n & 1) == 0) return;
  const last = stakeOf(n - 1);
  if (last >= bound) {
    reaching++;
    leastReaching = min(leastReaching, last);
  } else largestBelow = max(largestBelow, last);
}

/**
 * True for the K largest stakes that are not 0. Of equals at the border the higher uids stay, because
 * the chain drops from the front of a stable ascending sort. The border, the largest stake that K or
 * more reach, is found by bisection between stakes that there are.
 */
export function findNewPermits(): void {
  if (keepsPermits()) return;
  let border: i64 = 0;
  let atBorder = 0;
  split(1);
  if (reaching > maxAllowedValidators) {
    // K or more reach `border`; fewer than K reach any stake from `above` on.
    border = leastReaching;
    let above: i64 = 1 << 33;
    while (above - border > 1) {
      const middle = (border + above) >> 1;
      split(middle);
      if (reaching >= maxAllowedValidators) border = leastReaching;
      else above = largestBelow + 1;
    }
    split(border + 1);
    atBorder = maxAllowedValidators - reaching;
  }
  for (let uid = n - 1; uid >= 0; uid--) {
    const stake = stakeOf(uid);
    let permitted = stake > border;
    if (stake == border && stake != 0 && atBorder > 0) {
      permitted = true;
      atBorder--;
    }
    store<u8>(newPermitAt + uid, permitted || uid == ownerUid ? 1 : 0);
  }
}

/**
 * Most epochs leave the permits as they are: K of them, each with more stake than anybody without.
 * False, with nothing written, where it is not so.
 */
function keepsPermits(): bool {
  if (storedPermitCount != n) return false;
  let permits = 0;
  let least = i64.MAX_VALUE;
  let largest: i64 = 0;
  for (let uid = 0; uid < n; uid++) {
    const isPermitted = load<u8>(storedPermitAt + uid) != 0;
    const stake = stakeOf(uid);
    permits += <i32>isPermitted;
    least = isPermitted ? min(least, stake) : least;
    largest = isPermitted ? largest : max(largest, stake);
  }
  if (permits != maxAllowedValidators || least <= largest) return false;
  memory.copy(newPermitAt, storedPermitAt, n);
  if (ownerUid >= 0) store<u8>(newPermitAt + ownerUid, 1);
  return true;
}
