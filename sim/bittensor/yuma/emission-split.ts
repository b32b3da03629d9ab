/** From incentive and dividends to rao (spec 5.11). */
import { I32F32, saturate, toUnsigned } from "../../fixed/fixed-point.ts";
import { normalize, normalizeBy, sum } from "./vectors.ts";

export interface EmissionShares {
  readonly emissionSum: bigint;
  readonly server: bigint[];
  readonly validator: bigint[];
  readonly combined: bigint[];
}

/**
 * Servers by incentive, validators by dividends, each over the sum of both. Where nobody earns
 * anything the validators share by active stake, or by stake where no stake is active.
 */
export function emissionShares(
  incentive: readonly bigint[],
  dividends: readonly bigint[],
  stake: readonly bigint[],
  activeStake: readonly bigint[],
): EmissionShares {
  const both = incentive.map((bits, uid) => saturate(I32F32, bits + dividends[uid]));
  const emissionSum = sum(both);
  if (emissionSum === 0n) {
    const emergency = [...(sum(activeStake) === 0n ? stake : activeStake)];
    return { emissionSum, server: [...incentive], validator: emergency, combined: emergency };
  }
  return {
    emissionSum,
    server: normalizeBy(incentive, emissionSum),
    validator: normalizeBy(dividends, emissionSum),
    combined: normalize(both),
  };
}

/** floor(share * emission) in rao. The shares sum to 1 or less, so a few rao may stay behind. */
export const emissionRao = (shares: readonly bigint[], raoEmission: bigint): BigUint64Array =>
  BigUint64Array.from(shares, (bits) => toUnsigned(I32F32, bits * raoEmission));
