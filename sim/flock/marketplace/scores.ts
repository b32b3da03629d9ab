/** Scores of a model's users, and of models for the bootstrap emission. Source: spec/flock.md 4. */
import { pow } from "../../portable-math.ts";

export interface UserActivity {
  /** What the user spent on the model. */
  readonly usage: number;
  /** Model tokens that the user stakes. */
  readonly stake: number;
}

const shareOfTotal = (values: readonly number[]): number[] => {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (total === 0 ? 0 : value / total));
};

/**
 * usage share * (alpha + (1 - alpha) * sqrt(stake share)). Linear in usage, so that dividing one's
 * spending gains nothing. The stake term is assumed (U).
 */
export function userScores(users: readonly UserActivity[], alpha: number): number[] {
  const usage = shareOfTotal(users.map((user) => user.usage));
  const stake = shareOfTotal(users.map((user) => user.stake));
  return users.map((_, i) => usage[i] * (alpha + (1 - alpha) * Math.sqrt(stake[i])));
}

/** The second score: only those who both use the model and stake its token. */
export function incentiveScores(users: readonly UserActivity[]): number[] {
  const usage = shareOfTotal(users.map((user) => user.usage));
  const stake = shareOfTotal(users.map((user) => user.stake));
  return users.map((_, i) => usage[i] * Math.sqrt(stake[i]));
}

export interface ModelUse {
  readonly usage: number;
  readonly ageDays: number;
}

/** Shares of the bootstrap emission: by real usage, halved with every half-life of deployment. */
export const bootstrapShares = (models: readonly ModelUse[], halfLifeDays: number): number[] =>
  shareOfTotal(models.map(({ usage, ageDays }) => usage * pow(0.5, ageDays / halfLifeDays)));
