/**
 * Theta, the bar of the Hill gate: refreshed from the block's own shares before the gate, kept
 * otherwise. Subnets whose emission is off count here. Source: spec/recent-rules.md 1.1 step 4.
 */
import { eligibleCount } from "./eligible";
import {
  BLOCK,
  GATE_BAR_HIGH,
  GATE_BAR_LOW,
  GATE_MODE,
  GATE_QUANTILE_LOW,
  GATE_RANK,
  GATE_REFRESH_BLOCKS,
} from "./layout";
import {
  global,
  SHARE_HIGH,
  SHARE_LOW,
  SORTED_HIGH,
  SORTED_LOW,
  scratch,
  setGlobal,
  setScratch,
} from "./memory";

const BY_RANK: u64 = 2;

export function barIsSet(): bool {
  return (global(GATE_BAR_HIGH) | global(GATE_BAR_LOW)) !== 0;
}

/** Whether this block refreshes the bar: every so many blocks, and while there is none. */
export function barIsDue(): bool {
  return !barIsSet() || global(BLOCK) % max<u64>(1, global(GATE_REFRESH_BLOCKS)) === 0;
}

/** Takes the bar from the shares of this block, if any of them is positive. */
export function refreshGateBar(): void {
  const positive = sortPositiveShares();
  if (positive === 0) return;
  const byRank = global(GATE_MODE) === BY_RANK && global(GATE_RANK) !== 0;
  const place = byRank ? placeOfRank(positive) : placeOfMass(positive);
  setGlobal(GATE_BAR_HIGH, scratch(SORTED_HIGH, place));
  setGlobal(GATE_BAR_LOW, scratch(SORTED_LOW, place));
}

/** The rank-th largest share, or the smallest where there are fewer. */
function placeOfRank(positive: i32): i32 {
  return <i32>min<u64>(global(GATE_RANK), <u64>positive) - 1;
}

/** Where the running sum of falling shares first reaches the quantile. */
function placeOfMass(positive: i32): i32 {
  const quantile = global(GATE_QUANTILE_LOW);
  let sum: u64 = 0;
  for (let place = 0; place < positive; place++) {
    const low = scratch(SORTED_LOW, place);
    sum += low;
    if (scratch(SORTED_HIGH, place) !== 0 || sum < low || sum >= quantile) return place;
  }
  return positive - 1;
}

/** Sorts the positive shares in falling order, by insertion; returns how many they are. */
function sortPositiveShares(): i32 {
  let count = 0;
  for (let place = 0; place < eligibleCount; place++) {
    const high = scratch(SHARE_HIGH, place);
    const low = scratch(SHARE_LOW, place);
    if ((high | low) === 0) continue;
    let at = count++;
    while (at > 0 && (high > scratch(SORTED_HIGH, at - 1) || low > scratch(SORTED_LOW, at - 1))) {
      setScratch(SORTED_HIGH, at, scratch(SORTED_HIGH, at - 1));
      setScratch(SORTED_LOW, at, scratch(SORTED_LOW, at - 1));
      at--;
    }
    setScratch(SORTED_HIGH, at, high);
    setScratch(SORTED_LOW, at, low);
  }
  return count;
}
