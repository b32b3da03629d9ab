/** set_weights on a subnet that is simulated neuron by neuron (spec/yuma-epoch.md section 4.1). */
import type { Outcome } from "../../agent.ts";
import { fromInteger, I64F64 } from "../../fixed/fixed-point.ts";
import { setWeightsRefusal, storedWeights } from "../weights/set-weights.ts";
import type { SetWeights } from "./actions.ts";
import type { RootEraSubnet } from "./subnet.ts";
import type { TaoStakes } from "./tao-stakes.ts";

export interface WeightsPlace {
  readonly block: number;
  readonly subnets: ReadonlyMap<number, RootEraSubnet>;
  readonly stakes: TaoStakes;
}

export function setSubnetWeights(
  { block, subnets, stakes }: WeightsPlace,
  { netuid, hotkey, uids, values }: SetWeights,
): Outcome {
  const neurons = subnets.get(netuid)?.start.neurons;
  if (neurons?.kind !== "yuma") return { applied: false, reason: "SubnetNotExists" };
  const { subnet, hotkeys } = neurons;
  const { genesis } = subnet;
  const uid = subnet.uidOf.get(hotkey) ?? null;
  const call = { uids, values, mechanism: 0, versionKey: 0n };
  const rules = {
    netuid,
    n: hotkeys.length,
    mechanismCount: 1,
    weightsVersionKey: 0n,
    minAllowedWeights: 1,
    commitReveal: genesis.parameters.commitReveal,
    stakeThresholdRao: genesis.parameters.stakeThresholdRao,
    weightsSetRateLimitBlocks: genesis.weightsRateLimitBlocks,
  };
  const sender = {
    uid,
    isOwner: false,
    totalStakeBits: fromInteger(I64F64, uid === null ? 0n : stakes.totalRao(hotkeys[uid])),
    lastUpdateBlock: uid === null ? 0 : subnet.lastUpdate[uid],
    validatorPermit: uid !== null && (subnet.validatorPermit[uid] ?? false),
  };
  const reason = setWeightsRefusal(rules, sender, call, block);
  if (reason !== null) return { applied: false, reason };
  subnet.setWeights(uid as number, storedWeights(call), block);
  return { applied: true, feeRao: 0n };
}
