/**
 * Named, counter-based random streams: `randomSource(seed, run).stream("validator/17/noise")`.
 * A stream's numbers depend on the seed, the run and its name alone, never on who else drew, on
 * the number of workers or on the order of calls. seedrandom turns the seed's text into a key; the
 * generator is Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
 */
import seedrandom from "seedrandom";
import { ln } from "./portable-math.ts";

/** Where a stream stands; with the source's seed and run, all that a checkpoint must keep. */
export interface StreamState {
  readonly name: string;
  readonly drawn: bigint;
}

export interface Stream {
  readonly name: string;
  /** The next 32 random bits as an unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A uniform integer in [0, limit), without bias; limit is an integer from 1 to 2^32. */
  below(limit: number): number;
  /** Standard normal. Uses only operations that are exact or correctly rounded on every engine. */
  normal(): number;
  /** The stream's position; `jump` goes back to it. */
  state(): StreamState;
  jump(drawn: bigint): void;
}

/** Standard normals by the pair: both numbers of the polar method, from one stream. */
export class NormalPairs {
  first = 0;
  second = 0;

  constructor(private readonly stream: Stream) {}

  next(): void {
    for (;;) {
      const u = 2 * this.stream.uniform() - 1;
      const v = 2 * this.stream.uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const length = Math.sqrt((-2 * ln(square)) / square);
        this.first = u * length;
        this.second = v * length;
        return;
      }
    }
  }
}

export interface RandomSource {
  readonly seed: string;
  readonly run: number;
  /** The stream of that name from its beginning. */
  stream(name: string): Stream;
}

export function randomSource(seed: string, run = 0): RandomSource {
  return {
    seed,
    run,
    stream: (name) => new PhiloxStream(name, keyOf(seed, run, name)),
  };
}

/** The key of a source's stream, for kernels that draw from it themselves. */
export const streamKeyOf = ({ seed, run }: RandomSource, name: string): StreamKey =>
  keyOf(seed, run, name);

/** 128 bits: 64 of key, and 64 that fix the upper half of the counter. */
export type StreamKey = readonly [number, number, number, number];

function keyOf(seed: string, run: number, name: string): StreamKey {
  const generator = seedrandom(JSON.stringify([seed, run, name]));
  const word = () => generator.int32() >>> 0;
  return [word(), word(), word(), word()];
}

/** The upper 32 bits of a product, from products of 16 bits that wrap without loss. */
const multiplyHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
};

/** One block of Philox4x32-10: four words from a 128-bit counter and a 64-bit key, into `out`. */
export function philox4x32(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
  out: Uint32Array,
): void {
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0] | 0;
  let k1 = key[1] | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Its state is plain data, which a checkpoint carries. */
class PhiloxStream implements Stream {
  private readonly block = new Uint32Array(4);
  private blockIndex = 0;
  private blockIndexHigh = 0;
  private used = 4;

  private readonly counter: [number, number, number, number];
  private readonly cipherKey: readonly [number, number];

  constructor(
    readonly name: string,
    key: StreamKey,
  ) {
    this.counter = [0, 0, key[2], key[3]];
    this.cipherKey = [key[0], key[1]];
  }

  uint32(): number {
    if (this.used === 4) this.refill();
    return this.block[this.used++];
  }

  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 4_294_967_296) {
      throw new RangeError(`below(limit): limit must be an integer from 1 to 2^32, got ${limit}`);
    }
    const reject = 4_294_967_296 % limit;
    let word = this.uint32();
    while (word < reject) word = this.uint32();
    return word % limit;
  }

  /** Marsaglia's polar method; the second number of each pair is dropped: draws are countable. */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) return u * Math.sqrt((-2 * ln(square)) / square);
    }
  }

  state(): StreamState {
    const next = (BigInt(this.blockIndexHigh) << 32n) | BigInt(this.blockIndex);
    return { name: this.name, drawn: next * 4n - BigInt(4 - this.used) };
  }

  jump(target: bigint): void {
    const index = target / 4n;
    this.blockIndex = Number(index & 0xffffffffn);
    this.blockIndexHigh = Number((index >> 32n) & 0xffffffffn);
    this.used = 4;
    const within = Number(target % 4n);
    if (within > 0) {
      this.refill();
      this.used = within;
    }
  }

  private refill(): void {
    const { counter } = this;
    counter[0] = this.blockIndex;
    counter[1] = this.blockIndexHigh;
    philox4x32(counter, this.cipherKey, this.block);
    this.blockIndex = (this.blockIndex + 1) >>> 0;
    if (this.blockIndex === 0) this.blockIndexHigh = (this.blockIndexHigh + 1) >>> 0;
    this.used = 0;
  }
}
