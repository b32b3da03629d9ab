/**
 * Which subnets' epochs run in this block: marks them due and advances their schedule, as the chain
 * does before it runs them. Before spec 423 all on one clock, as often as there are.
 * Source: spec/recent-rules.md 2.2, spec/token-economics.md 3.4.
 */
import { netuidEnd } from "./eligible";
import {
  BLOCK,
  BLOCKS_SINCE_LAST_STEP,
  DUE,
  DUE_BY_STEPS,
  DUE_COUNT,
  FLAG_EXISTS,
  FLAGS,
  LAST_EPOCH_BLOCK,
  MAX_EPOCHS_PER_BLOCK,
  PENDING_EPOCH_AT,
  STAGGERED_EPOCHS,
  SUBNET_EPOCH_INDEX,
  TEMPO_BLOCKS,
} from "./layout";
import { addField, field, fieldPair, global, setField, setFieldPair, setGlobal } from "./memory";

/** Before spec 432 an epoch was due after so many steps whatever its tempo: the largest tempo. */
const LARGEST_TEMPO: u64 = 50400;

/** Returns how many epochs are due; those over the limit wait for the next block. */
export function scheduleEpochs(): i32 {
  const now = global(BLOCK);
  const byTempo = global(DUE_BY_STEPS) !== 0;
  const staggered = global(STAGGERED_EPOCHS) !== 0;
  const limit = staggered ? i32.MAX_VALUE : <i32>global(MAX_EPOCHS_PER_BLOCK);
  let due = 0;
  for (let netuid = 1; netuid < netuidEnd; netuid++) {
    if (!staggered && netuid + 1 < netuidEnd && waits(netuid, now, byTempo)) {
      netuid++;
      continue;
    }
    if (!(field(FLAGS, netuid) & FLAG_EXISTS)) continue;
    setField(DUE, netuid, 0);
    const tempo = field(TEMPO_BLOCKS, netuid);
    const steps = countStep(netuid, byTempo ? tempo + 1 : ~(<u64>0));
    if (tempo === 0) continue;
    if (staggered) {
      if ((now + <u64>netuid + 1) % (tempo + 1) !== tempo) continue;
    } else if (!isDue(netuid, now, tempo, steps, byTempo ? tempo : LARGEST_TEMPO)) continue;
    if (due >= limit) setField(PENDING_EPOCH_AT, netuid, now + 1);
    else {
      due++;
      startEpoch(netuid, now);
    }
  }
  setGlobal(DUE_COUNT, <u64>due);
  return due;
}

/**
 * Two subnets at once: counts their step if both exist, have a tempo and neither is due or waits.
 * False, with nothing changed, otherwise.
 */
function waits(netuid: i32, now: u64, byTempo: bool): bool {
  const tempo = fieldPair(TEMPO_BLOCKS, netuid);
  const more = i64x2.add(fieldPair(BLOCKS_SINCE_LAST_STEP, netuid), i64x2.splat(1));
  const mostSteps = byTempo ? tempo : i64x2.splat(LARGEST_TEMPO);
  const age = i64x2.sub(i64x2.splat(now), fieldPair(LAST_EPOCH_BLOCK, netuid));
  const exists = v128.and(fieldPair(FLAGS, netuid), i64x2.splat(FLAG_EXISTS));
  const none = i64x2.splat(0);
  const quiet = v128.and(
    v128.and(i64x2.gt_s(exists, none), i64x2.gt_s(tempo, none)),
    v128.and(
      i64x2.eq(fieldPair(PENDING_EPOCH_AT, netuid), none),
      v128.and(i64x2.le_s(more, mostSteps), i64x2.lt_s(age, tempo)),
    ),
  );
  if (!i64x2.all_true(quiet)) return false;
  setFieldPair(DUE, netuid, none);
  setFieldPair(BLOCKS_SINCE_LAST_STEP, netuid, more);
  return true;
}

function countStep(netuid: i32, most: u64): u64 {
  const steps = min(field(BLOCKS_SINCE_LAST_STEP, netuid) + 1, most);
  setField(BLOCKS_SINCE_LAST_STEP, netuid, steps);
  return steps;
}

function isDue(netuid: i32, now: u64, tempo: u64, steps: u64, mostSteps: u64): bool {
  const pendingAt = field(PENDING_EPOCH_AT, netuid);
  if (pendingAt !== 0 && now >= pendingAt) return true;
  if (steps > mostSteps) return true;
  const last = field(LAST_EPOCH_BLOCK, netuid);
  return now >= last && now - last >= tempo;
}

function startEpoch(netuid: i32, now: u64): void {
  setField(DUE, netuid, 1);
  setField(BLOCKS_SINCE_LAST_STEP, netuid, 0);
  setField(LAST_EPOCH_BLOCK, netuid, now);
  setField(PENDING_EPOCH_AT, netuid, 0);
  addField(SUBNET_EPOCH_INDEX, netuid, 1);
}
