/** What a validator commits to: Blake2-256 over the SCALE encoding of its weights (spec 4.3). */
import { blake2b } from "@noble/hashes/blake2.js";

export interface CommittedWeights {
  /** The hotkey's account, 32 bytes. */
  readonly hotkey: Uint8Array;
  /** mechanism * 4096 + netuid. */
  readonly storageIndex: number;
  /** u16 each. */
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  /** u64. */
  readonly versionKey: bigint;
}

/**
 * 64 hexadecimal digits. Throws RangeError where the account is not 32 bytes long.
 */
export function commitHash(weights: CommittedWeights): string {
  const digest = blake2b(encode(weights), { dkLen: 32 });
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The tuple (account, u16, Vec<u16>, Vec<u16>, Vec<u16>, u64) in SCALE. */
export function encode(weights: CommittedWeights): Uint8Array {
  if (weights.hotkey.length !== 32) {
    throw new RangeError(`hotkey: an account has 32 bytes, got ${weights.hotkey.length}`);
  }
  return Uint8Array.from([
    ...weights.hotkey,
    ...littleEndian(BigInt(weights.storageIndex), 2),
    ...u16Vector(weights.uids),
    ...u16Vector(weights.values),
    ...u16Vector(weights.salt),
    ...littleEndian(weights.versionKey, 8),
  ]);
}

const littleEndian = (value: bigint, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, k) => Number((value >> BigInt(8 * k)) & 0xffn));

const u16Vector = (values: readonly number[]): number[] => [
  ...compactLength(values.length),
  ...values.flatMap((value) => littleEndian(BigInt(value), 2)),
];

/** SCALE's compact integer: the two lowest bits say how many bytes follow. */
function compactLength(length: number): number[] {
  const value = BigInt(length) << 2n;
  if (length < 1 << 6) return littleEndian(value, 1);
  if (length < 1 << 14) return littleEndian(value | 1n, 2);
  return littleEndian(value | 2n, 4);
}
