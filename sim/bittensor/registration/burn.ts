/**
 * The price of registering a neuron since spec 397 (April 2026): it halves every half-life and
 * jumps at each registration. Source: spec/token-economics.md section 6.1 (registration.rs).
 */
import { fromInteger, satMul, toUnsigned, U64_MAX, U64F64 } from "../../fixed/fixed-point.ts";

export interface BurnTerms {
  readonly halfLifeBlocks: number;
  /** Factor of each registration, U64F64 bits; less than one counts as one. */
  readonly increaseBits: bigint;
  readonly minRao: bigint;
  readonly maxRao: bigint;
}

/** 360 blocks, 1.26, 0.0005 to 100 TAO. A new subnet starts at 1 TAO. */
export const DEFAULT_BURN_TERMS: BurnTerms = {
  halfLifeBlocks: 360,
  increaseBits: 23_242_897_532_874_035_200n,
  minRao: 500_000n,
  maxRao: 100_000_000_000n,
};

export const NEW_SUBNET_BURN_RAO = 1_000_000_000n;

/** What an owner may set. */
export const BURN_BOUNDS = {
  halfLifeBlocks: { min: 1, max: 36_100 },
  increase: { min: 1, max: 3 },
  /** The minimum must stay below, the maximum above (rao). */
  minRaoBelow: 1_000_000_000n,
  maxRaoAbove: 100_000_000n,
} as const;

const ONE_Q32 = 1n << 32n;
const HALF_Q32 = 1n << 31n;

function powerQ32(base: bigint, exponent: number): bigint {
  let result = ONE_Q32;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result = (result * square) >> 32n;
    square = (square * square) >> 32n;
  }
  return result;
}

/**
 * The factor of one block in Q32: the largest whose power over the half-life, floored at each
 * multiplication, is at most a half. Half-life 0 means no decay.
 */
export function decayFactorQ32(halfLifeBlocks: number): bigint {
  if (halfLifeBlocks === 0) return ONE_Q32;
  let low = 0n;
  let high = ONE_Q32;
  while (low + 1n < high) {
    const middle = (low + high) >> 1n;
    if (powerQ32(middle, halfLifeBlocks) > HALF_Q32) high = middle;
    else low = middle;
  }
  return low;
}

/** Within the bounds; where they contradict each other the maximum wins. */
export function clampBurnRao(rao: bigint, { minRao, maxRao }: BurnTerms): bigint {
  const raised = rao < minRao ? minRao : rao;
  return raised > maxRao ? maxRao : raised;
}

/** The price at the start of a block, from that of the block before. In block 1 it does not decay. */
export const burnAtBlockRao = (
  burnRao: bigint,
  factorQ32: bigint,
  terms: BurnTerms,
  block: number,
): bigint => (block > 1 ? decayedBurnRao(burnRao, factorQ32, terms) : clampBurnRao(burnRao, terms));

/** The price a block later. `factorQ32` is `decayFactorQ32(terms.halfLifeBlocks)`, worked out once. */
export const decayedBurnRao = (burnRao: bigint, factorQ32: bigint, terms: BurnTerms): bigint =>
  clampBurnRao((burnRao * factorQ32) >> 32n, terms);

/** The price after a registration, in the same block. */
export function bumpedBurnRao(burnRao: bigint, terms: BurnTerms): bigint {
  const factor = terms.increaseBits < U64F64.oneBits ? U64F64.oneBits : terms.increaseBits;
  const bumped = toUnsigned(U64F64, satMul(U64F64, fromInteger(U64F64, burnRao), factor), U64_MAX);
  return clampBurnRao(bumped, terms);
}
