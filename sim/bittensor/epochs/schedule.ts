/**
 * When subnets run their epochs since spec 423 (June 2026): each on its own schedule of `tempo`
 * blocks, at most two in a block. Source: spec/token-economics.md section 3.4,
 * spec/recent-rules.md section 2.2 (run_coinbase.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import { U64_MAX } from "../../fixed/fixed-point.ts";
import type { ChainError } from "../errors.ts";

export const MIN_TEMPO_BLOCKS = 360;
export const MAX_TEMPO_BLOCKS = 50_400;
export const MAX_EPOCHS_PER_BLOCK = 2;
/** Blocks from a triggered epoch to its run. */
export const EPOCH_TRIGGER_DELAY_BLOCKS = 10;

export interface EpochClock {
  /** 0: the subnet never runs. */
  readonly tempoBlocks: number;
  readonly lastEpochBlock: number;
  /** A triggered or deferred epoch; 0: none. */
  readonly pendingEpochAt: number;
  readonly blocksSinceLastStep: number;
}

/** What the safety net on BlocksSinceLastStep compares with. */
export type StepLimit =
  /** June 2026: more than 50,400 blocks. */
  | "maxTempo"
  /** From the 474/475 line: more than the tempo; the counter stops at tempo + 1. */
  | "tempo";

export function isDue(clock: EpochClock, block: number, limit: StepLimit): boolean {
  const { tempoBlocks, pendingEpochAt, blocksSinceLastStep, lastEpochBlock } = clock;
  if (tempoBlocks === 0) return false;
  if (pendingEpochAt > 0 && block >= pendingEpochAt) return true;
  const maxSteps = limit === "tempo" ? tempoBlocks : MAX_TEMPO_BLOCKS;
  return blocksSinceLastStep > maxSteps || block - lastEpochBlock >= tempoBlocks;
}

/** BlocksSinceLastStep one block later. */
export const nextStepCount = (clock: EpochClock, limit: StepLimit): number =>
  limit === "tempo"
    ? Math.min(clock.blocksSinceLastStep + 1, clock.tempoBlocks + 1)
    : clock.blocksSinceLastStep + 1;

/**
 * Blocks until the next epoch by the schedule alone, without triggers, safety net or deferral.
 * 2^64 - 1 where the subnet never runs.
 */
export const blocksUntilNextAutoEpoch = (
  tempoBlocks: bigint,
  lastEpochBlock: bigint,
  block: bigint,
): bigint => {
  if (tempoBlocks === 0n) return U64_MAX;
  const next = lastEpochBlock + tempoBlocks;
  return saturatingSub(next > U64_MAX ? U64_MAX : next, block);
};

/** LastEpochBlock of a new subnet: staggers subnets by their number. */
export const firstLastEpochBlock = (block: number, netuid: number, tempoBlocks: number): number =>
  Math.max(0, tempoBlocks === 0 ? block : block - (netuid % tempoBlocks));

export interface DueSubnet {
  readonly netuid: number;
  /** False where the epoch's input contradicts itself (a hotkey twice). */
  readonly consistent: boolean;
}

export interface BlockPlan {
  /** Run their epoch now: pending amounts are drained, the schedule starts anew. */
  readonly run: readonly number[];
  /** Over the cap: PendingEpochAt = the next block. */
  readonly deferred: readonly number[];
  /** Inconsistent: the slot is used up, pending amounts stay. */
  readonly skipped: readonly number[];
}

/** What happens to the subnets whose epoch is due in a block, taken in ascending order. */
export function planBlock(
  due: readonly DueSubnet[],
  maxEpochs: number = MAX_EPOCHS_PER_BLOCK,
): BlockPlan {
  const plan = { run: [] as number[], deferred: [] as number[], skipped: [] as number[] };
  for (const { netuid, consistent } of [...due].sort((a, b) => a.netuid - b.netuid)) {
    if (plan.run.length >= maxEpochs) plan.deferred.push(netuid);
    else if (consistent) plan.run.push(netuid);
    else plan.skipped.push(netuid);
  }
  return plan;
}

/** A clock after its slot was used, run or skipped. A skipped one keeps counting steps. */
export const afterSlot = (clock: EpochClock, block: number, ran: boolean): EpochClock => ({
  ...clock,
  lastEpochBlock: block,
  pendingEpochAt: 0,
  blocksSinceLastStep: ran ? 0 : clock.blocksSinceLastStep,
});

/** The owner sets a tempo: LastEpochBlock starts anew. Once in 360 blocks. */
export function setTempo(
  clock: EpochClock,
  tempoBlocks: number,
  block: number,
  blocksSinceChange: number,
): EpochClock | ChainError {
  if (tempoBlocks < MIN_TEMPO_BLOCKS || tempoBlocks > MAX_TEMPO_BLOCKS) return "TempoOutOfBounds";
  if (blocksSinceChange < MIN_TEMPO_BLOCKS) return "TxRateLimitExceeded";
  return { ...clock, tempoBlocks, lastEpochBlock: block };
}

/** The owner triggers an epoch, ten blocks ahead. Once in two tempos, not with commit-reveal. */
export function triggerEpoch(
  clock: EpochClock,
  block: number,
  blocksSinceTrigger: number,
  commitRevealEnabled: boolean,
): EpochClock | ChainError {
  if (commitRevealEnabled) return "DynamicTempoBlockedByCommitReveal";
  if (clock.pendingEpochAt > 0) return "EpochTriggerAlreadyPending";
  if (blocksSinceTrigger < 2 * clock.tempoBlocks) return "TxRateLimitExceeded";
  const at = block + EPOCH_TRIGGER_DELAY_BLOCKS;
  if (clock.lastEpochBlock + clock.tempoBlocks <= at) return "AutoEpochAlreadyImminent";
  return { ...clock, pendingEpochAt: at };
}
