/**
 * How validators' weights get onto a subnet: set_weights in the open, or by commit and reveal, with
 * a hash or a timelock. Source: spec/yuma-epoch.md sections 4.1 and 4.3.
 */
import { blake2b } from "@noble/hashes/blake2.js";
import type { Outcome } from "../../../agent.ts";
import { I64F64 } from "../../../fixed/fixed-point.ts";
import { isDue } from "../../epochs/schedule.ts";
import { type ChainError, refused } from "../../errors.ts";
import { commitHash } from "../../weights/commit-hash.ts";
import { commit, lookAheadEpoch, reveal } from "../../weights/hash-commits.ts";
import {
  isPastRateLimit,
  setWeightsRefusal,
  storedWeights,
  type WeightsCall,
  type WeightsSender,
  type WeightsSubnet,
  weightsRefusal,
} from "../../weights/set-weights.ts";
import {
  COMMIT_REVEAL_VERSION,
  commitTimelocked,
  dueReveals,
} from "../../weights/timelocked-commits.ts";
import { storageIndex } from "../../yuma/mechanisms.ts";
import { taoWeightBits } from "../../yuma/stake-weight.ts";
import type { SetWeights } from "../actions.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type {
  CommitMechanismWeights,
  CommitTimelockedMechanismWeights,
  CommitTimelockedWeights,
  CommitWeights,
  RevealMechanismWeights,
  RevealWeights,
  SetMechanismWeights,
} from "./actions.ts";
import type { CommitBook } from "./commit-book.ts";
import type { NeuronPlace } from "./place.ts";

/** Rounds of the randomness beacon in a block: one in three seconds. */
export const BEACON_ROUNDS_PER_BLOCK = 4;

const APPLIED: Outcome = { applied: true, feeRao: 0n };

/** A hotkey as the chain would hash it: its name stands for its 32-byte account. */
export const accountOf = (hotkey: string): Uint8Array =>
  blake2b(new TextEncoder().encode(hotkey), { dkLen: 32 });

/** The hash that commit_weights wants of what reveal_weights will show. */
export const hashOf = (
  reveal: Omit<RevealWeights, "kind"> & { readonly mechanism?: number },
): string => {
  const { netuid, hotkey, uids, values, salt, versionKey = 0n, mechanism = 0 } = reveal;
  return commitHash({
    hotkey: accountOf(hotkey),
    storageIndex: storageIndex(netuid, mechanism),
    uids,
    values,
    salt,
    versionKey,
  });
};

export class WeightsDesk {
  constructor(private readonly place: NeuronPlace) {}

  set(action: SetWeights | SetMechanismWeights): Outcome {
    const subnet = this.place.detailed.get(action.netuid);
    if (!subnet) return refused("SubnetNotExists");
    const { block } = this.place;
    const call = callOf(action);
    const sender = this.senderOf(subnet, action.hotkey, call.mechanism);
    const refusal =
      setWeightsRefusal(this.rulesOf(subnet), sender, call, block) ?? undecided(subnet, sender);
    if (refusal) return refused(refusal);
    subnet.setWeights(sender.uid as number, storedWeights(call), block, call.mechanism);
    return APPLIED;
  }

  commitHash(action: CommitWeights | CommitMechanismWeights): Outcome {
    const { netuid, hotkey, hash } = action;
    const mechanism = mechanismOf(action);
    const subnet = this.place.detailed.get(netuid);
    const fault = this.commitFault(subnet, hotkey, mechanism);
    const commits = subnet?.mechanism(mechanism)?.commits;
    if (fault || !subnet || !commits) return refused(fault ?? "SubnetNotExists");
    const { revealPeriodEpochs } = subnet;
    const queue = commits.hashed.get(hotkey) ?? [];
    const now = this.epochOf(subnet);
    const change = commit(queue, hash, now, this.place.block, revealPeriodEpochs);
    if (change.refusal) return refused(change.refusal);
    commits.hashed.set(hotkey, change.queue);
    subnet.touch(hotkey, this.place.block, mechanism);
    return APPLIED;
  }

  revealHash(action: RevealWeights | RevealMechanismWeights): Outcome {
    const subnet = this.place.detailed.get(action.netuid);
    if (!subnet) return refused("SubnetNotExists");
    if (!subnet.parameters.commitReveal) return refused("CommitRevealDisabled");
    const { revealPeriodEpochs } = subnet;
    const commits = subnet.mechanism(mechanismOf(action))?.commits;
    if (!commits) return refused("MechanismDoesNotExist");
    const queue = commits.hashed.get(action.hotkey) ?? [];
    const change = reveal(queue, hashOf(action), this.epochOf(subnet), revealPeriodEpochs);
    if (change.refusal) return refused(change.refusal);
    commits.hashed.set(action.hotkey, change.queue);
    const refusal = this.store(subnet, action.hotkey, callOf(action));
    return refusal ? refused(refusal) : APPLIED;
  }

  commitTimelocked(action: CommitTimelockedWeights | CommitTimelockedMechanismWeights): Outcome {
    const mechanism = mechanismOf(action);
    const { netuid, hotkey, revealRound = 0, version = COMMIT_REVEAL_VERSION } = action;
    const subnet = this.place.detailed.get(netuid);
    const { block } = this.place;
    if (subnet?.parameters.commitReveal && version !== COMMIT_REVEAL_VERSION) {
      return refused("IncorrectCommitRevealVersion");
    }
    const fault = this.commitFault(subnet, hotkey, mechanism);
    const commits = subnet?.mechanism(mechanism)?.commits;
    if (fault || !subnet || !commits) return refused(fault ?? "SubnetNotExists");
    const { uids, values, versionKey = 0n } = action;
    const change = commitTimelocked(
      commits.timelocked,
      { hotkey, block, revealRound, payload: { uids, values, versionKey } },
      version,
      this.epochOf(subnet),
    );
    if (change.refusal) return refused(change.refusal);
    commits.timelocked = change.buckets;
    subnet.touch(hotkey, block, mechanism);
    return APPLIED;
  }

