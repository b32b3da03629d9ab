/**
 * The scalars of an epoch, which TypeScript writes before a run: state first, then hyperparameters
 * in the chain's own units (../../types.ts says what each means). Blocks are f64.
 */
export let n: i32 = 0;
/** -1 = none. */
export let ownerUid: i32 = -1;
export let block: f64 = 0;
export let tempoBlocks: f64 = 0;
export let lastMechanismStepBlock: f64 = 0;
export let raoEmission: u64 = 0;
/** The weight of root stake: 32 fraction bits, at most one. */
export let taoWeightBits: u64 = 0;
/** How many permits the chain holds, n at most. */
export let storedPermitCount: i32 = 0;
export let hasPreviousConsensus: i32 = 0;

export let kappa: u32 = 0;
export let bondsPenalty: u32 = 0;
export let bondsMovingAverage: u64 = 0;
export let yuma3: i32 = 0;
export let liquidAlpha: i32 = 0;
export let alphaLow: u32 = 0;
export let alphaHigh: u32 = 0;
/** i16, in hundredths. */
export let alphaSigmoidSteepness: i32 = 0;
/** 0 = current, 1 = previous, 2 = auto. */
export let liquidAlphaConsensusMode: i32 = 0;
export let commitReveal: i32 = 0;
export let maxAllowedValidators: i32 = 0;
export let activityCutoffBlocks: f64 = 0;
export let stakeThresholdRao: u64 = 0;
