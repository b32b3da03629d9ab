/** One problem's scores as exact fractions: integers all the way, one division at the end. */
import type { AnswerBatch } from "../types.ts";

/** Fractional bits of a score. */
export const SCORE_BITS = 96n;

/**
 * Scores as integers of 2^-96, floored from exact sums; stakes are taken as the doubles that they
 * are. Two scores compare as the true ones do, except within 2^-96 of each other.
 */
export function exactAnswers(batch: AnswerBatch, problem: number): bigint[] {
  const { validators, miners, sharpness } = batch;
  const scores = new Array<bigint>(miners).fill(0n);
  const stakes = integersOf(batch.stake.subarray(problem * validators, (problem + 1) * validators));
  const total = stakes.reduce((sum, x) => sum + x, 0n);
  for (let i = 0; i < validators; i++) {
    const from = (problem * validators + i) * miners;
    const weights = Array.from(
      batch.grades.subarray(from, from + miners),
      (grade) => BigInt(grade) ** BigInt(sharpness),
    );
    const sum = weights.reduce((all, x) => all + x, 0n);
    if (sum === 0n) continue;
    weights.forEach((weight, j) => {
      scores[j] += ((stakes[i] * weight) << (SCORE_BITS + GUARD_BITS)) / (sum * total);
    });
  }
  return scores.map((score) => score >> GUARD_BITS);
}

/** So that the floors of a thousand validators stay below the last bit of a score. */
const GUARD_BITS = 16n;

/** The first miner with the largest exact score. */
export function exactWinner(scores: readonly bigint[]): number {
  let best = 0;
  scores.forEach((score, j) => {
    if (score > scores[best]) best = j;
  });
  return best;
}

/** Doubles of at least 0 as integers in one common unit; exact for ratios up to 2^64. */
function integersOf(values: Float64Array): bigint[] {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  const scale = 2 ** (116 - Math.floor(Math.log2(largest)));
  return Array.from(values, (value) => BigInt(Math.floor(value * scale)));
}
