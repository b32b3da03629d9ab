/**
 * The epoch kernel's memory, laid out once for at most `maxNeurons` uids and at most `maxEntries`
 * entries in each sparse matrix. All arrays start at multiples of 64 bytes. N and E stand for the
 * two limits; n, the number of uids of the epoch, is at most N.
 *
 * A sparse matrix of the chain has three arrays: `start` (u32, N + 1; row i is start[i] ... start[i + 1]),
 * `columns` (u16, E) and `values` (u16, E), rows in stored order, not always sorted.
 *
 * Inputs, which TypeScript writes (f64 for blocks, because they are JavaScript numbers there):
 */
/** u64 pairs (low, high), N: I64F64 bits of the total stake. */
export let totalStakeAt: usize = 0;
/** u64, N: rao of alpha and of TAO on root, from which weighStakes() makes the total. */
export let alphaStakeAt: usize = 0;
export let rootStakeAt: usize = 0;
/** f64, N. */
export let lastUpdateAt: usize = 0;
/** f64, N. */
export let blockAtRegistrationAt: usize = 0;
/** f64, N: the earliest live commit, +Infinity = none. Read where commit-reveal is on. */
export let commitBlockAt: usize = 0;
/** u8, N: of the previous epoch. */
export let storedPermitAt: usize = 0;
/** u16, N: of the previous epoch, read where `hasPreviousConsensus` is set. */
export let previousConsensusAt: usize = 0;
/** Sparse matrix. */
export let weightStartAt: usize = 0;
export let weightColumnsAt: usize = 0;
export let weightValuesAt: usize = 0;
/** Sparse matrix: input and, after the epoch, output. */
export let bondStartAt: usize = 0;
export let bondColumnsAt: usize = 0;
export let bondValuesAt: usize = 0;

// Outputs.
/** u8, N. */
export let activeAt: usize = 0;
/** u8, N. */
export let newPermitAt: usize = 0;
/** u16, N, fractions of 65,535. */
export let stakeWeightAt: usize = 0;
export let consensusU16At: usize = 0;
export let incentiveU16At: usize = 0;
export let dividendsU16At: usize = 0;
export let validatorTrustU16At: usize = 0;
/** u64, N: rao. */
export let emissionAt: usize = 0;
export let serverEmissionAt: usize = 0;
export let validatorEmissionAt: usize = 0;

// Stages: i64, N, I32F32 bits. They stay readable after an epoch.
export let stakeAt: usize = 0;
export let activeStakeAt: usize = 0;
export let consensusAt: usize = 0;
export let validatorTrustAt: usize = 0;
export let incentiveAt: usize = 0;
export let dividendsAt: usize = 0;

// Scratch. A list matrix has start (u32, N + 1), columns (u16, E) and bits (i64, E).
/** u8, N: stored permits with the owner's. */
export let permitAt: usize = 0;
/** i64, N. */
export let votesAt: usize = 0;
export let columnTotalAt: usize = 0;
/** f64, N: 2^32 over the column's total. */
export let reciprocalAt: usize = 0;
/** i64, N. */
export let freshRowAt: usize = 0;
export let oldRowAt: usize = 0;
/** u32, N + 1. */
export let cursorAt: usize = 0;
/** List matrices: masked, normalised weights; the weights that bonds follow; loaded bonds; new bonds. */
export let wStartAt: usize = 0;
export let wColumnsAt: usize = 0;
export let wBitsAt: usize = 0;
export let followedStartAt: usize = 0;
export let followedColumnsAt: usize = 0;
export let followedBitsAt: usize = 0;
export let oldStartAt: usize = 0;
export let oldColumnsAt: usize = 0;
export let oldBitsAt: usize = 0;
export let emaStartAt: usize = 0;
export let emaColumnsAt: usize = 0;
export let emaBitsAt: usize = 0;

/**
 * Dense scratch, see dense/lanes.ts: matrices of at most maxCells cells, a row for each uid with weights
 * or bonds, rows `stride` cells apart. N is rounded up to maxColumns, a multiple of 16 and 16 more.
 */
/** u16, N: the uids of the dense rows. */
export let denseUidAt: usize = 0;
/** i32, N: of each dense row the only column it gives weight, -1 where there are more or none. */
export let onlyColumnAt: usize = 0;
/** u32 cells: normalised weights. */
export let denseWeightsAt: usize = 0;
/** u32 cells: what the bonds are made of, then the bonds. */
export let denseBondsAt: usize = 0;
/** u16 cells: stored bonds, masked. */
export let denseStoredAt: usize = 0;
/** u8 cells: 1 where the row names the column, if with weight 0. Filled for liquid alpha only. */
export let presentAt: usize = 0;
/** u16, one row. */
export let rowU16At: usize = 0;
/** u32, a column each: the consensus, ranks and incentive of the lanes. */
export let laneConsensusAt: usize = 0;
export let laneRankAt: usize = 0;
export let laneIncentiveAt: usize = 0;
/** u32, a column each: liquid alphas of a row. */
export let laneAlphaAt: usize = 0;
/** u32, a column each: sums and maxima. */
export let laneSumAt: usize = 0;
export let laneMaximumAt: usize = 0;
/** u64, a column each. */
export let wideSumAt: usize = 0;
/** 64 bytes for each 4 columns: see dense/reciprocals.ts. */
export let divisorsAt: usize = 0;
export let otherDivisorsAt: usize = 0;
/** For each voter: where its dense weights begin (u32), its votes (one u32 four times), 8 scores (u32). */
export let voterRowAt: usize = 0;
export let laneVotesAt: usize = 0;
export let laneScoresAt: usize = 0;
export let maxColumns: i32 = 0;
export let maxCells: i32 = 0;

