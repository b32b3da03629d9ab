/** Which subnets take part in the coinbase (spec/token-economics.md 2.1). */
import {
  ALPHA_IN_EMISSION_RAO,
  ALPHA_OUT_EMISSION_RAO,
  CAPACITY,
  CLOSED_SUBNETS_EMIT,
  EXCESS_TAO_RAO,
  FIRST_EMISSION_BLOCK,
  FLAG_EXISTS,
  FLAG_REGISTRATION_ALLOWED,
  FLAG_STABLE,
  FLAG_SUBTOKEN_ENABLED,
  FLAGS,
  MOVING_PRICE_I96F32,
  SHARE_F64,
  TAO_IN_EMISSION_RAO,
} from "./layout";
import { field, global, NETUIDS, PAIRED, scratch, setField, setScratch } from "./memory";

/** How many subnets are eligible; their netuids stand in NETUIDS, ascending. */
export let eligibleCount: i32 = 0;
/** One more than the highest netuid that exists. */
export let netuidEnd: i32 = 0;

const NEEDED: u64 = FLAG_EXISTS | FLAG_SUBTOKEN_ENABLED;

/** Lists the eligible subnets: the flags do not change while the kernel runs. */
export function listEligible(): void {
  let count = 0;
  netuidEnd = 1;
  const needed = NEEDED | (global(CLOSED_SUBNETS_EMIT) !== 0 ? 0 : FLAG_REGISTRATION_ALLOWED);
  for (let netuid = 1; netuid < CAPACITY; netuid++) {
    const flags = field(FLAGS, netuid);
    if (!(flags & FLAG_EXISTS)) continue;
    netuidEnd = netuid + 1;
    if ((flags & needed) === needed && field(FIRST_EMISSION_BLOCK, netuid) !== 0) {
      setScratch(NETUIDS, count++, netuid);
    } else {
      clearRecords(netuid);
    }
  }
  eligibleCount = count;
  markPairs();
}

function markPairs(): void {
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    const hasNext = place + 1 < eligibleCount && netuidAt(place + 1) === netuid + 1;
    setScratch(PAIRED, place, <u64>(hasNext && !isStable(netuid) && !isStable(netuid + 1)));
  }
}

function clearRecords(netuid: i32): void {
  setField(SHARE_F64, netuid, 0);
  setField(TAO_IN_EMISSION_RAO, netuid, 0);
  setField(ALPHA_IN_EMISSION_RAO, netuid, 0);
  setField(EXCESS_TAO_RAO, netuid, 0);
  setField(ALPHA_OUT_EMISSION_RAO, netuid, 0);
}

export function netuidAt(place: i32): i32 {
  return <i32>scratch(NETUIDS, place);
}

export function isStable(netuid: i32): bool {
  return (field(FLAGS, netuid) & FLAG_STABLE) !== 0;
}

/** The price average that shares and the root sell flag read, I96F32: one on a stable subnet. */
export function movingPrice(netuid: i32): u64 {
  return isStable(netuid) ? 1 << 32 : field(MOVING_PRICE_I96F32, netuid);
}
