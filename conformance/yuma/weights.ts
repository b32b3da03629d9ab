/** Preparing, checking and revealing weights. A getter that answers a constant is not listed. */
import { firstBlockOfEpoch } from "../../sim/bittensor/epochs/legacy-schedule.ts";
import {
  afterSlot,
  blocksUntilNextAutoEpoch,
  type EpochClock,
  firstLastEpochBlock,
  isDue,
  nextStepCount,
} from "../../sim/bittensor/epochs/schedule.ts";
import { commitPhase } from "../../sim/bittensor/weights/commit-windows.ts";
import { isMaxWeightLimited, maxUpscaleU16 } from "../../sim/bittensor/weights/max-upscale.ts";
import { normalizeWeights } from "../../sim/bittensor/weights/normalize-weights.ts";
import {
  hasEnoughWeights,
  isSelfWeight,
  storedWeights,
} from "../../sim/bittensor/weights/set-weights.ts";
import { differs, type RecordCheck, type VectorGroup } from "../format.ts";
import type { Json } from "./subnet.ts";

const call = ({ uids, weights }: Json) => ({ uids, values: weights });

const functions: Readonly<Record<string, (inputs: Json) => unknown>> = {
  stored_weights: ({ values }) =>
    storedWeights({ uids: values.map((_: number, uid: number) => uid), values }).values,
  vec_u16_max_upscale_to_u16: ({ values }) => maxUpscaleU16(values),
  normalize_weights: ({ weights }) => normalizeWeights(weights),
  check_length: (inputs) =>
    hasEnoughWeights(inputs.uid, call(inputs), {
      n: inputs.subnet_n,
      minAllowedWeights: inputs.min_allowed_weights,
    }),
  is_self_weight: (inputs) => isSelfWeight(inputs.uid, call(inputs)),
  max_weight_limited: (inputs) =>
    isSelfWeight(inputs.uid, call(inputs)) || isMaxWeightLimited(inputs.weights, 65_535),
  check_len_uids_within_allowed: ({ subnet_n, uids }) => uids.length <= subnet_n,
  legacy_first_block_of_epoch: ({ netuid, tempo, epoch }) =>
    firstBlockOfEpoch(netuid, tempo, epoch),
  blocks_since_last_step: blocksSinceLastStep,
  commit_state: ({ commit_epoch, reveal_period, current_epoch }) => {
    const phase = commitPhase(current_epoch, commit_epoch, reveal_period);
    return {
      reveal_window: phase === "revealable",
      expired: phase === "expired",
      too_early: phase === "too early",
    };
  },
};

/** BlocksSinceLastStep after each of "step 5", "step blocks_until_next_auto_epoch + 10", ... */
function blocksSinceLastStep({ start_block, netuid, tempo, steps }: Json): number[] {
  let block = start_block;
  let clock: EpochClock = {
    tempoBlocks: tempo,
    lastEpochBlock: firstLastEpochBlock(start_block, netuid, tempo),
    pendingEpochAt: 0,
    blocksSinceLastStep: 0,
  };
  const untilEpoch = () =>
    Number(blocksUntilNextAutoEpoch(BigInt(tempo), BigInt(clock.lastEpochBlock), BigInt(block)));
  return steps.map((step: string) => {
    const blocks = Number(/\d+$/.exec(step)?.[0]) + (step.includes("until") ? untilEpoch() : 0);
    for (const last = block + blocks; block < last; ) {
      block++;
      clock = { ...clock, blocksSinceLastStep: nextStepCount(clock, "maxTempo") };
      if (isDue(clock, block, "maxTempo")) clock = afterSlot(clock, block, true);
    }
    return clock.blocksSinceLastStep;
  });
}

/** One test of the chain asserts the number of values only, in words. */
const LENGTH_UNCHANGED = /^length unchanged \((\d+)\)$/;

const checkFunction: RecordCheck = ({ id, function: name, inputs, asserted, derived }) => {
  if (!(name in functions)) return `${id}: no function ${name}`;
  const got = functions[name](inputs);
  const length = LENGTH_UNCHANGED.exec(asserted)?.[1];
  if (length) return differs(id, Number(length), (got as number[]).length);
  return differs(id, derived ?? asserted, got);
};

export const weightsGroups = ({ records }: Json): VectorGroup[] => [
  {
    name: "weights",
    records: records.filter((record: Json) => record.function !== "get_max_weight_limit"),
    check: checkFunction,
  },
];
