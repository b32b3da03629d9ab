/**
 * The random numbers of the chain's own consensus experiment: ChaCha with 12 rounds, keyed from a
 * 64-bit seed, uniform u16 and Box-Muller normals in fixed point. For that experiment only;
 * everything else draws from sim/random.ts. Source: spec/yuma-epoch.md sections 3.7 and 11.2.
 */
import { exactDiv, exactMul, fromFloat, fromInteger, I32F32 } from "../../../fixed/fixed-point.ts";
import { ln } from "../../../fixed/transcendental.ts";
import { cos, sqrt } from "../../../fixed/trigonometry.ts";

const ROUNDS = 12;
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

/** The 32-bit words of the generator, in order. `seed` is a u64. */
export function chainWords(seed: bigint): () => number {
  const key = keyOf(seed);
  let counter = 0;
  let block = new Uint32Array(16);
  let next = 16;
  return () => {
    if (next === 16) {
      block = chachaBlock([...CONSTANTS, ...key, counter, 0, 0, 0]);
      counter++;
      next = 0;
    }
    return block[next++];
  };
}

/** Eight words of a PCG32 that starts from the seed. */
function keyOf(seed: bigint): number[] {
  let state = BigInt.asUintN(64, seed);
  return Array.from({ length: 8 }, () => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 11_634_580_027_462_260_723n);
    const mixed = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n));
    const turn = Number(state >> 59n);
    return ((mixed >>> turn) | (mixed << (-turn & 31))) >>> 0;
  });
}

function chachaBlock(input: readonly number[]): Uint32Array<ArrayBuffer> {
  const x = Uint32Array.from(input);
  for (let round = 0; round < ROUNDS; round += 2) {
    for (let i = 0; i < 4; i++) quarter(x, i, 4 + i, 8 + i, 12 + i);
    for (let i = 0; i < 4; i++) {
      quarter(x, i, 4 + ((i + 1) & 3), 8 + ((i + 2) & 3), 12 + ((i + 3) & 3));
    }
  }
  return x.map((word, i) => word + input[i]);
}

function quarter(x: Uint32Array, a: number, b: number, c: number, d: number): void {
  x[a] += x[b];
  x[d] = rotated(x[d] ^ x[a], 16);
  x[c] += x[d];
  x[b] = rotated(x[b] ^ x[c], 12);
  x[a] += x[b];
  x[d] = rotated(x[d] ^ x[a], 8);
  x[c] += x[d];
  x[b] = rotated(x[b] ^ x[c], 7);
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Uniform in 0 ... 65,534. */
export function chainUniforms(words: () => number): () => number {
  return () => {
    for (;;) {
      // Below 2^48, so exact in a double.
      const product = words() * 65_535;
      if (product % 2 ** 32 !== 0) return Math.floor(product / 2 ** 32);
    }
  };
}

const EPSILON = fromFloat(I32F32, 0.000001);
const TWO_PI = exactMul(I32F32, fromInteger(I32F32, 2n), fromFloat(I32F32, Math.PI));
const MINUS_TWO = fromInteger(I32F32, -2n);
const U16 = fromInteger(I32F32, 65_535n);

const fractionOf = (uniform: number): bigint =>
  exactDiv(I32F32, fromInteger(I32F32, BigInt(uniform)), U16) + EPSILON;

// A uniform has 65,535 values, and each is drawn many times.
const radii: bigint[] = [];
const cosines: bigint[] = [];

/** sqrt(-2 ln u): the logarithm of a fraction that is not 0 always fits. */
const radiusOf = (uniform: number): bigint => {
  const log = ln(I32F32, fractionOf(uniform)) ?? 0n;
  return sqrt(I32F32, exactMul(I32F32, MINUS_TWO, log)) ?? 0n;
};

/** `count` standard normals as I32F32 bits: all first halves of the pairs are drawn first. */
export function chainNormals(uniforms: () => number, count: number): bigint[] {
  const first = Array.from({ length: count }, uniforms);
  return first.map((v1) => {
    const v2 = uniforms();
    radii[v1] ??= radiusOf(v1);
    cosines[v2] ??= cos(exactMul(I32F32, TWO_PI, fractionOf(v2)));
    return exactMul(I32F32, radii[v1], cosines[v2]);
  });
}
