/**
 * Recycled shares and flows of many paths, day by day: RecyclingPath and FlowPath of ../../, bit for
 * bit, for paths that are numbered one after another.
 */
import {
  drawPair,
  expPair,
  openStream,
  roundHalfUp,
  roundPair,
  streamPosition,
  trialLength,
  trialU,
  trialV,
} from "./philox";

// Parameters, f64 each; the host writes them.
const MEAN_SHARE: i32 = 0;
const MEAN_DEVIATION: i32 = 1;
const DAILY_DEVIATION: i32 = 2;
const KEEP: i32 = 3;
const NOISE: i32 = 4;
const SOLD_ALPHA: i32 = 5;
const SPENT_TAO: i32 = 6;
const FLOW_LEVEL: i32 = 7;
const FLOW_MEAN_DEVIATION: i32 = 8;
const FLOW_DAILY_DEVIATION: i32 = 9;
const FLOW_KEEP: i32 = 10;
const FLOW_NOISE: i32 = 11;
const PARAMETERS: i32 = 12;
/** Blocks of random words between the flows of one path and the next: 2^40 words. */
const FLOW_BLOCKS_SHIFT: u64 = 38;

// A path's state: its key (four u32), the next blocks of both streams, and f64.
const RECYCLING_BLOCK: usize = 16;
const FLOW_BLOCK: usize = 24;
const MEAN: usize = 32;
const DEVIATION: usize = 40;
const SOLD_LOG: usize = 48;
const SPENT_LOG: usize = 56;
const SOLD_DEVIATION: usize = 64;
const SPENT_DEVIATION: usize = 72;
const STATE_BYTES: usize = 80;

let parameters: usize = 0;
let flowKey: usize = 0;
let states: usize = 0;
let output: usize = 0;

/** For paths that are drawn this many days at a time, at most; false where there is no memory. */
export function layOut(paths: i32, days: i32): bool {
  parameters = (__heap_base + 63) & ~(<usize>63);
  flowKey = parameters + <usize>PARAMETERS * 8;
  states = flowKey + 32;
  output = states + <usize>paths * STATE_BYTES;
  const end = output + <usize>paths * <usize>days * 3 * 8;
  const missing = <i32>((end + 0xffff) >> 16) - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

export function parametersAt(): usize {
  return parameters;
}
/** Four u32: the key that all flows share. */
export function flowKeyAt(): usize {
  return flowKey;
}
/** Of each path 80 bytes, of which the host writes the key: four u32. */
export function statesAt(): usize {
  return states;
}
/** Three columns by day and path: recycled share, alpha sold, TAO spent. */
export function outputAt(): usize {
  return output;
}

function parameter(k: i32): f64 {
  return load<f64>(parameters + ((<usize>k) << 3));
}

/** A standard normal of the stream at hand. */
function normal(key: usize): f64 {
  drawPair(key);
  return trialU * trialLength;
}

/** The paths begin: `first` is the number of the first one. */
export function begin(first: u32, paths: i32, hasFlows: bool): void {
  for (let p = 0; p < paths; p++) {
    const state = states + <usize>p * STATE_BYTES;
    openStream(state, 0);
    const mean = parameter(MEAN_SHARE) + parameter(MEAN_DEVIATION) * normal(state);
    store<f64>(state + MEAN, within(mean));
    store<f64>(state + DEVIATION, parameter(DAILY_DEVIATION) * normal(state));
    store<u64>(state + RECYCLING_BLOCK, streamPosition());
    if (hasFlows) beginFlows(state, (<u64>first + <u64>p) << FLOW_BLOCKS_SHIFT);
  }
}

function beginFlows(state: usize, block: u64): void {
  openStream(flowKey, block);
  drawPair(flowKey);
  const level = parameter(FLOW_LEVEL);
  const mean = parameter(FLOW_MEAN_DEVIATION);
  store<f64>(state + SOLD_LOG, level + mean * (trialU * trialLength));
  store<f64>(state + SPENT_LOG, level + mean * (trialV * trialLength));
  drawPair(flowKey);
  const daily = parameter(FLOW_DAILY_DEVIATION);
  store<f64>(state + SOLD_DEVIATION, daily * (trialU * trialLength));
  store<f64>(state + SPENT_DEVIATION, daily * (trialV * trialLength));
  store<u64>(state + FLOW_BLOCK, streamPosition());
}

/** The next days of all paths. */
export function next(paths: i32, days: i32, hasFlows: bool): void {
  const column = <usize>paths * <usize>days * 8;
  for (let p = 0; p < paths; p++) {
    const state = states + <usize>p * STATE_BYTES;
    const at = output + ((<usize>p) << 3);
    recycle(state, at, paths, days);
    if (hasFlows) flow(state, at + column, paths, days, column);
  }
}

function recycle(state: usize, to: usize, paths: i32, days: i32): void {
  const mean = load<f64>(state + MEAN);
  const keep = parameter(KEEP);
  const noise = parameter(NOISE);
  let deviation = load<f64>(state + DEVIATION);
  openStream(state, load<u64>(state + RECYCLING_BLOCK));
  let at = to;
  for (let day = 0; day < days; day++) {
    const parts = roundHalfUp(within(mean + deviation) * 1e9);
    store<f64>(at, parts / 1e9);
    deviation = keep * deviation + noise * normal(state);
    at += (<usize>paths) << 3;
  }
  store<f64>(state + DEVIATION, deviation);
  store<u64>(state + RECYCLING_BLOCK, streamPosition());
}

function flow(state: usize, to: usize, paths: i32, days: i32, column: usize): void {
  const logs = v128.load(state + SOLD_LOG);
  const means = v128.load(parameters + ((<usize>SOLD_ALPHA) << 3));
  const keep = f64x2.splat(parameter(FLOW_KEEP));
  const noise = f64x2.splat(parameter(FLOW_NOISE));
  const rao = f64x2.splat(1e9);
  let deviations = v128.load(state + SOLD_DEVIATION);
  openStream(flowKey, load<u64>(state + FLOW_BLOCK));
  let at = to;
  for (let day = 0; day < days; day++) {
    const amounts = f64x2.mul(means, expPair(f64x2.add(logs, deviations)));
    const whole = f64x2.div(roundPair(f64x2.mul(amounts, rao)), rao);
    store<f64>(at, f64x2.extract_lane(whole, 0));
    store<f64>(at + column, f64x2.extract_lane(whole, 1));
    drawPair(flowKey);
    const drawn = f64x2.replace_lane(f64x2.splat(trialU), 1, trialV);
    const normals = f64x2.mul(drawn, f64x2.splat(trialLength));
    deviations = f64x2.add(f64x2.mul(keep, deviations), f64x2.mul(noise, normals));
    at += (<usize>paths) << 3;
  }
  v128.store(state + SOLD_DEVIATION, deviations);
  store<u64>(state + FLOW_BLOCK, streamPosition());
}

function within(share: f64): f64 {
  return min<f64>(1.0, max<f64>(0.0, share));
}
