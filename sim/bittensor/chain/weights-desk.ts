/**
 * set_weights on a subnet without commit-reveal: the chain's checks in its order, then the row as
 * submitted, max-upscaled. Source: spec/yuma-epoch.md sections 4.1 and 4.2.
 */
import type { Outcome } from "../../agent.ts";
import { maxUpscaleU16 } from "../weights/max-upscale.ts";
import type { SetWeights } from "./actions.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { StakeBook } from "./stake-book.ts";

const refused = (reason: string): Outcome => ({ applied: false, reason });

export function setWeights(
  subnet: DetailedSubnet,
  { hotkey, uids, values }: SetWeights,
  block: number,
  book: StakeBook,
  taoWeight: bigint,
): Outcome {
  const { genesis, neurons } = subnet;
  const n = neurons.length;
  if (uids.length !== values.length) return refused("WeightVecNotEqualSize");
  if (uids.length > n) return refused("UidsLengthExceedUidsInSubNet");
  const uid = subnet.uidOf.get(hotkey);
  if (uid === undefined) return refused("HotKeyNotRegisteredInSubNet");
  const isOwner = uid === genesis.ownerUid;
  const threshold = genesis.parameters.stakeThresholdRao;
  if (!isOwner && subnet.stakeBits(book, taoWeight)[uid] >> 64n < threshold) {
    return refused("NotEnoughStakeToSetWeights");
  }
  const last = subnet.lastUpdate[uid];
  if (last !== 0 && block - last < genesis.weightsRateLimitBlocks) {
    return refused("SettingWeightsTooFast");
  }
  const isSelfWeight = uids.length === 1 && uids[0] === uid;
  if (!isSelfWeight && !isOwner && !subnet.validatorPermit[uid]) {
    return refused("NeuronNoValidatorPermit");
  }
  if (new Set(uids).size !== uids.length) return refused("DuplicateUids");
  if (uids.some((target) => !Number.isInteger(target) || target < 0 || target >= n)) {
    return refused("UidVecContainInvalidOne");
  }
  subnet.setWeights(uid, { columns: [...uids], values: maxUpscaleU16(values) }, block);
  return { applied: true, feeRao: 0n };
}
