/**
 * How long a neuron counts as active after it set weights, and when owners' changes are frozen.
 * Source: spec/token-economics.md sections 3.4 and 7.
 */

/** Thousandths of a tempo: 5,000 blocks at tempo 360. */
export const ACTIVITY_CUTOFF_FACTOR_MILLI = { default: 13_889, min: 1_000, max: 50_000 } as const;
/** A fixed number of blocks until spec 423. */
export const LEGACY_ACTIVITY_CUTOFF_BLOCKS = 5_000;
/** Owners cannot change hyper-parameters in this many blocks before an epoch. */
export const ADMIN_FREEZE_WINDOW_BLOCKS = 10;

export const isFrozen = (blocksUntilNextEpoch: number): boolean =>
  blocksUntilNextEpoch < ADMIN_FREEZE_WINDOW_BLOCKS;
