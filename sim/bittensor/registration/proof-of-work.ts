/**
 * Registration by work: the comparison with the difficulty, as far as it is established. The hashing
 * itself is the miner's; how the difficulty moves since spec 475 is not known. Until March 2026 the
 * hash was keccak256(sha256(nonce_le8 || keccak256(blockhash || hotkey))), since spec 475 it is
 * keccak256(sha256("subtensor-pow-register-v1" || netuid || blockhash || hotkey || coldkey || nonce)).
 * Source: spec/token-economics.md section 6.1, spec/recent-rules.md section 3.4.
 */
const U256_LIMIT = 1n << 256n;

/** Oldest block, in blocks before the present one, whose hash may be used. */
export const MAX_WORK_AGE_BLOCKS = { until2026: 3, spec475: 4 } as const;

/** A 32-byte hash as the little-endian number that is compared. */
export function hashNumber(hash: Uint8Array): bigint {
  let value = 0n;
  for (let i = hash.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(hash[i]);
  return value;
}

/** Until March 2026: hash * difficulty must stay below 2^256. */
export const meetsDifficulty = (hash: bigint, difficulty: bigint): boolean =>
  hash * difficulty < U256_LIMIT;

/** Since spec 475: hash <= floor((2^256 - 1) / D), D clamped to [max(1, min), max]. */
export function meetsTarget(
  hash: bigint,
  difficulty: bigint,
  minDifficulty: bigint,
  maxDifficulty: bigint,
): boolean {
  const least = minDifficulty > 1n ? minDifficulty : 1n;
  const raised = difficulty < least ? least : difficulty;
  const clamped = raised > maxDifficulty ? maxDifficulty : raised;
  return hash <= (U256_LIMIT - 1n) / clamped;
}

/** Hashes that one registration takes on average: the difficulty itself. */
export const expectedHashes = (difficulty: bigint): bigint => difficulty;
