/**
 * The moving price: an average whose weight grows with the subnet's age. It is stored in 32
 * fraction bits, so that a rise smaller than 2^-32 a block is lost: the dead band.
 * Source: spec/token-economics.md section 2.6 (stake_utils.rs), spec/measured-chain.md section 1.2.
 */
import {
  convert,
  fromInteger,
  I96F32,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  U64F64,
} from "../../fixed/fixed-point.ts";

export interface MovingPriceParams {
  /** SubnetMovingAlpha, I96F32: the weight of one block's price on a mature subnet. */
  readonly movingAlphaBits: bigint;
  /** EMAPriceHalvingBlocks: the age at which the weight is half of that. */
  readonly halvingBlocks: number;
}

const ONE = U64F64.oneBits;

/** Blocks since the start call, counting the first emission block as one. */
export const blocksSinceStart = (block: number, firstEmissionBlock: number): number =>
  Math.max(0, block - Math.max(0, firstEmissionBlock - 1));

/** Weight of the current price, U64F64, after `ageBlocks` since the start call. */
export function movingPriceWeightBits(ageBlocks: number, params: MovingPriceParams): bigint {
  const age = fromInteger(U64F64, BigInt(ageBlocks));
  const halving = fromInteger(U64F64, BigInt(params.halvingBlocks));
  const maturity = safeDiv(U64F64, age, satAdd(U64F64, age, halving));
  return satMul(U64F64, convert(I96F32, U64F64, params.movingAlphaBits), maturity);
}

/** The next moving price, I96F32, from the spot price (U64F64) at the end of the coinbase. */
export function nextMovingPriceBits(
  movingPriceBits: bigint,
  spotPriceBits: bigint,
  ageBlocks: number,
  params: MovingPriceParams,
): bigint {
  const weight = movingPriceWeightBits(ageBlocks, params);
  const spot = spotPriceBits < ONE ? spotPriceBits : ONE;
  const fromSpot = satMul(U64F64, weight, spot);
  const kept = satMul(
    U64F64,
    satSub(U64F64, ONE, weight),
    convert(I96F32, U64F64, movingPriceBits),
  );
  return convert(U64F64, I96F32, satAdd(U64F64, fromSpot, kept));
}
