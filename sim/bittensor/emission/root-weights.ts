/**
 * Emission by root validators' weights (October 2023 to February 2025): stake-weighted ranks, each
 * lifted or pressed by a consensus sigmoid of the stake that weighs the subnet at all.
 * Source: spec/token-economics.md section 2.4 (root.rs); rho and kappa of root are its assumption.
 */
import {
  convert,
  fromFloat,
  fromInteger,
  I64F64,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  U64F64,
} from "../../fixed/fixed-point.ts";
import { exp } from "../../fixed/transcendental.ts";

export interface RootValidator {
  /** TAO staked on root, all of the hotkey. */
  readonly stakeRao: bigint;
  /** Weight of each subnet, in any unit: rows are normalised. */
  readonly weights: readonly number[];
}

export interface RootWeightParams {
  /** Steepness of the sigmoid. */
  readonly rhoBits: bigint;
  /** The part of stake at which the sigmoid is one half. */
  readonly kappaBits: bigint;
}

export const defaultRootWeightParams: RootWeightParams = {
  rhoBits: fromInteger(I64F64, 30n),
  kappaBits: fromFloat(I64F64, 0.5),
};

const ONE = I64F64.oneBits;
const sum = (values: readonly bigint[]): bigint =>
  values.reduce((total, value) => satAdd(I64F64, total, value), 0n);

function normalised(values: readonly bigint[]): bigint[] {
  const total = sum(values);
  return values.map((value) => safeDiv(I64F64, value, total));
}

/** Each subnet's part of the emission, U64F64, in the order of the weights. */
export function rootWeightShares(
  validators: readonly RootValidator[],
  subnets: number,
  params: RootWeightParams = defaultRootWeightParams,
): bigint[] {
  const stakes = normalised(validators.map(({ stakeRao }) => fromInteger(I64F64, stakeRao)));
  const rows = validators.map(({ weights }) =>
    normalised(Array.from({ length: subnets }, (_, i) => fromFloat(I64F64, weights[i] ?? 0))),
  );
  const column = (of: (stake: bigint, weight: bigint) => bigint, i: number) =>
    sum(stakes.map((stake, v) => of(stake, rows[v][i])));
  const lifted = Array.from({ length: subnets }, (_, i) => {
    const rank = column((stake, weight) => satMul(I64F64, stake, weight), i);
    const trust = column((stake, weight) => (weight > 0n ? stake : 0n), i);
    return satMul(I64F64, rank, rootConsensus(trust, params));
  });
  return normalised(lifted).map((share) => convert(I64F64, U64F64, share));
}

/** 1 / (1 + e^(-rho (trust - kappa))), I64F64. */
export function rootConsensus(trustBits: bigint, { rhoBits, kappaBits }: RootWeightParams): bigint {
  const distance = satMul(I64F64, rhoBits, satSub(I64F64, trustBits, kappaBits));
  const decay = exp(I64F64, -distance) ?? (distance > 0n ? 0n : I64F64.maxBits);
  return safeDiv(I64F64, ONE, satAdd(I64F64, ONE, decay));
}