  /**
   * Opens the timelocked weights whose epoch has come: called in the block in which a subnet's epoch
   * runs, before it does. A commitment whose round came out later is opened by the next call: nobody
   * but agents who look reads weights in between.
   */
  revealDue(subnet: DetailedSubnet): void {
    for (let mechanism = 0; mechanism < subnet.mechanismCount; mechanism++) {
      const commits = subnet.mechanism(mechanism)?.commits;
      if (commits && commits.timelocked.size > 0) this.open(subnet, mechanism, commits);
    }
  }

  private open(subnet: DetailedSubnet, mechanism: number, commits: CommitBook): void {
    const { revealPeriodEpochs: period } = subnet;
    const { block } = this.place;
    const isPublished = (at: number) => (round: number) => round <= at * BEACON_ROUNDS_PER_BLOCK;
    const starting = subnet.epochCount + 1;
    for (const [now, at] of [
      [subnet.epochCount, block - 1],
      [starting, block],
    ]) {
      const { due, buckets } = dueReveals(commits.timelocked, now, period, isPublished(at));
      commits.timelocked = buckets;
      for (const { hotkey, payload } of due) {
        const refusal = this.store(subnet, hotkey, { ...payload, mechanism });
        if (refusal) commits.refused++;
        else commits.stored++;
      }
    }
  }

  /** Revealed weights pass the checks of set_weights; the block of the last update stays. */
  private store(subnet: DetailedSubnet, hotkey: string, call: WeightsCall): ChainError | null {
    const sender = this.senderOf(subnet, hotkey, call.mechanism);
    const refusal =
      weightsRefusal(this.rulesOf(subnet), sender, call, this.place.block) ??
      undecided(subnet, sender);
    if (refusal === null) {
      subnet.putWeights(sender.uid as number, storedWeights(call), call.mechanism);
    }
    return refusal;
  }

  private commitFault(
    subnet: DetailedSubnet | undefined,
    hotkey: string,
    mechanism: number,
  ): ChainError | null {
    if (!subnet) return "SubnetNotExists";
    if (mechanism >= subnet.mechanismCount) return "MechanismDoesNotExist";
    if (!subnet.parameters.commitReveal) return "CommitRevealDisabled";
    const sender = this.senderOf(subnet, hotkey, mechanism);
    const { uid, isOwner, totalStakeBits: bits, lastUpdateBlock } = sender;
    if (uid === null) return "HotKeyNotRegisteredInSubNet";
    const { stakeThresholdRao } = subnet.parameters;
    if (!isOwner && bits >> I64F64.fractionBits < stakeThresholdRao) {
      return "NotEnoughStakeToSetWeights";
    }
    const limit = subnet.weightsRateLimitBlocks;
    return isPastRateLimit(lastUpdateBlock, this.place.block, limit)
      ? undecided(subnet, sender)
      : "CommittingWeightsTooFast";
  }

  /** The subnet's epoch index, plus one while its epoch is due. */
  private epochOf({ netuid, epochCount }: DetailedSubnet): number {
    const { state, block, parameters } = this.place;
    const { tempoBlocks, lastEpochBlock, pendingEpochAt, blocksSinceLastStep } = state.subnet;
    const clock = {
      tempoBlocks: Number(tempoBlocks[netuid]),
      lastEpochBlock: Number(lastEpochBlock[netuid]),
      pendingEpochAt: Number(pendingEpochAt[netuid]),
      blocksSinceLastStep: Number(blocksSinceLastStep[netuid]),
    };
    return lookAheadEpoch(
      epochCount,
      isDue(clock, block, parameters.dueBySteps ? "tempo" : "maxTempo"),
    );
  }

  private rulesOf(subnet: DetailedSubnet): WeightsSubnet {
    const { netuid, neurons, parameters, weightsRateLimitBlocks, weightsVersionKey } = subnet;
    return {
      netuid,
      n: neurons.length,
      mechanismCount: subnet.mechanismCount,
      minAllowedWeights: 1,
      commitReveal: parameters.commitReveal,
      stakeThresholdRao: parameters.stakeThresholdRao,
      weightsVersionKey,
      weightsSetRateLimitBlocks: weightsRateLimitBlocks,
    };
  }

  private senderOf(subnet: DetailedSubnet, hotkey: string, mechanism: number): WeightsSender {
    const { book, parameters } = this.place;
    const uid = subnet.uidOf.get(hotkey) ?? null;
    return {
      uid,
      isOwner: uid !== null && uid === subnet.ownerUid,
      totalStakeBits: subnet.family.stakeBits(hotkey, book, taoWeightBits(parameters.taoWeight)),
      lastUpdateBlock: uid === null ? 0 : (subnet.mechanism(mechanism)?.lastUpdate[uid] ?? 0),
      validatorPermit: uid !== null && subnet.columns.newPermit[uid] !== 0,
    };
  }
}

/** Under null consensus nobody but the one with a permit has a say, whatever it weighs. */
const undecided = (
  { consensus }: DetailedSubnet,
  { validatorPermit }: WeightsSender,
): ChainError | null =>
  consensus === "null" && !validatorPermit ? "NeuronNoValidatorPermit" : null;

const mechanismOf = (action: object): number =>
  "mechanism" in action ? (action.mechanism as number) : 0;

const callOf = (action: Pick<SetWeights, "uids" | "values" | "versionKey">): WeightsCall => ({
  uids: action.uids,
  values: action.values,
  mechanism: mechanismOf(action),
  versionKey: action.versionKey ?? 0n,
});
