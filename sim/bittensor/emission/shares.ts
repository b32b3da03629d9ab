/**
 * What every share rule reads and returns. A rule is a pure function `shares(state, params)`; its
 * shares are U64F64 bits in the order of `state.subnets`, which lists the eligible subnets by
 * ascending netuid. Source: spec/token-economics.md section 2, spec/recent-rules.md section 1.
 */
import {
  convert,
  fromInteger,
  safeDiv,
  satAdd,
  satMul,
  U64F64,
  U96F32,
} from "../../fixed/fixed-point.ts";

/** An eligible subnet as the share rules see it: the state at the end of the previous block. */
export interface ShareSubnet {
  readonly netuid: number;
  /** Price average, I96F32. */
  readonly movingPriceBits: bigint;
  /** Mechanism 0: no pool, its price counts as one. */
  readonly stable?: boolean;
  /** Part of the miners' incentive that was withheld in the last epoch, U96F32. */
  readonly minerBurnedBits?: bigint;
  /** Root's part of the validators' dividends, U96F32; only R5 reads it. */
  readonly rootProportionBits?: bigint;
  /** False where root has switched the subnet's TAO emission off; missing is true. */
  readonly emissionEnabled?: boolean;
}

export const subnetIsEnabled = (subnet: ShareSubnet): boolean => subnet.emissionEnabled !== false;

export const sumBits = (values: readonly bigint[]): bigint =>
  values.reduce((sum, value) => satAdd(U64F64, sum, value), 0n);

/** Each value over the sum, floored to U64F64; all 0 where the sum is 0. */
export function normalise(values: readonly bigint[]): bigint[] {
  const sum = sumBits(values);
  return values.map((value) => safeDiv(U64F64, value, sum));
}

/**
 * The emission switch (since spec 411): disabled subnets get nothing, and where there is one the
 * enabled are divided by their sum. Without a disabled subnet the shares stay as they are.
 */
export function switchDisabledOff(
  subnets: readonly ShareSubnet[],
  shareBits: readonly bigint[],
): bigint[] {
  if (subnets.every(subnetIsEnabled)) return [...shareBits];
  return normalise(shareBits.map((share, i) => (subnetIsEnabled(subnets[i]) ? share : 0n)));
}

/** TAO emission of each subnet in the block, U96F32 rao with its fraction. */
export function taoEmissionBits(shareBits: readonly bigint[], blockEmissionRao: bigint): bigint[] {
  const emission = fromInteger(U64F64, blockEmissionRao);
  return shareBits.map((share) => convert(U64F64, U96F32, satMul(U64F64, emission, share)));
}
