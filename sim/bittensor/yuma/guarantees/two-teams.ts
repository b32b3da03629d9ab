/**
 * Two teams of validators and servers, the random graph of the chain's consensus experiment. What is
 * random in it depends on the stake share and the deviation alone, not on how much weight a team
 * gives itself; that only scales it. Source: spec/yuma-epoch.md section 11.2.
 */
import {
  convert,
  exactMul,
  fromFloat,
  fromInteger,
  I32F32,
  I64F64,
  safeDiv,
} from "../../../fixed/fixed-point.ts";
import { chainNormals, chainUniforms, chainWords } from "./chain-random.ts";

export const VALIDATORS = 64;
export const SERVERS = 448;
export const NEURONS = VALIDATORS + SERVERS;

const ONE = I32F32.oneBits;
const STAKE_DEVIATION = fromFloat(I32F32, 0.3);
/** All stake there is, in rao. */
const TOTAL_STAKE = 21_000_000_000_000_000n;

/** Uids are validators, major first, then servers, major first. */
export interface TwoTeams {
  /** The major team's share of stake. */
  readonly majorStake: number;
  readonly majorValidators: number;
  readonly majorServers: number;
  /** By validator, u64. */
  readonly stakeRao: readonly bigint[];
  /**
   * By validator and server at [validator * SERVERS + server], I32F32 bits below 2^32: what a
   * validator's weight for a team is multiplied with. Sums to one over each team's servers.
   */
  readonly factorBits: Float64Array;
}

export interface TeamParameters {
  readonly majorStake: number;
  /** Standard deviation of a weight around its mean of 1, before normalisation. */
  readonly weightDeviation: number;
  readonly seed: bigint;
}

export function twoTeams({ majorStake, weightDeviation, seed }: TeamParameters): TwoTeams {
  const uniforms = chainUniforms(chainWords(seed));
  const share = fromFloat(I32F32, majorStake);
  // The chain's test holds its deviation as a float of 32 bits.
  const deviation = fromFloat(I32F32, Math.fround(weightDeviation));
  const majorValidators = teamSize(share, VALIDATORS);
  const majorServers = teamSize(share, SERVERS);
  const major = stakes(sample(uniforms, majorValidators, STAKE_DEVIATION), share);
  const minor = stakes(
    sample(uniforms, VALIDATORS - majorValidators, STAKE_DEVIATION),
    ONE - share,
  );
  const factorBits = new Float64Array(VALIDATORS * SERVERS);
  for (let validator = 0; validator < VALIDATORS; validator++) {
    const row = validator * SERVERS;
    const both = [
      ...sample(uniforms, majorServers, deviation),
      ...sample(uniforms, SERVERS - majorServers, deviation),
    ];
    factorBits.set(both.map(Number), row);
  }
  return {
    majorStake,
    majorValidators,
    majorServers,
    stakeRao: [...major, ...minor],
    factorBits,
  };
}

/** A team has at least one member, and so has the other. */
function teamSize(share: bigint, total: number): number {
  const size = Number(exactMul(I32F32, share, fromInteger(I32F32, BigInt(total))) >> 32n);
  return Math.min(total - 1, Math.max(1, size));
}

/** 1 + deviation * z, not below 0, divided by the sum. */
function sample(uniforms: () => number, count: number, deviation: bigint): bigint[] {
  const values = chainNormals(uniforms, count).map((z) => {
    const value = ONE + exactMul(I32F32, deviation, z);
    return value < 0n ? 0n : value;
  });
  const sum = values.reduce((total, value) => total + value, 0n);
  return values.map((value) => safeDiv(I32F32, value, sum));
}

const stakes = (samples: readonly bigint[], share: bigint): bigint[] =>
  samples.map((value) => {
    const wide = (bits: bigint) => convert(I32F32, I64F64, bits);
    const part = exactMul(I64F64, wide(share), wide(value));
    return exactMul(I64F64, part, fromInteger(I64F64, TOTAL_STAKE)) >> 64n;
  });
