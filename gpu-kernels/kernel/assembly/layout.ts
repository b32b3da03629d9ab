/**
 * Memory of the consensus part, laid out once for a largest problem. A block is 64 bytes of each row:
 * sixteen columns of f32 or eight of f64. Weights lie block after block and row after row within it,
 * so that a block (rows x 64 bytes) stays in the first cache while its columns are searched.
 */

export const BLOCK_BYTES: usize = 64;
/** Stake shares are integers of this many parts: their sums are exact in any order. */
export const STAKE_PARTS: i32 = 1 << 30;

/** u16, rows x padded columns; the host writes it. */
export let inputWeights: usize = 0;
/** f64 by row, summing to one; the host writes it. */
export let inputStake: usize = 0;
/** Shares as T, and as integers of STAKE_PARTS of T's width. */
export let stake: usize = 0;
export let stakeParts: usize = 0;
/** T, in blocks. */
export let weights: usize = 0;
/** T by column. */
export let consensus: usize = 0;
export let incentive: usize = 0;
/** T by column: what a unit of bond in it earns. */
export let earning: usize = 0;
/** T by row. */
export let dividends: usize = 0;
export let validatorTrust: usize = 0;
/** Vectors of the search: bounds, thresholds, sums. */
export let scratch: usize = 0;

function align(bytes: usize): usize {
  return (bytes + 63) & ~(<usize>63);
}

/** Lays out memory for problems of up to this size from `base`; gives the first free byte. */
export function layOutConsensus(base: usize, rows: i32, paddedColumns: i32): usize {
  const rowBytes = align(<usize>rows * 8);
  const columnBytes = align(<usize>paddedColumns * 8);
  const cells = <usize>rows * <usize>paddedColumns;
  let at = align(base);
  inputWeights = at;
  at += align(cells * 2);
  inputStake = at;
  at += rowBytes;
  stake = at;
  at += rowBytes;
  stakeParts = at;
  at += rowBytes;
  weights = at;
  at += align(cells * 8);
  consensus = at;
  at += columnBytes;
  incentive = at;
  at += columnBytes;
  earning = at;
  at += columnBytes;
  dividends = at;
  at += rowBytes;
  validatorTrust = at;
  at += rowBytes;
  scratch = at;
  return at + 6 * BLOCK_BYTES;
}
