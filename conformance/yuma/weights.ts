/** Preparing, checking and revealing weights. A getter that answers a constant is not listed. */
import {
  commitPhase,
  scheduledFirstBlockOfEpoch,
} from "../../sim/bittensor/weights/commit-windows.ts";
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
    scheduledFirstBlockOfEpoch(netuid, tempo, epoch),
  commit_state: ({ commit_epoch, reveal_period, current_epoch }) => {
    const phase = commitPhase(current_epoch, commit_epoch, reveal_period);
    return {
      reveal_window: phase === "revealable",
      expired: phase === "expired",
      too_early: phase === "too early",
    };
  },
};

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
