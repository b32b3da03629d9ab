/**
 * Figures reported about FLock's mainnet, to stand beside ours. None is audited; each has its
 * source and date. Nothing in the simulation is fitted to them.
 */
export const FLOCK_REPORTED = {
  /** 2025-06-30, the end of the quarter that the reports cover. */
  midYearDay: 181,
  lockedShare: 0.25,
  meanLockDays: 265,
  delegatorApy: [0.6, 2.3],
  /** FLOCK in the first ten months, all fees. */
  fees10Months: 11.9e6,
  feeShareOfEmission: 0.1325,
  circulatingAfterYears: [0.25, 0.5],
  sources: {
    article: "0xJeff / PANews, 6 June 2025",
    rating: "a third-party rating page, after ten months",
  },
} as const;
