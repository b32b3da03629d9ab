/**
 * yuma: the Yuma Consensus epoch as the chain computes it, to the last bit. The files hold one rule
 * each; `epoch.ts` calls them in order, `mechanisms.ts` and `run-case.ts` call it, and `kernel/` is
 * the same computation in WebAssembly. The rules import sim/fixed only; run-case.ts also takes the
 * storing of weights from sim/bittensor/weights.
 *
 * What goes into an epoch and what comes out, as plain data. `n` is the number of uids, `i` a row
 * (validator), `j` a column (miner). Source: spec/yuma-epoch.md sections 1 and 5.
 */

/** One stored row of weights or bonds, in the order in which it is stored (not always sorted). */
export interface SparseRow {
  /** Target uids. */
  readonly columns: ArrayLike<number>;
  /** u16 values, as many as columns. */
  readonly values: ArrayLike<number>;
}

/** The state of one mechanism of one subnet at the start of its epoch. */
export interface EpochInput {
  /** Registered uids, 1 ... 65,535. */
  readonly n: number;
  readonly block: number;
  readonly tempoBlocks: number;
  /** The block of the last successful epoch, 0 = never. During an epoch, that of the run before. */
  readonly lastMechanismStepBlock: number;
  /** Alpha to split, u64. */
  readonly raoEmission: bigint;
  /** n values of I64F64 bits: alpha plus tao weight times root stake, in rao (stake-weight.ts). */
  readonly totalStakeBits: ArrayLike<bigint>;
  /** n blocks: the last weight set, or the last commit where commit-reveal is on. */
  readonly lastUpdate: ArrayLike<number>;
  /** n blocks. */
  readonly blockAtRegistration: ArrayLike<number>;
  /** Permits that the previous epoch gave; the chain may hold fewer than n. */
  readonly validatorPermit: ArrayLike<boolean>;
  /** n rows. The epoch ignores targets of n and above. */
  readonly weights: readonly SparseRow[];
  /** n rows, as the previous epoch stored them. */
  readonly bonds: readonly SparseRow[];
  /**
   * Read where commit-reveal is on: for each uid the block of its earliest live commit, null = no
   * commit. Absent or null = nobody has one. See weights/commit-windows.ts.
   */
  readonly commitBlocks?: ArrayLike<number | null> | null;
  /** The uid of the subnet owner's hotkey, null where it is not registered. */
  readonly ownerUid: number | null;
  /**
   * The u16 consensus that the last epoch of this mechanism stored; null = none. Read by the liquid
   * alpha modes "previous" and "auto" only.
   */
  readonly previousConsensus?: ArrayLike<number> | null;
}

/**
 * Which consensus liquid alpha compares weights with: this epoch's, the stored one of the epoch
 * before, or by the bonds penalty (previous where it is 65,535). The chain has had the choice since
 * spec 446, with "auto" as its default; before, it was always "current".
 * Source: spec/recent-rules.md section 4.2.
 */
export type LiquidAlphaConsensusMode = "current" | "previous" | "auto";

/** The hyperparameters that an epoch reads, in the chain's own units. */
export interface EpochParameters {
  /** u16, a fraction of 65,535: the stake that must support a weight. */
  readonly kappa: number;
  /** u16, a fraction of 65,535: 65,535 = bonds from clipped weights, 0 = from weights as set. */
  readonly bondsPenalty: number;
  /** Parts per million, u64: the share of the old bonds that stays, 900,000 = alpha 0.1. */
  readonly bondsMovingAverage: number;
  readonly yuma3: boolean;
  /** Acts only with yuma3. */
  readonly liquidAlpha: boolean;
  /** u16, fractions of 65,535. */
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** i16, in hundredths. */
  readonly alphaSigmoidSteepness: number;
  /** Absent = "current". */
  readonly liquidAlphaConsensusMode?: LiquidAlphaConsensusMode;
  /** Weights older than a commit's view of a newly registered miner are masked. */
  readonly commitReveal: boolean;
  /** u16: how many uids get a permit. */
  readonly maxAllowedValidators: number;
  /** max(1, floor(factor_milli * tempo / 1000)). */
  readonly activityCutoffBlocks: number;
  /** u64: uids with less total stake count as having none. */
  readonly stakeThresholdRao: bigint;
}

/** What the chain stores after an epoch. Vectors have n elements. */
export interface EpochOutput {
  readonly active: boolean[];
  /** u16 fractions of 65,535, floored. */
  readonly stakeWeight: Uint16Array;
  readonly consensus: Uint16Array;
  readonly incentive: Uint16Array;
  readonly dividends: Uint16Array;
  readonly validatorTrust: Uint16Array;
  /** rao. `emissionRao` is the combined emission; server and validator emission are its halves. */
  readonly emissionRao: BigUint64Array;
  readonly serverEmissionRao: BigUint64Array;
  readonly validatorEmissionRao: BigUint64Array;
  /** The new permits. */
  readonly validatorPermit: boolean[];
  /** n rows; empty where the uid has no new permit. */
  readonly bonds: SparseRow[];
}

/** A row of I32F32 bits by column; a missing entry is 0. The order of entries matters in places. */
export interface FixedRow {
  readonly columns: number[];
  readonly bits: bigint[];
}

/** The stages of an epoch, for checks and for people who look inside. All I32F32 bits. */
export interface EpochInternals {
  readonly stake: bigint[];
  readonly activeStake: bigint[];
  readonly consensus: bigint[];
  readonly validatorTrust: bigint[];
  /** Ranks before normalisation. */
  readonly ranks: bigint[];
  readonly incentive: bigint[];
  readonly dividends: bigint[];
  readonly emissionSum: bigint;
  readonly normalizedServerEmission: bigint[];
  readonly normalizedValidatorEmission: bigint[];
  readonly normalizedCombinedEmission: bigint[];
  /** Masked and row-normalised. */
  readonly weights: FixedRow[];
  readonly clippedWeights: FixedRow[];
  readonly weightsForBonds: FixedRow[];
  /** After the registration mask; column-normalised without yuma3. */
  readonly bondsMasked: FixedRow[];
  /** Without yuma3 only; else empty. */
  readonly bondsDelta: FixedRow[];
  /** As stored, before the u16. */
  readonly emaBonds: FixedRow[];
  /** The moving average with each column divided by its sum: who owns how much of a miner. */
  readonly bondShares: FixedRow[];
  /** Incentive that the shares earn, by validator; before the stake in yuma3. */
  readonly bondEarnings: bigint[];
  /** The alpha of a cell, null where liquid alpha did not act. Computed when asked. */
  readonly liquidAlphaOf: ((row: number, column: number) => bigint) | null;
}
