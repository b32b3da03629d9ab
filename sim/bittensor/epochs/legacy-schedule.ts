/**
 * When subnets ran their epochs before spec 423: all on one clock, staggered by netuid, every
 * tempo + 1 blocks. Source: spec/token-economics.md section 3.4.
 */

/** Whether (block + netuid + 1) mod (tempo + 1) = tempo. Tempo 0: never. */
export const ranEpochAt = (block: number, netuid: number, tempoBlocks: number): boolean =>
  tempoBlocks > 0 && (block + netuid + 1) % (tempoBlocks + 1) === tempoBlocks;

/** Blocks until then; null where the subnet never runs. */
export const blocksUntilEpoch = (
  block: number,
  netuid: number,
  tempoBlocks: number,
): number | null =>
  tempoBlocks === 0 ? null : tempoBlocks - ((block + netuid + 1) % (tempoBlocks + 1));

/** The first block of an epoch by number, by which commits counted their reveal windows. */
export const firstBlockOfEpoch = (netuid: number, tempoBlocks: number, epoch: number): number =>
  Math.max(0, epoch * (tempoBlocks + 1) - (netuid + 1));
