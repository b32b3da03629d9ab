/** Who has set weights lately (spec 1.4, 5.1). */

const MAX_BLOCK = Number.MAX_SAFE_INTEGER;

/** `factorMilli` is ActivityCutoffFactorMilli, thousandths of a tempo: 13,889 unless changed. */
export const activityCutoffBlocks = (factorMilli: number, tempoBlocks: number): number =>
  Math.max(1, Math.floor((factorMilli * tempoBlocks) / 1000));

/** Active: the last update is at most `cutoffBlocks` ago. */
export const activity = (
  lastUpdate: ArrayLike<number>,
  cutoffBlocks: number,
  block: number,
): boolean[] =>
  Array.from(lastUpdate, (updated) => Math.min(updated + cutoffBlocks, MAX_BLOCK) >= block);
