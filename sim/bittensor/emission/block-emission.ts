/**
 * Block emission and the halving: a function of issuance, not of height, for TAO and for each
 * subnet's alpha alike. Source: spec/token-economics.md section 1.1 (block_emission.rs).
 */
import { MAX_SUPPLY_RAO } from "../../amounts.ts";

const BASE_EMISSION_RAO = 1_000_000_000n;

/**
 * Rao minted in a block at an issuance, in the exact integer form of the chain's logarithm:
 * 10^9 >> k with the largest k such that (21e15 - issuance) * 2^k <= 21e15.
 */
export function blockEmissionRao(issuanceRao: bigint): bigint {
  const left = MAX_SUPPLY_RAO - issuanceRao;
  if (left <= 0n) return 0n;
  let halvings = 0n;
  while (left << (halvings + 1n) <= MAX_SUPPLY_RAO) halvings++;
  return BASE_EMISSION_RAO >> halvings;
}

/** The first issuance at which `halvings` halvings have happened. */
export const halvingThresholdRao = (halvings: number): bigint =>
  MAX_SUPPLY_RAO - (MAX_SUPPLY_RAO >> BigInt(halvings));
