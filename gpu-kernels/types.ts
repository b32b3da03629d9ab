/**
 * gpu-kernels: many small problems scored at once, by whichever backend this machine has. A package
 * of its own: `index.ts` is its door, and it imports nothing of the house but number formats and the
 * exact epoch that its answers are held against. Results are for screening: what decides anything is
 * confirmed exactly (screen.ts).
 */

export const BACKEND_NAMES = [
  "wasm-f32",
  "wasm-f64",
  "typescript",
  "gpujs-webgpu",
  "gpujs-webgl",
  "gpujs-webasm",
  "gpujs-cpu",
] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

export type Floats = Float32Array | Float64Array;

/**
 * Problems of one shape: uids 0 ... validators - 1 weigh uids 0 ... miners - 1, bonds start empty.
 * Nobody's weight on himself counts.
 */
export interface ConsensusBatch {
  readonly problems: number;
  readonly validators: number;
  readonly miners: number;
  /** u16 by problem, validator, miner; rows are normalised. */
  readonly weights: Uint16Array;
  /** By problem and validator, in any unit; normalised. */
  readonly stake: Float64Array;
  /** By problem: the share of stake that must support a weight, above 0, up to 1. */
  readonly kappa: Float64Array;
  /** By problem: 1 = bonds from clipped weights, 0 = from weights as set. */
  readonly bondsPenalty: Float64Array;
  /** Yuma 3: bonds are shares of weight and stake counts at the end. Else Yuma 2. */
  readonly yuma3: boolean;
}

export interface ConsensusScores {
  /** By problem and miner. */
  readonly consensus: Floats;
  readonly incentive: Floats;
  /** By problem and validator. */
  readonly dividends: Floats;
  readonly validatorTrust: Floats;
  /**
   * By problem: how near, in shares of stake, the closest of all decisions "kappa supports this
   * weight" was to the other answer. Below `undecidedMargin` the consensus may be another weight.
   */
  readonly margin: Float64Array;
}

/** Answers of miners, graded by validators: from grades to a score for each miner. */
export interface AnswerBatch {
  readonly problems: number;
  readonly validators: number;
  readonly miners: number;
  /** u16 by problem, validator, miner: 65,535 = perfect. */
  readonly grades: Uint16Array;
  /** By problem and validator, in any unit; normalised. */
  readonly stake: Float64Array;
  /** How strongly better answers are preferred: a weight is grade^sharpness, 1 ... 8, an integer. */
  readonly sharpness: number;
}

export interface AnswerScores {
  /** By problem and miner: stake-weighted mean of the validators' normalised weights. */
  readonly scores: Floats;
  /** By problem: the miner with the largest score, the first of several. */
  readonly winner: Int32Array;
  /** By problem: the winner's score less the next one's. */
  readonly lead: Float64Array;
}

/**
 * Futures of a supply and of one pool, day by day: new TAO by halvings, which take effect within the
 * day, a part of it recycled. Of the new TAO a part buys alpha, then a part enters the pool with alpha
 * at the pool's price; then alpha is sold into the pool, then TAO spent on it. Trades keep the product.
 */
export interface PathBatch {
  readonly paths: number;
  readonly days: number;
  /** By path, TAO: issuance at the start, 0 ... below 21 million. */
  readonly issuanceTao: Float64Array;
  /** By path: the pool at the start, above 0. */
  readonly poolTao: Float64Array;
  readonly poolAlpha: Float64Array;
  /** By path: the part of the new TAO that enters this pool, 0 ... 1. */
  readonly emissionShare: Float64Array;
  /** By path: the part of the new TAO that buys alpha from this pool, 0 ... 1. */
  readonly boughtShare: Float64Array;
  /** By day and path: the part of the day's new TAO that is recycled, 0 ... 1. */
  readonly recycledShare: Float64Array;
  /** By day and path: alpha sold into the pool, at least 0. */
  readonly soldAlpha: Float64Array;
  /** By day and path: TAO spent on alpha after that, at least 0. */
  readonly spentTao: Float64Array;
}

export interface PathResults {
  /** By path: TAO that issuance grew by, and the pool, at the end. */
  readonly grownTao: Floats;
  readonly poolTao: Floats;
  readonly poolAlpha: Floats;
  /** By path: the lowest price at the end of a day, TAO per alpha. */
  readonly lowestPrice: Floats;
  /** By path: the first day (from 1) that ends at or past the next halving's issuance; 0 = none. */
  readonly halvingDay: Int32Array;
  /** By path: how near the end of any day came to that issuance, in TAO. */
  readonly halvingMarginTao: Floats;
}

/** Counts that are the same on every device. */
export interface DeviceWork {
  /** Kernels compiled for it. */
  compiled: number;
  launches: number;
  uploadedBytes: number;
  readBytes: number;
}

export interface Backend {
  readonly name: BackendName;
  readonly precision: "float32" | "float64";
  /** What computes: "WebAssembly SIMD", "llvmpipe", "NVIDIA H100", ... */
  readonly device: string;
  /** A graphics driver that computes on the processor: right, slow, and no GPU. */
  readonly isSoftware: boolean;
  /** What was asked of a graphics device, or of what stands for it, since it was opened. */
  readonly work?: Readonly<DeviceWork>;
  consensus(batch: ConsensusBatch): Promise<ConsensusScores>;
  answers(batch: AnswerBatch): Promise<AnswerScores>;
  paths(batch: PathBatch): Promise<PathResults>;
  dispose(): Promise<void>;
}
