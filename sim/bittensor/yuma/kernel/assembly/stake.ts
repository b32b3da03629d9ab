/** The stake that consensus counts: those above the threshold, as shares (spec 5.1, 5.2, 5.4). */
import { LOW_HALF } from "./fixed";
import {
  activeAt,
  activeStakeAt,
  alphaStakeAt,
  lastUpdateAt,
  permitAt,
  rootStakeAt,
  stakeAt,
  storedPermitAt,
  totalStakeAt,
} from "./memory";
import {
  activityCutoffBlocks,
  block,
  n,
  ownerUid,
  stakeThresholdRao,
  storedPermitCount,
  taoWeightBits,
} from "./parameters";
import { normalize } from "./vectors";
import { shareOf, shareReciprocal } from "./wide";

const MAX_SAFE_BLOCK: f64 = 9007199254740991;

/**
 * Total stakes as I64F64 bits: alpha plus weighted root stake (spec 2). Nothing saturates: both are
 * below 2^62 rao.
 */
export function weighStakes(): void {
  for (let uid = 0; uid < n; uid++) {
    const at = (<usize>uid) << 3;
    const root = load<u64>(rootStakeAt + at);
    const low = (root & LOW_HALF) * taoWeightBits;
    const high = (root >> 32) * taoWeightBits + (low >> 32);
    store<u64>(totalStakeAt + (at << 1), low << 32);
    store<u64>(totalStakeAt + (at << 1), load<u64>(alphaStakeAt + at) + high, 8);
  }
}

/** Active: the last update is at most the cutoff ago. */
export function findActive(): void {
  for (let uid = 0; uid < n; uid++) {
    const until = load<f64>(lastUpdateAt + ((<usize>uid) << 3)) + activityCutoffBlocks;
    store<u8>(activeAt + uid, min(until, MAX_SAFE_BLOCK) >= block ? 1 : 0);
  }
}

function counts(uid: i32): bool {
  const wholeRao = load<u64>(totalStakeAt + ((<usize>uid) << 4) + 8);
  return wholeRao >= stakeThresholdRao || uid == ownerUid;
}

/**
 * Shares of the total stake: I64F64 quotients cut to I32F32, which is floor(stake * 2^32 / total)
 * at once, because the floor of a floor is the floor.
 */
export function findStakeShares(): void {
  let totalLow: u64 = 0;
  let totalHigh: u64 = 0;
  for (let uid = 0; uid < n; uid++) {
    if (!counts(uid)) continue;
    const at = totalStakeAt + ((<usize>uid) << 4);
    const low = load<u64>(at);
    totalLow += low;
    totalHigh += load<u64>(at + 8) + (totalLow < low ? 1 : 0);
  }
  const nobody = (totalLow | totalHigh) == 0;
  const reciprocal = shareReciprocal(totalLow, totalHigh);
  for (let uid = 0; uid < n; uid++) {
    const at = totalStakeAt + ((<usize>uid) << 4);
    const share =
      nobody || !counts(uid)
        ? 0
        : shareOf(load<u64>(at), load<u64>(at + 8), totalLow, totalHigh, reciprocal);
    store<i64>(stakeAt + ((<usize>uid) << 3), share);
  }
}

/** Stored permits, false beyond their end, with the owner's where the vector reaches it. */
export function findPermits(): void {
  for (let uid = 0; uid < n; uid++) {
    const held =
      uid < storedPermitCount && (load<u8>(storedPermitAt + uid) != 0 || uid == ownerUid);
    store<u8>(permitAt + uid, held ? 1 : 0);
  }
}

/** The shares of those who are active and permitted, normalised again; no permits at all mask nobody. */
export function findActiveStake(): void {
  for (let uid = 0; uid < n; uid++) {
    const votes =
      load<u8>(activeAt + uid) != 0 && (load<u8>(permitAt + uid) != 0 || storedPermitCount == 0);
    const at = (<usize>uid) << 3;
    store<i64>(activeStakeAt + at, votes ? load<i64>(stakeAt + at) : 0);
  }
  normalize(activeStakeAt, n);
}
