/**
 * u64 columns as pairs of u32, low half first, so that loops over rao need no bigint: amounts below
 * 2^53 pass as doubles, in which they are exact. Memory is little-endian, as WebAssembly's is.
 */
const TWO_TO_32 = 2 ** 32;

export const halvesOf = (column: BigUint64Array): Uint32Array =>
  new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);

/** The nearest double; exact below 2^53. */
export const amountAt = (halves: Uint32Array, index: number): number =>
  halves[2 * index] + halves[2 * index + 1] * TWO_TO_32;

/** Adds a whole number below 2^53; the sum stays below 2^64. */
export function addAmount(halves: Uint32Array, index: number, amount: number): void {
  const high = Math.floor(amount / TWO_TO_32);
  const low = halves[2 * index] + (amount - high * TWO_TO_32);
  halves[2 * index] = low;
  halves[2 * index + 1] += high + (low >= TWO_TO_32 ? 1 : 0);
}
