/**
 * Averages of the TAO that flows into subnets, I64F64 in two words, and the flows that shares go by.
 * Source: spec/token-economics.md 2.5; the readable form is ../../emission/flow.ts.
 */
import { eligibleCount, netuidAt } from "./eligible";
import {
  FLOW_CUTOFF_HIGH,
  FLOW_CUTOFF_LOW,
  FLOW_WEIGHT_LOW,
  PROTOCOL_AVERAGE_HIGH,
  PROTOCOL_AVERAGE_LOW,
  PROTOCOL_FLOW_RAO,
  SHARES_BY,
  USER_AVERAGE_HIGH,
  USER_AVERAGE_LOW,
  USER_FLOW_RAO,
} from "./layout";
import { field, global, SHARE_HIGH, SHARE_LOW, scratch, setField } from "./memory";
import { setShare } from "./shares";
import { mulHigh } from "./wide";

/** The value of SHARES_BY that takes the protocol's own flow off. */
const NET: u64 = 2;

/** Reads both flows of every eligible subnet into its averages, and sets them back. */
export function averageFlows(): void {
  const weight = global(FLOW_WEIGHT_LOW);
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    average(netuid, weight, USER_FLOW_RAO, USER_AVERAGE_HIGH, USER_AVERAGE_LOW);
    average(netuid, weight, PROTOCOL_FLOW_RAO, PROTOCOL_AVERAGE_HIGH, PROTOCOL_AVERAGE_LOW);
  }
}

/** S' = (1 - a) S, floored, + a * flow. */
function average(netuid: i32, weight: u64, flow: i32, high: i32, low: i32): void {
  timesSigned(weight, field(flow, netuid));
  const newsHigh = wordHigh;
  const newsLow = wordLow;
  const oldLow = field(low, netuid);
  if (weight === 0) setWords(field(high, netuid), oldLow);
  else {
    const kept = 0 - weight;
    timesSigned(kept, field(high, netuid));
    addWords(0, mulHigh(kept, oldLow));
  }
  addWords(newsHigh, newsLow);
  setField(high, netuid, wordHigh);
  setField(low, netuid, wordLow);
  setField(flow, netuid, 0);
}

// A signed number of two words, under way.
let wordHigh: u64 = 0;
let wordLow: u64 = 0;

function setWords(high: u64, low: u64): void {
  wordHigh = high;
  wordLow = low;
}

function addWords(high: u64, low: u64): void {
  wordLow += low;
  wordHigh += high + <u64>(wordLow < low);
}

/** a * b with b signed. */
function timesSigned(a: u64, b: u64): void {
  setWords(mulHigh(a, b) - (<i64>b < 0 ? a : 0), a * b);
}

/**
 * What lies above the cutoff of each subnet's flow, U64F64, into SHARE_HIGH and SHARE_LOW. The
 * lowest flow limits the cutoff from below.
 */
export function flowsAboveCutoff(): void {
  flows();
  let limitHigh: u64 = 0;
  let limitLow: u64 = 0;
  for (let place = 0; place < eligibleCount; place++) {
    const high = scratch(SHARE_HIGH, place);
    const low = scratch(SHARE_LOW, place);
    if (isLess(high, low, limitHigh, limitLow)) {
      limitHigh = high;
      limitLow = low;
    }
  }
  const cutoffHigh = global(FLOW_CUTOFF_HIGH);
  const cutoffLow = global(FLOW_CUTOFF_LOW);
  if (isLess(limitHigh, limitLow, cutoffHigh, cutoffLow)) {
    limitHigh = cutoffHigh;
    limitLow = cutoffLow;
  }
  for (let place = 0; place < eligibleCount; place++) {
    const high = scratch(SHARE_HIGH, place);
    const low = scratch(SHARE_LOW, place);
    if (!isLess(limitHigh, limitLow, high, low)) setShare(place, 0, 0);
    else setShare(place, high - limitHigh - <u64>(low < limitLow), low - limitLow);
  }
}

function isLess(aHigh: u64, aLow: u64, bHigh: u64, bLow: u64): bool {
  return <i64>aHigh < <i64>bHigh || (aHigh === bHigh && aLow < bLow);
}

/** The users' average, less the protocol's where the rules say so. */
function flows(): void {
  const net = global(SHARES_BY) === NET;
  if (net) scaleProtocol();
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    setWords(field(USER_AVERAGE_HIGH, netuid), field(USER_AVERAGE_LOW, netuid));
    if (net) subtractProtocol(netuid);
    setShare(place, wordHigh, wordLow);
  }
}

// The part of the protocol's inflow that counts; all of it where `wholeCounts`.
let wholeCounts: bool = true;
let protocolPart: u64 = 0;

/** So that the protocol's inflows take off no more than users brought in. */
function scaleProtocol(): void {
  setWords(0, 0);
  for (let place = 0; place < eligibleCount; place++) {
    addIfPositive(USER_AVERAGE_HIGH, USER_AVERAGE_LOW, netuidAt(place));
  }
  const usersHigh = wordHigh;
  const usersLow = wordLow;
  setWords(0, 0);
  for (let place = 0; place < eligibleCount; place++) {
    addIfPositive(PROTOCOL_AVERAGE_HIGH, PROTOCOL_AVERAGE_LOW, netuidAt(place));
  }
  wholeCounts = !isLess(usersHigh, usersLow, wordHigh, wordLow);
  // Over a sum of nothing the ratio is 0, and there is nothing that it could scale.
  if (!wholeCounts) protocolPart = fractionOf(usersHigh, usersLow, wordHigh, wordLow);
}

function addIfPositive(high: i32, low: i32, netuid: i32): void {
  const top = field(high, netuid);
  if (<i64>top >= 0) addWords(top, field(low, netuid));
}

/** floor(a * 2^64 / b) of two-word numbers, a < b < 2^127, bit by bit: for rare use. */
export function fractionOf(aHigh: u64, aLow: u64, bHigh: u64, bLow: u64): u64 {
  let quotient: u64 = 0;
  for (let bit = 0; bit < 64; bit++) {
    aHigh = (aHigh << 1) | (aLow >> 63);
    aLow <<= 1;
    quotient <<= 1;
    if (aHigh > bHigh || (aHigh === bHigh && aLow >= bLow)) {
      aHigh -= bHigh + <u64>(aLow < bLow);
      aLow -= bLow;
      quotient |= 1;
    }
  }
  return quotient;
}

/** Takes the counted part of a subnet's protocol average off; an outflow counts whole. */
function subtractProtocol(netuid: i32): void {
  let high = field(PROTOCOL_AVERAGE_HIGH, netuid);
  let low = field(PROTOCOL_AVERAGE_LOW, netuid);
  if (!wholeCounts && <i64>high >= 0) {
    // floor(part * (high, low) / 2^64), a number below (high, low).
    const first = protocolPart * high;
    const second = mulHigh(protocolPart, low);
    low = first + second;
    high = mulHigh(protocolPart, high) + <u64>(low < first);
  }
  const before = wordLow;
  wordLow = before - low;
  wordHigh -= high + <u64>(before < low);
}
