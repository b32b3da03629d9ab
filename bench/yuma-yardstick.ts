/**
 * The yardstick: an epoch of Yuma 2 as one writes it in JavaScript, in doubles over typed arrays, the
 * median by a sort for each column. It is the reference of the kernel's speed, not of its numbers.
 * Formulas: spec/yuma-epoch.md section 11.5.
 */

export interface FloatEpoch {
  readonly validators: number;
  readonly miners: number;
  /** Shares of the stake. */
  readonly stake: Float64Array;
  /** validators x miners, row by row, not normalised. */
  readonly weights: Float64Array;
  /** The same shape; an epoch replaces them. */
  readonly bonds: Float64Array;
}

export interface FloatEpochResult {
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  readonly validatorTrust: Float64Array;
}

const KAPPA = 0.5;
const ALPHA = 0.1;

export function floatEpoch(state: FloatEpoch): FloatEpochResult {
  const { validators, miners, stake, bonds } = state;
  const weights = normalizeRows(state.weights, validators, miners);
  const consensus = medians(weights, stake, miners);

  const validatorTrust = new Float64Array(validators);
  const incentive = new Float64Array(miners);
  const bought = new Float64Array(weights.length);
  for (let i = 0; i < validators; i++) {
    for (let j = 0; j < miners; j++) {
      const clipped = Math.min(weights[i * miners + j], consensus[j]);
      validatorTrust[i] += clipped;
      incentive[j] += stake[i] * clipped;
      bought[i * miners + j] = stake[i] * clipped;
    }
  }
  normalize(incentive);
  normalizeColumns(bought, validators, miners);
  for (let k = 0; k < bonds.length; k++) bonds[k] = ALPHA * bought[k] + (1 - ALPHA) * bonds[k];
  normalizeColumns(bonds, validators, miners);

  const dividends = new Float64Array(validators);
  for (let i = 0; i < validators; i++) {
    for (let j = 0; j < miners; j++) dividends[i] += incentive[j] * bonds[i * miners + j];
  }
  normalize(dividends);
  return { incentive, dividends, validatorTrust };
}

function normalizeRows(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const normalized = matrix.slice();
  for (let i = 0; i < rows; i++) normalize(normalized.subarray(i * columns, (i + 1) * columns));
  return normalized;
}

/** For each column the largest weight that KAPPA of the stake supports. */
function medians(weights: Float64Array, stake: Float64Array, columns: number): Float64Array {
  const rows = stake.length;
  const result = new Float64Array(columns);
  const scores = new Float64Array(rows);
  const votes = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) insert(scores, votes, i, weights[i * columns + j], stake[i]);
    let below = 0;
    let k = 0;
    while (k < rows - 1 && below + votes[k] <= 1 - KAPPA) below += votes[k++];
    result[j] = scores[k];
  }
  return result;
}

/** One step of an insertion sort by score, faster than Array.sort with a comparison for some dozens. */
function insert(
  scores: Float64Array,
  votes: Float64Array,
  count: number,
  score: number,
  vote: number,
): void {
  let k = count;
  while (k > 0 && scores[k - 1] > score) {
    scores[k] = scores[k - 1];
    votes[k] = votes[k - 1];
    k--;
  }
  scores[k] = score;
  votes[k] = vote;
}

function normalize(vector: Float64Array): void {
  let total = 0;
  for (const value of vector) total += value;
  if (total > 0) for (let k = 0; k < vector.length; k++) vector[k] /= total;
}

function normalizeColumns(matrix: Float64Array, rows: number, columns: number): void {
  const totals = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) totals[j] += matrix[i * columns + j];
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) if (totals[j] > 0) matrix[i * columns + j] /= totals[j];
  }
}
