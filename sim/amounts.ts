/**
 * Amounts and ratios of the chain. Money is an integer number of rao, always: a bigint in plain
 * TypeScript and a 64-bit integer in typed arrays and WebAssembly memory. Names end in the unit.
 * Source: spec/token-economics.md section 0.1.
 */

export const RAO_PER_TAO = 1_000_000_000n;
/** The cap: 21 million TAO, and 21 million alpha per subnet. */
export const MAX_SUPPLY_RAO = 21_000_000n * RAO_PER_TAO;

export const BLOCK_SECONDS = 12;
export const BLOCKS_PER_DAY = 7_200;
/** 365.25 days. */
export const BLOCKS_PER_YEAR = 2_629_800;

/** Perquintill: parts per 10^18. */
export const PERQUINTILL = 1_000_000_000_000_000_000n;

const U64_LIMIT = 1n << 64n;

/** TAO (or alpha) as a double: for people, charts and agents' beliefs, never for the ledger. */
export const taoFromRao = (rao: bigint): number =>
  Number(rao / RAO_PER_TAO) + Number(rao % RAO_PER_TAO) / 1e9;

/**
 * A decimal number of TAO as rao, as a person wrote it.
 * Throws RangeError when it is not finite, negative, or over the u64 of the chain.
 */
export function raoFromTao(tao: number): bigint {
  if (!Number.isFinite(tao) || tao < 0) {
    throw new RangeError(`an amount of TAO must be a number of at least 0, got ${tao}`);
  }
  const rao = unitsFromDecimal(tao, 9);
  if (rao >= U64_LIMIT) throw new RangeError(`${tao} TAO is more than the chain can hold`);
  return rao;
}

/**
 * A decimal number, at least 0, in units of 10^-decimals: the shortest decimal text of the double
 * is taken, and what lies beyond the last decimal is rounded half up.
 */
export function unitsFromDecimal(value: number, decimals: number): bigint {
  const [mantissa, exponent = "0"] = String(value).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  // The value is `digits` * 10^shift units; a negative shift drops decimals beyond the unit.
  const digits = BigInt(whole + fraction);
  const shift = decimals + Number(exponent) - fraction.length;
  return shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, -shift);
}

function roundedQuotient(digits: bigint, decimals: number): bigint {
  const divisor = 10n ** BigInt(decimals);
  return (digits + divisor / 2n) / divisor;
}

/** a - b, and 0 where b is larger: the chain's `saturating_sub` on unsigned integers. */
export const saturatingSub = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);

/** floor(numerator * 10^18 / denominator); one where the denominator is 0 or smaller (spec 0.3). */
export const perquintillFromRational = (numerator: bigint, denominator: bigint): bigint =>
  denominator === 0n || numerator > denominator
    ? PERQUINTILL
    : (numerator * PERQUINTILL) / denominator;
