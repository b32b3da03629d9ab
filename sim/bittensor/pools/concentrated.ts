/**
 * The concentrated-liquidity pool (July 2025 to June 2026) as the protocol's one full-range
 * position: users' own positions were rare and were closed in December 2025. The state is the
 * square root of the price and the liquidity; the real reserves only follow.
 * Source: spec/token-economics.md section 4.1, spec/measured-chain.md section 3.
 */
import {
  fromInteger,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U64F64,
} from "../../fixed/fixed-point.ts";
import { integerRoot } from "./big-power.ts";

export interface Position {
  /** AlphaSqrtPrice: square root of TAO per alpha, U64F64. */
  readonly sqrtPriceBits: bigint;
  /** CurrentLiquidity: sqrt(TAO * alpha), rao. */
  readonly liquidityRao: bigint;
}

const rao = (value: bigint): bigint => fromInteger(U64F64, value);

/** The position that holds reserves at their own price. */
export const positionOfReserves = (taoRao: bigint, alphaInRao: bigint): Position => ({
  // sqrt(tao/alpha) = sqrt(tao * alpha) / alpha, with 64 fraction bits.
  sqrtPriceBits: alphaInRao === 0n ? 0n : integerRoot((taoRao << 128n) / alphaInRao, 2n),
  liquidityRao: integerRoot(taoRao * alphaInRao, 2n),
});

export const positionPriceBits = ({ sqrtPriceBits }: Position): bigint =>
  satMul(U64F64, sqrtPriceBits, sqrtPriceBits);

/** L * s and L / s: what a constant-product pool of the same depth would hold. */
export const virtualReserves = ({ sqrtPriceBits, liquidityRao }: Position) => ({
  taoRao: toUnsigned(U64F64, satMul(U64F64, rao(liquidityRao), sqrtPriceBits)),
  alphaRao: toUnsigned(U64F64, safeDiv(U64F64, rao(liquidityRao), sqrtPriceBits)),
});

export interface PositionFill {
  readonly paidOutRao: bigint;
  readonly position: Position;
}

/** TAO in, alpha out: s' = s + dy/L, dx = L dy / ((L s + dy) s). The fee is off the input already. */
export function buyFromPosition(position: Position, taoRao: bigint): PositionFill {
  const { sqrtPriceBits, liquidityRao } = position;
  const liquidity = rao(liquidityRao);
  const reached = satAdd(U64F64, satMul(U64F64, liquidity, sqrtPriceBits), rao(taoRao));
  const perTao = safeDiv(U64F64, safeDiv(U64F64, liquidity, reached), sqrtPriceBits);
  return {
    paidOutRao: toUnsigned(U64F64, satMul(U64F64, rao(taoRao), perTao)),
    position: {
      ...position,
      sqrtPriceBits: satAdd(U64F64, sqrtPriceBits, safeDiv(U64F64, rao(taoRao), liquidity)),
    },
  };
}

/** Alpha in, TAO out: 1/s' = 1/s + dx/L, dy = L (s - s'). */
export function sellToPosition(position: Position, alphaRao: bigint): PositionFill {
  const { sqrtPriceBits, liquidityRao } = position;
  const liquidity = rao(liquidityRao);
  // s' = L s / (L + dx s) keeps all 64 fraction bits, which 1/s would not.
  const slowed = satAdd(U64F64, liquidity, satMul(U64F64, rao(alphaRao), sqrtPriceBits));
  const after = satMul(U64F64, safeDiv(U64F64, liquidity, slowed), sqrtPriceBits);
  return {
    paidOutRao: toUnsigned(U64F64, satMul(U64F64, liquidity, satSub(U64F64, sqrtPriceBits, after))),
    position: { ...position, sqrtPriceBits: after },
  };
}

/** The protocol's injection: the liquidity of both virtual reserves grown, at the same price. */
export function injectIntoPosition(position: Position, taoRao: bigint, alphaRao: bigint): Position {
  const reserves = virtualReserves(position);
  const grown = integerRoot((reserves.taoRao + taoRao) * (reserves.alphaRao + alphaRao), 2n);
  const { liquidityRao } = position;
  return { ...position, liquidityRao: grown > liquidityRao ? grown : liquidityRao };
}
