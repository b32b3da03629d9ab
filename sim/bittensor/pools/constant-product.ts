/**
 * The pool of the first months of dTAO (February to July 2025): price TAO/alpha, product kept, no
 * fee of the pool itself. It is the weighted pool at even weights that no injection moves.
 * Source: spec/token-economics.md section 4.1.
 */
import { fromInteger, safeDiv, U64F64 } from "../../fixed/fixed-point.ts";

export interface ProductReserves {
  readonly taoRao: bigint;
  readonly alphaInRao: bigint;
}

export const productPriceBits = ({ taoRao, alphaInRao }: ProductReserves): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, taoRao), fromInteger(U64F64, alphaInRao));

/** R_out - k / (R_in + in), floored; 0 from an empty pool. */
function productOutput(inputReserve: bigint, outputReserve: bigint, input: bigint): bigint {
  const filled = inputReserve + input;
  return filled === 0n ? 0n : (outputReserve * input) / filled;
}

export const productAlphaForTao = (pool: ProductReserves, taoRao: bigint): bigint =>
  productOutput(pool.taoRao, pool.alphaInRao, taoRao);

export const productTaoForAlpha = (pool: ProductReserves, alphaRao: bigint): bigint =>
  productOutput(pool.alphaInRao, pool.taoRao, alphaRao);

/** Flat fee of a stake operation: adding, and all operations on root or inside one subnet. */
export const FLAT_STAKING_FEE_RAO = 50_000n;

/**
 * Fee for removing or moving out of a dynamic subnet, in TAO: the value times the hotkey's last
 * epoch's yield, at least 0.005 per cent, and at least the flat fee.
 */
export function removalFeeRao(
  taoValueRao: bigint,
  lastDividendRao: bigint,
  hotkeyAlphaRao: bigint,
): bigint {
  const byYield = hotkeyAlphaRao === 0n ? 0n : (taoValueRao * lastDividendRao) / hotkeyAlphaRao;
  const byValue = taoValueRao / 20_000n;
  const proportional = byYield > byValue ? byYield : byValue;
  return proportional > FLAT_STAKING_FEE_RAO ? proportional : FLAT_STAKING_FEE_RAO;
}
