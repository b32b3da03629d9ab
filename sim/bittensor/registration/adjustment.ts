/**
 * The older registration rule (2023 to April 2026): after every interval the burn price, or the
 * difficulty of the work, moves towards a target number of registrations.
 * Source: spec/token-economics.md section 6.1 (coinbase/block_step.rs before spec 397).
 */
import { saturatingSub } from "../../amounts.ts";
import { U64_MAX } from "../../fixed/fixed-point.ts";

export interface AdjustmentTerms {
  /** Registrations wanted in an interval. */
  readonly target: number;
  /** AdjustmentAlpha, u64 of 2^64 - 1: how much of the old value stays. */
  readonly alphaU64: bigint;
  readonly minBurnRao: bigint;
  readonly maxBurnRao: bigint;
  readonly minDifficulty: bigint;
  readonly maxDifficulty: bigint;
}

/** Blocks between adjustments: the default and two values of the main network. */
export const ADJUSTMENT_INTERVAL_BLOCKS = { default: 100, mainnet: [112, 360] } as const;

/** Registrations after which a subnet takes no more in the interval: three times the target. */
export const intervalCap = (target: number): number => 3 * target;

/** The rule was worked out in U110F18. */
const FRACTION_BITS = 18n;
const ONE = 1n << FRACTION_BITS;

/**
 * alpha * X + (1 - alpha) * X * (n + T) / (2T), within bounds: a burn price in rao or a difficulty.
 * With a target of 0 the second term is 0.
 */
export function adjusted(
  value: bigint,
  registrations: number,
  target: number,
  alphaU64: bigint,
  min: bigint,
  max: bigint,
): bigint {
  const alpha = (alphaU64 << FRACTION_BITS) / U64_MAX;
  const doubleTarget = BigInt(2 * target);
  const scaled = (value * BigInt(registrations + target)) << FRACTION_BITS;
  const updated = doubleTarget === 0n ? 0n : scaled / doubleTarget;
  const next = alpha * value + ((saturatingSub(ONE, alpha) * updated) >> FRACTION_BITS);
  if (next >= max << FRACTION_BITS) return max;
  return next <= min << FRACTION_BITS ? min : next >> FRACTION_BITS;
}

export interface RegistrationPrices {
  readonly burnRao: bigint;
  readonly difficulty: bigint;
}

/**
 * Which price moves. Too many registrations: the one by which most came gets dearer. Too few: the
 * other one gets cheaper. As many by work as by burn: both move. Six cases in all.
 */
export function movingPrices(
  byWork: number,
  byBurn: number,
  target: number,
): { readonly burn: boolean; readonly difficulty: boolean } {
  if (byWork === byBurn) return { burn: true, difficulty: true };
  const tooMany = byWork + byBurn > target;
  const mostlyWork = byWork > byBurn;
  const difficulty = tooMany === mostlyWork;
  return { burn: !difficulty, difficulty };
}

/** The prices after an interval with so many registrations by work and by burn. */
export function adjustPrices(
  prices: RegistrationPrices,
  byWork: number,
  byBurn: number,
  terms: AdjustmentTerms,
): RegistrationPrices {
  const moves = movingPrices(byWork, byBurn, terms.target);
  const move = (value: bigint, min: bigint, max: bigint) =>
    adjusted(value, byWork + byBurn, terms.target, terms.alphaU64, min, max);
  return {
    burnRao: moves.burn ? move(prices.burnRao, terms.minBurnRao, terms.maxBurnRao) : prices.burnRao,
    difficulty: moves.difficulty
      ? move(prices.difficulty, terms.minDifficulty, terms.maxDifficulty)
      : prices.difficulty,
  };
}
