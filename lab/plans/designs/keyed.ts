/** Random bits and permutations as pure functions of a key and a position: nothing is drawn in turn. */
import { philox4x32, randomSource } from "../../../sim/random.ts";

export type Key = readonly [number, number];

/** The key of a design's seed for one purpose. */
export function keyOf(seed: string, purpose: string): Key {
  const stream = randomSource(seed).stream(`design/${purpose}`);
  return [stream.uint32(), stream.uint32()];
}

const block = new Uint32Array(4);

/** 32 random bits for three numbers below 2^32. */
export function bitsAt(key: Key, a: number, b = 0, c = 0): number {
  philox4x32([a >>> 0, b >>> 0, c >>> 0, 0], key, block);
  return block[0];
}

/** Uniform in [0, 1) with 53 random bits. */
export function uniformAt(key: Key, a: number, b = 0): number {
  philox4x32([a >>> 0, b >>> 0, 0, 1], key, block);
  return ((block[0] >>> 5) * 67_108_864 + (block[1] >>> 6)) / 9_007_199_254_740_992;
}

const ROUNDS = 8;

/**
 * Where a random permutation of 0 ... size - 1 sends an index; size is at most 2^32. A Feistel
 * network over the next power of four, walked until it lands inside (Black and Rogaway, "Ciphers
 * with arbitrary finite domains", 2002): no list of the size is ever made.
 */
export function permuted(key: Key, index: number, size: number, dimension: number): number {
  if (size === 1) return 0;
  let half = 1;
  while (4 ** half < size) half++;
  const mask = 2 ** half - 1;
  let at = index;
  do {
    let left = Math.floor(at / 2 ** half);
    let right = at % 2 ** half;
    for (let round = 0; round < ROUNDS; round++) {
      const mixed = (left ^ bitsAt(key, right, round, dimension)) & mask;
      left = right;
      right = mixed;
    }
    at = (left >>> 0) * 2 ** half + (right >>> 0);
  } while (at >= size);
  return at;
}