export let maxNeurons: i32 = 0;
export let maxEntries: i32 = 0;
let nextFree: usize = 0;

/** Lays the memory out and clears it. Returns the bytes in use, 0 where there is not so much memory. */
export function layOut(neurons: i32, entries: i32): u32 {
  maxNeurons = neurons;
  maxEntries = entries;
  nextFree = __heap_base;
  layOutInputs();
  layOutOutputs();
  layOutStages();
  layOutScratch();
  layOutDense();
  const pagesHave = memory.size();
  const pagesWanted = ((nextFree + 0xffff) >> 16) as i32;
  if (pagesWanted > pagesHave && memory.grow(pagesWanted - pagesHave) < 0) return 0;
  memory.fill(__heap_base, 0, nextFree - __heap_base);
  return nextFree as u32;
}

/** `count` elements of `bytes` each. */
function take(count: i32, bytes: i32): usize {
  const at = (nextFree + 63) & ~63;
  nextFree = at + (count as usize) * bytes;
  return at;
}

function layOutInputs(): void {
  totalStakeAt = take(maxNeurons, 16);
  alphaStakeAt = take(maxNeurons, 8);
  rootStakeAt = take(maxNeurons, 8);
  lastUpdateAt = take(maxNeurons, 8);
  blockAtRegistrationAt = take(maxNeurons, 8);
  commitBlockAt = take(maxNeurons, 8);
  storedPermitAt = take(maxNeurons, 1);
  previousConsensusAt = take(maxNeurons, 2);
  weightStartAt = take(maxNeurons + 1, 4);
  weightColumnsAt = take(maxEntries, 2);
  weightValuesAt = take(maxEntries, 2);
  bondStartAt = take(maxNeurons + 1, 4);
  bondColumnsAt = take(maxEntries, 2);
  bondValuesAt = take(maxEntries, 2);
}

function layOutOutputs(): void {
  activeAt = take(maxNeurons, 1);
  newPermitAt = take(maxNeurons, 1);
  stakeWeightAt = take(maxNeurons, 2);
  consensusU16At = take(maxNeurons, 2);
  incentiveU16At = take(maxNeurons, 2);
  dividendsU16At = take(maxNeurons, 2);
  validatorTrustU16At = take(maxNeurons, 2);
  emissionAt = take(maxNeurons, 8);
  serverEmissionAt = take(maxNeurons, 8);
  validatorEmissionAt = take(maxNeurons, 8);
}

function layOutStages(): void {
  stakeAt = take(maxNeurons, 8);
  activeStakeAt = take(maxNeurons, 8);
  consensusAt = take(maxNeurons, 8);
  validatorTrustAt = take(maxNeurons, 8);
  incentiveAt = take(maxNeurons, 8);
  dividendsAt = take(maxNeurons, 8);
}

function layOutScratch(): void {
  permitAt = take(maxNeurons, 1);
  votesAt = take(maxNeurons, 8);
  columnTotalAt = take(maxNeurons, 8);
  reciprocalAt = take(maxNeurons, 8);
  freshRowAt = take(maxNeurons, 8);
  oldRowAt = take(maxNeurons, 8);
  cursorAt = take(maxNeurons + 1, 4);
  wStartAt = take(maxNeurons + 1, 4);
  wColumnsAt = take(maxEntries, 2);
  wBitsAt = take(maxEntries, 8);
  followedStartAt = take(maxNeurons + 1, 4);
  followedColumnsAt = take(maxEntries, 2);
  followedBitsAt = take(maxEntries, 8);
  oldStartAt = take(maxNeurons + 1, 4);
  oldColumnsAt = take(maxEntries, 2);
  oldBitsAt = take(maxEntries, 8);
  emaStartAt = take(maxNeurons + 1, 4);
  emaColumnsAt = take(maxEntries, 2);
  emaBitsAt = take(maxEntries, 8);
}

/** A dense matrix holds four cells for each entry: where fewer exist, lists are faster. */
function layOutDense(): void {
  maxColumns = ((maxNeurons + 15) & ~15) + 16;
  maxCells = min(maxNeurons * maxColumns, 4 * maxEntries + 2 * maxColumns);
  denseUidAt = take(maxNeurons, 2);
  onlyColumnAt = take(maxNeurons, 4);
  denseWeightsAt = take(maxCells, 4);
  denseBondsAt = take(maxCells, 4);
  denseStoredAt = take(maxCells, 2);
  presentAt = take(maxCells, 1);
  rowU16At = take(maxColumns, 2);
  laneConsensusAt = take(maxColumns, 4);
  laneRankAt = take(maxColumns, 4);
  laneIncentiveAt = take(maxColumns, 4);
  laneAlphaAt = take(maxColumns, 4);
  laneSumAt = take(maxColumns, 4);
  laneMaximumAt = take(maxColumns, 4);
  wideSumAt = take(maxColumns, 8);
  divisorsAt = take(maxColumns, 16);
  otherDivisorsAt = take(maxColumns, 16);
  laneVotesAt = take(maxNeurons, 16);
  laneScoresAt = take(maxNeurons, 32);
  voterRowAt = take(maxNeurons, 4);
}
