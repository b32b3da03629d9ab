/**
 * Voting power: a moving average of a validator's stake that a subnet may keep. It weighs nothing
 * in emission or consensus. Source: spec/token-economics.md section 5.7 (voting_power.rs).
 */
import { PERQUINTILL } from "../../amounts.ts";
import { U64_MAX } from "../../fixed/fixed-point.ts";

/** Parts of 10^18 by which an epoch moves the average: 0.00357, about two weeks at tempo 360. */
export const VOTING_POWER_ALPHA_PARTS = 3_570_000_000_000_000n;
/** Blocks that tracking goes on after it was switched off. */
export const VOTING_POWER_GRACE_BLOCKS = 100_800;

/** The average after an epoch, rao. `alphaParts` is of 10^18. */
export function votingPowerRao(stakeRao: bigint, previousRao: bigint, alphaParts: bigint): bigint {
  const sum = alphaParts * stakeRao + (PERQUINTILL - alphaParts) * previousRao;
  const average = sum / PERQUINTILL;
  return average > U64_MAX ? U64_MAX : average;
}

/**
 * A validator's entry after an epoch, null where it has none: it is removed when it falls from the
 * threshold or more to less, when the permit is lost, or when the neuron is gone (stake 0).
 */
export function votingPowerEntry(
  entryRao: bigint | null,
  validator: { readonly stakeRao: bigint; readonly hasPermit: boolean },
  thresholdRao: bigint,
  alphaParts: bigint = VOTING_POWER_ALPHA_PARTS,
): bigint | null {
  if (!validator.hasPermit) return null;
  const previous = entryRao ?? 0n;
  const power = votingPowerRao(validator.stakeRao, previous, alphaParts);
  if (power < thresholdRao && previous >= thresholdRao) return null;
  return power > 0n ? power : entryRao;
}
