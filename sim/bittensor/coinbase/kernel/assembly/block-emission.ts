/** The halving rule, for TAO and for each subnet's alpha alike (spec/token-economics.md 1.1). */

/** 21 million TAO (or alpha) in rao. */
export const MAX_SUPPLY_RAO: u64 = 21000000000000000;
const BASE_EMISSION_RAO: u64 = 1000000000;

/** 10^9 >> k with the largest k such that (21e15 - issuance) * 2^k <= 21e15. */
export function blockEmission(issuanceRao: u64): u64 {
  if (issuanceRao >= MAX_SUPPLY_RAO) return 0;
  let twice = (MAX_SUPPLY_RAO - issuanceRao) << 1;
  let emission = BASE_EMISSION_RAO;
  while (twice <= MAX_SUPPLY_RAO) {
    emission >>= 1;
    twice <<= 1;
  }
  return emission;
}
