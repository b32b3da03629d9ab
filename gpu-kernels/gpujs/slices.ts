/** A batch in parts that a graphics driver takes at once, as the float32 numbers that it is given. */

/** Matrix cells of a part: 16 MB as float32, within every driver's textures. */
const MOST_CELLS = 4_000_000;
/** Rows or columns of a result: as many as every WebGL 2 draws to. */
const MOST_ROWS = 2_048;

export interface Slice {
  /** The first problem, and how many there are. */
  readonly first: number;
  readonly problems: number;
}

/**
 * As few parts as possible of problems with so many cells each, all of one size, so that kernels
 * compiled for it serve each: the last one may go back over some problems of the one before.
 */
export function* slicesOf(problems: number, cells: number): Generator<Slice> {
  const most = Math.min(MOST_ROWS, Math.max(1, Math.floor(MOST_CELLS / cells)));
  const size = Math.ceil(problems / Math.ceil(problems / most));
  for (let first = 0; first < problems; first += size) {
    yield { first: Math.min(first, problems - size), problems: size };
  }
}

interface Matrices {
  readonly validators: number;
  readonly miners: number;
  readonly stake: Float64Array;
}

/** u16 by problem, validator and miner, as they are. */
export function matricesOf(
  { validators, miners }: Matrices,
  values: Uint16Array,
  { first, problems }: Slice,
): Float32Array {
  const cells = validators * miners;
  return new Float32Array(values.subarray(first * cells, (first + problems) * cells));
}

/** By problem and validator: 1 by the sum of his weights but for the one on himself; 0 for none. */
export function inverseSums(
  { validators, miners }: Matrices,
  weights: Uint16Array,
  { first, problems }: Slice,
): Float32Array {
  const inverses = new Float32Array(problems * validators);
  for (let row = 0; row < inverses.length; row++) {
    const from = (first * validators + row) * miners;
    // As 32 bits without a sign: 65,535 weights of 65,535 are below 2^32.
    let sum = 0;
    for (let k = from; k < from + miners; k++) sum = (sum + weights[k]) >>> 0;
    sum -= weights[from + (row % validators)];
    if (sum > 0) inverses[row] = 1 / sum;
  }
  return inverses;
}

/**
 * By problem and validator: a power of two that brings his best grade to 1/2 ... 1. Whatever their
 * unit, grades are normalised; this one is exact, and no power of a best grade leaves float32.
 */
export function gradeUnits(
  { validators, miners }: Matrices,
  grades: Uint16Array,
  { first, problems }: Slice,
): Float32Array {
  const units = new Float32Array(problems * validators);
  for (let row = 0; row < units.length; row++) {
    const from = (first * validators + row) * miners;
    let best = 1;
    for (let k = from; k < from + miners; k++) if (grades[k] > best) best = grades[k];
    units[row] = 2 ** (Math.clz32(best) - 32);
  }
  return units;
}

/** By problem and validator, normalised, in float64. */
function stakeShares({ validators, stake }: Matrices, { first, problems }: Slice): Float64Array {
  const shares = stake.slice(first * validators, (first + problems) * validators);
  for (let from = 0; from < shares.length; from += validators) {
    const own = shares.subarray(from, from + validators);
    const total = own.reduce((sum, x) => sum + x, 0);
    for (let i = 0; i < validators; i++) own[i] /= total;
  }
  return shares;
}

export const stakeOf = (batch: Matrices, slice: Slice): Float32Array =>
  Float32Array.from(stakeShares(batch, slice));

/**
 * Shares in whole units of 2^-32, cut into multiples of 2^-20 and what is left: sums of either part
 * over 4,096 validators are exact in float32, in any order.
 */
export function exactParts(shares: Float64Array): { coarse: Float32Array; fine: Float32Array } {
  const coarse = new Float32Array(shares.length);
  const fine = new Float32Array(shares.length);
  shares.forEach((share, k) => {
    const units = Math.round(share * 2 ** 32);
    const left = units % 2 ** 12;
    coarse[k] = (units - left) / 2 ** 32;
    fine[k] = left / 2 ** 32;
  });
  return { coarse, fine };
}

export const stakePartsOf = (batch: Matrices, slice: Slice) =>
  exactParts(stakeShares(batch, slice));
