/**
 * Money of an FL Alliance task: the pool of each round, its pro-rata payment, the sign rule that
 * says who is rewarded and who slashed, and the slash itself. Wei. Source: spec/flock.md section 3.
 */
import { shareOf } from "../amounts.ts";

/** What a round pays: what is left of the pool over the rounds left, this one included. */
export function roundRewardWei(poolLeftWei: bigint, roundsLeft: number): bigint {
  if (!Number.isInteger(roundsLeft) || roundsLeft < 1) {
    throw new RangeError(`roundsLeft must be a whole number of at least 1, got ${roundsLeft}`);
  }
  return poolLeftWei / BigInt(roundsLeft);
}

/** A round's reward over the rewarded participants by stake, rounded down. */
export function payByStake(rewardWei: bigint, stakesWei: readonly bigint[]): bigint[] {
  const total = stakesWei.reduce((sum, stake) => sum + stake, 0n);
  return stakesWei.map((stake) => shareOf(rewardWei, stake, total));
}

export type Verdict = "reward" | "slash";

export interface RoundVerdicts {
  readonly proposers: Verdict;
  /** Voters who gave a score of at least 0. */
  readonly votersFor: Verdict;
  readonly votersAgainst: Verdict;
}

/** The sign rule: an aggregated vote of at least 0 accepts the proposals. */
export const verdicts = (aggregateVote: number): RoundVerdicts =>
  aggregateVote >= 0
    ? { proposers: "reward", votersFor: "reward", votersAgainst: "slash" }
    : { proposers: "slash", votersFor: "slash", votersAgainst: "reward" };

/** The stake-weighted sum of votes; only its sign decides. */
export function aggregateVote(votes: ArrayLike<number>, stakes: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < votes.length; i++) sum += votes[i] * stakes[i];
  return sum;
}

export interface Slash {
  readonly slashedWei: bigint;
  readonly toPoolWei: bigint;
  readonly toSlasherWei: bigint;
  readonly stakeAfterWei: bigint;
}

/** A part of a stake: its caller has `slasherPart` of it, the reward pool the rest. */
export function slash(
  stakeWei: bigint,
  slashPart: bigint,
  slasherPart: bigint,
  partBase: bigint,
): Slash {
  const slashedWei = (stakeWei * slashPart) / partBase;
  const toSlasherWei = (slashedWei * slasherPart) / partBase;
  return {
    slashedWei,
    toPoolWei: slashedWei - toSlasherWei,
    toSlasherWei,
    stakeAfterWei: stakeWei - slashedWei,
  };
}
