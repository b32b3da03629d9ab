/**
 * The Sobol sequence of 32 bits in up to 128 dimensions, each point on its own from its index.
 * `owen` scrambling (Owen 1995) flips each bit by chance that depends on the bits above it: the
 * points stay as evenly spread, and averages over them are unbiased.
 */
import { joeKuo, MAX_SOBOL_DIMENSIONS } from "./joe-kuo.ts";
import { bitsAt, type Key, keyOf } from "./keyed.ts";
import type { UnitDesign } from "./unit-design.ts";

const BITS = 32;
const WHOLE = 2 ** BITS;

/** The 32 direction numbers of a dimension (from 0), the first with its highest bit set. */
export function directionNumbers(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let k = 0; k < BITS; k++) directions[k] = 2 ** (BITS - 1 - k);
    return directions;
  }
  const [polynomial, ...m] = joeKuo[dimension - 1];
  const degree = m.length;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      directions[k] = m[k] * 2 ** (BITS - 1 - k);
      continue;
    }
    let value = directions[k - degree] ^ (directions[k - degree] >>> degree);
    for (let j = 1; j < degree; j++) {
      // Bit degree - j of the polynomial is its coefficient of x^(degree - j).
      if ((polynomial >>> (degree - j)) & 1) value ^= directions[k - j];
    }
    directions[k] = value >>> 0;
  }
  return directions;
}

/** The sequence's integer at an index below 2^32. */
function sobolBits(index: number, directions: Uint32Array): number {
  // Gray code order, as everyone's tables of the sequence have it.
  let gray = (index ^ (index >>> 1)) >>> 0;
  let value = 0;
  for (let k = 0; gray !== 0; k++, gray >>>= 1) if (gray & 1) value ^= directions[k];
  return value >>> 0;
}

/** Each bit flipped or not by a random bit that belongs to the bits above it. */
function owenScrambled(value: number, key: Key, dimension: number): number {
  let result = 0;
  for (let k = 0; k < BITS; k++) {
    const above = k === 0 ? 0 : value >>> (BITS - k);
    const flip = bitsAt(key, above, k, dimension) & 1;
    const bit = (value >>> (BITS - 1 - k)) & 1;
    result |= (bit ^ flip) << (BITS - 1 - k);
  }
  return result >>> 0;
}

/** `points` is at most 2^32, `dimensions` at most 128; without a seed nothing is scrambled. */
export function sobolSequence(points: number, dimensions: number, seed: string | null): UnitDesign {
  if (dimensions > MAX_SOBOL_DIMENSIONS) {
    throw new RangeError(`${dimensions} dimensions; at most ${MAX_SOBOL_DIMENSIONS}`);
  }
  const directions = Array.from({ length: dimensions }, (_, k) => directionNumbers(k));
  const key = seed === null ? null : keyOf(seed, "sobol");
  return {
    points,
    unit: (point) =>
      directions.map((numbers, dimension) => {
        const bits = sobolBits(point, numbers);
        if (key === null) return bits / WHOLE;
        // The middle of the cell of 2^-32.
        return (owenScrambled(bits, key, dimension) + 0.5) / WHOLE;
      }),
  };
}
