/**
 * weights: how a validator's weights get onto the chain, openly or by commit and reveal, and what
 * happens to them when a neuron is replaced. Imports sim/fixed and sim/bittensor/yuma.
 *
 * `set_weights`: the chain's checks in its order, then the row that it stores.
 * Source: spec/yuma-epoch.md section 4.1; `pallets/subtensor/src/subnets/weights.rs`.
 */
import { I64F64 } from "../../fixed/fixed-point.ts";
import type { ChainError } from "../errors.ts";
import type { SparseRow } from "../yuma/types.ts";
import { isMaxWeightLimited, maxUpscaledRow } from "./max-upscale.ts";

/** What the checks read of a subnet. */
export interface WeightsSubnet {
  readonly netuid: number;
  readonly mechanismCount: number;
  readonly n: number;
  readonly commitReveal: boolean;
  readonly stakeThresholdRao: bigint;
  /** 0 = any version key is accepted. */
  readonly weightsVersionKey: bigint;
  readonly weightsSetRateLimitBlocks: number;
  readonly minAllowedWeights: number;
}

/** What they read of the hotkey that signs. */
export interface WeightsSender {
  /** null where the hotkey is not a neuron of the subnet. */
  readonly uid: number | null;
  readonly isOwner: boolean;
  /** I64F64 bits, as the epoch counts it. */
  readonly totalStakeBits: bigint;
  readonly validatorPermit: boolean;
  /** Of the mechanism that the weights are for; 0 = never. */
  readonly lastUpdateBlock: number;
}

export interface WeightsCall {
  readonly mechanism: number;
  readonly uids: readonly number[];
  /** u16, as many as uids. */
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

/** The chain's getter is a constant, whatever is stored. */
const MAX_WEIGHTS_LIMIT = 65_535;

export const isSelfWeight = (
  uid: number,
  { uids, values }: Pick<WeightsCall, "uids" | "values">,
): boolean => values.length === 1 && uids[0] === uid;

/** A self-weight may stand alone; others need the subnet's minimum, or as many as there are uids. */
export const hasEnoughWeights = (
  uid: number,
  call: Pick<WeightsCall, "uids" | "values">,
  { n, minAllowedWeights }: Pick<WeightsSubnet, "n" | "minAllowedWeights">,
): boolean => isSelfWeight(uid, call) || call.uids.length >= Math.min(minAllowedWeights, n);

/** Whether `limitBlocks` have passed since the last weights or commit; the first is free. */
export const isPastRateLimit = (
  lastUpdateBlock: number,
  block: number,
  limitBlocks: number,
): boolean => lastUpdateBlock === 0 || block - lastUpdateBlock >= limitBlocks;

/** Why the extrinsic `set_weights` is refused, null where it is not. */
export function setWeightsRefusal(
  subnet: WeightsSubnet,
  sender: WeightsSender,
  call: WeightsCall,
  block: number,
): ChainError | null {
  if (subnet.commitReveal) return "CommitRevealEnabled";
  return weightsRefusal(subnet, sender, call, block);
}

/** Ascending uids, which most are, need no set. */
function hasDuplicates(uids: readonly number[]): boolean {
  let k = 1;
  while (k < uids.length && uids[k] > uids[k - 1]) k++;
  return k < uids.length && new Set(uids).size < uids.length;
}

/** The same without the first check: what revealed weights have to pass. */
export function weightsRefusal(
  subnet: WeightsSubnet,
  sender: WeightsSender,
  call: WeightsCall,
  block: number,
): ChainError | null {
  const { uids, values } = call;
  const { uid } = sender;
  if (subnet.netuid === 0) return "CanNotSetRootNetworkWeights";
  if (uids.length !== values.length) return "WeightVecNotEqualSize";
  if (call.mechanism >= subnet.mechanismCount) return "MechanismDoesNotExist";
  if (uids.length > subnet.n) return "UidsLengthExceedUidsInSubNet";
  if (uid === null) return "HotKeyNotRegisteredInSubNet";
  const stakeRao = sender.totalStakeBits >> I64F64.fractionBits;
  if (!sender.isOwner && stakeRao < subnet.stakeThresholdRao) return "NotEnoughStakeToSetWeights";
  if (subnet.weightsVersionKey !== 0n && call.versionKey < subnet.weightsVersionKey) {
    return "IncorrectWeightVersionKey";
  }
  const limit = subnet.weightsSetRateLimitBlocks;
  if (!subnet.commitReveal && !isPastRateLimit(sender.lastUpdateBlock, block, limit)) {
    return "SettingWeightsTooFast";
  }
  if (!isSelfWeight(uid, call) && !sender.isOwner && !sender.validatorPermit) {
    return "NeuronNoValidatorPermit";
  }
  if (hasDuplicates(uids)) return "DuplicateUids";
  if (uids.some((target) => target >= subnet.n)) return "UidVecContainInvalidOne";
  if (!hasEnoughWeights(uid, call, subnet)) return "WeightVecLengthIsLow";
  if (!isSelfWeight(uid, call) && !staysBelow(MAX_WEIGHTS_LIMIT, values)) {
    return "MaxWeightExceeded";
  }
  return null;
}

/** Every row stays below the limit of today. */
const staysBelow = (limit: number, values: readonly number[]): boolean =>
  limit === 65_535 || isMaxWeightLimited(maxUpscaledRow(values), limit);

/** The row that accepted weights become: as submitted, max-upscaled. */
export const storedWeights = ({
  uids,
  values,
}: Pick<WeightsCall, "uids" | "values">): SparseRow => ({
  columns: new Uint16Array(uids),
  values: maxUpscaledRow(values),
});
