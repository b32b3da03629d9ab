/** What delegators really earned, from two rows of each: the realised side of a displayed yield. */

/** A delegator on a day, as table flock_delegators has it. */
export interface DelegatorDay {
  readonly day: number;
  readonly name: string;
  readonly lockedFlock: number;
  /** So far, after fees. */
  readonly claimedFlock: number;
  /** Due, before the fee. */
  readonly claimableFlock: number;
}

export interface YieldOptions {
  readonly claimFee: number;
  /** Who had less locked at either end is left out: a yield on dust says nothing. */
  readonly leastFlock: number;
}

/**
 * Yearly return on locked principal between two days, simple interest: what was claimed and what
 * became due (after the fee) over the mean of the principal at both ends. One number a delegator.
 */
export function realisedYields(
  rows: readonly DelegatorDay[],
  fromDay: number,
  toDay: number,
  { claimFee, leastFlock }: YieldOptions,
): number[] {
  const start = new Map<string, DelegatorDay>();
  for (const row of rows) if (row.day === fromDay) start.set(row.name, row);
  const due = (row: DelegatorDay) => row.claimedFlock + (1 - claimFee) * row.claimableFlock;
  return rows
    .filter(({ day }) => day === toDay)
    .flatMap((end) => {
      const begin = start.get(end.name);
      if (!begin || begin.lockedFlock < leastFlock || end.lockedFlock < leastFlock) return [];
      const principal = (begin.lockedFlock + end.lockedFlock) / 2;
      return [(((due(end) - due(begin)) / principal) * 365) / (toDay - fromDay)];
    });
}
