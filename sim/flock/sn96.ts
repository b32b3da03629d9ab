/**
 * FLockOff, Bittensor's subnet 96: how its validators weigh miners, in three dated regimes. Miners
 * publish data sets; a loss is what a fixed model reaches when trained on one. Source: spec/flock.md
 * section 6 (github FLock-io/FLock-subnet).
 */
import { pow } from "../portable-math.ts";

/** Regime 2, May 2025 to January 2026: a score from the loss. */
export interface ScoreCurve {
  /** The benchmark loss, which scores `height`. */
  readonly benchmark: number;
  /** A lower loss than this scores 1. */
  readonly low: number;
  /** A higher loss than this scores 0. */
  readonly high: number;
  readonly power: number;
  readonly height: number;
}

/** The curves that were live, with the rows that a data set could have. */
export const SCORE_CURVES = {
  textToSql: { benchmark: 0.16, low: 0.135, high: 0.165, power: 10, height: 0.05, rows: 250 },
  roleplay: { benchmark: 2.6, low: 2.4, high: 2.8, power: 2, height: 0.05, rows: 250 },
} as const;

/** The loss recorded when training failed. */
export const FAILED_LOSS = 999;

/** 0 to 1; 0 for no loss, and for a curve that makes no sense (as the validator has it). */
export function lossScore(loss: number | null, curve: ScoreCurve): number {
  const { benchmark, low, high, power, height } = curve;
  if (loss === null || !(power > 0) || !(benchmark > 0) || !(low < high)) return 0;
  if (loss < low) return 1;
  if (loss > high) return 0;
  if (loss <= benchmark) {
    return height + (1 - height) * pow((benchmark - loss) / (benchmark - low), power);
  }
  return height - height * pow((loss - benchmark) / (high - benchmark), power);
}

/** Regime 1, from December 2024: what the validator inherited from model-training subnets. */
export interface Entry {
  readonly loss: number;
  readonly block: number;
}

/** The discount on the loss of the earlier entry of a pair. */
export const EARLIER_DISCOUNT = 0.04;

/** Part of its pairs that each entry wins; an entry alone wins nothing. */
export function winRates(
  entries: readonly Entry[],
  earlierDiscount = EARLIER_DISCOUNT,
): Float64Array {
  const rates = new Float64Array(entries.length);
  const compared = (entry: Entry, other: Entry) =>
    entry.block < other.block ? entry.loss * (1 - earlierDiscount) : entry.loss;
  for (let i = 0; i < entries.length; i++) {
    let wins = 0;
    for (let k = 0; k < entries.length; k++) {
      if (k !== i && compared(entries[i], entries[k]) < compared(entries[k], entries[i])) wins++;
    }
    rates[i] = entries.length > 1 ? wins / (entries.length - 1) : 0;
  }
  return rates;
}

/** Regime 3, from February 2026: the best twentieth is eligible, the earliest of it takes all. */
export interface Submission {
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  /** null until it has been evaluated. */
  readonly loss: number | null;
  readonly block: number;
}

/** Who holds a slot of the subnet now. */
export interface SlotHolder {
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
}

export interface Winner {
  readonly uid: number;
  /** Of the submission that won, also where its slot has gone to another. */
  readonly loss: number;
}

export const ELIGIBLE_PART = 0.05;

export const eligibleCount = (hotkeys: number): number =>
  Math.max(1, Math.floor(ELIGIBLE_PART * hotkeys));

/**
 * The winner among the submissions: the earliest commitment of the `eligibleCount` lowest losses.
 * If its hotkey no longer holds its slot, its coldkey's slot is paid where there is one, otherwise
 * the next eligible submission that still holds its own. null when nobody can be paid.
 */
export function selectWinner(
  submissions: readonly Submission[],
  holders: readonly SlotHolder[],
): Winner | null {
  const scored = submissions.filter((submission) => submission.loss !== null);
  const byLoss = [...scored].sort((a, b) => Number(a.loss) - Number(b.loss) || a.uid - b.uid);
  const eligible = byLoss
    .slice(0, eligibleCount(holders.length))
    .sort((a, b) => a.block - b.block || a.uid - b.uid);
  if (eligible.length === 0) return null;
  const [best] = eligible;
  const loss = Number(best.loss);
  const holderOf = new Map(holders.map((holder) => [holder.uid, holder]));
  const holdsSlot = ({ uid, hotkey }: Submission) => holderOf.get(uid)?.hotkey === hotkey;
  if (holdsSlot(best)) return { uid: best.uid, loss };
  const moved = holders.find(({ coldkey }) => coldkey === best.coldkey);
  const uid = moved?.uid ?? eligible.find(holdsSlot)?.uid;
  return uid === undefined ? null : { uid, loss };
}

/** One-hot weights over `slots` slots; all to the owner (whose emission burns) without a winner. */
export function winnerWeights(
  slots: number,
  winner: Winner | null,
  ownerUid: number,
): Float64Array {
  const weights = new Float64Array(slots);
  weights[winner?.uid ?? ownerUid] = 1;
  return weights;
}

/** Rows that may be shared with an earlier data set: a third of it now, 100 of 250 before. */
export const overlapDisqualifies = (sharedRows: number, limit: number): boolean =>
  sharedRows > limit;
