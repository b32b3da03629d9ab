/** set_weights on a subnet that is simulated neuron by neuron (spec/yuma-epoch.md section 4.1). */
import type { Outcome } from "../../agent.ts";
import {
  setWeightsRefusal,
  storedWeights,
  type WeightsCall,
  type WeightsSubnet,
} from "../weights/set-weights.ts";
import { taoWeightBits, totalStakeBits } from "../yuma/stake-weight.ts";
import type { SetWeights } from "./actions.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { StakeBook } from "./stake-book.ts";

/** What root has set for every subnet of ours: one mechanism, any version, one weight at least. */
const common = { mechanismCount: 1, weightsVersionKey: 0n, minAllowedWeights: 1 } as const;

export function setWeights(
  subnet: DetailedSubnet,
  { hotkey, uids, values }: SetWeights,
  block: number,
  book: StakeBook,
  taoWeight: bigint,
): Outcome {
  const { genesis, neurons, netuid } = subnet;
  const { commitReveal, stakeThresholdRao } = genesis.parameters;
  const uid = subnet.uidOf.get(hotkey) ?? null;
  const rules: WeightsSubnet = {
    ...common,
    netuid,
    n: neurons.length,
    commitReveal,
    stakeThresholdRao,
    weightsSetRateLimitBlocks: genesis.weightsRateLimitBlocks,
  };
  const call: WeightsCall = { uids, values, mechanism: 0, versionKey: 0n };
  const stakeBits = totalStakeBits(
    book.hotkeyStakeRao(hotkey, netuid),
    book.hotkeyStakeRao(hotkey, 0),
    taoWeightBits(taoWeight),
  );
  const sender = {
    uid,
    isOwner: uid !== null && uid === genesis.ownerUid,
    totalStakeBits: stakeBits,
    lastUpdateBlock: uid === null ? 0 : subnet.lastUpdate[uid],
    validatorPermit: uid !== null && (subnet.validatorPermit[uid] ?? false),
  };
  const reason = setWeightsRefusal(rules, sender, call, block);
  if (reason !== null) return { applied: false, reason };
  subnet.setWeights(uid as number, storedWeights(call), block);
  return { applied: true, feeRao: 0n };
}
