/**
 * Block emission and the halving: a function of issuance, not of height, for TAO and for each
 * subnet's alpha alike. Source: spec/token-economics.md section 1.1 (block_emission.rs).
 */
import { MAX_SUPPLY_RAO } from "../../amounts.ts";

const BASE_EMISSION_RAO = 1_000_000_000n;
/** From here on a threshold is the cap itself: 21e15 < 2^55. */
const MOST_HALVINGS = 55;

const thresholdsRao: readonly bigint[] = Array.from(
  { length: MOST_HALVINGS + 1 },
  (_, halvings) => MAX_SUPPLY_RAO - (MAX_SUPPLY_RAO >> BigInt(halvings)),
);
const emissionsRao: readonly bigint[] = thresholdsRao.map(
  (_, halvings) => BASE_EMISSION_RAO >> BigInt(halvings),
);

/** The first issuance at which `halvings` halvings have happened. */
export const halvingThresholdRao = (halvings: number): bigint =>
  thresholdsRao[Math.min(halvings, MOST_HALVINGS)];

/**
 * How many halvings have happened at an issuance: the largest k, at most 55, such that
 * (21e15 - issuance) * 2^k <= 21e15.
 */
export function halvingsDone(issuanceRao: bigint): number {
  let count = 0;
  while (count < MOST_HALVINGS && issuanceRao >= thresholdsRao[count + 1]) count++;
  return count;
}

/**
 * Rao minted in a block at an issuance, 10^9 >> halvings: the exact integer form of the chain's
 * logarithm. Nothing at the cap and beyond.
 */
export const blockEmissionRao = (issuanceRao: bigint): bigint =>
  emissionsRao[halvingsDone(issuanceRao)];
