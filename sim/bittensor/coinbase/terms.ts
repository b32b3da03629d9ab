/**
 * What a subnet's TAO emission becomes: TAO and alpha for the pool at its price, as far as the cap
 * on new alpha allows, and the rest for buying alpha; and how the emitted alpha is split.
 * Source: spec/token-economics.md sections 3.1 and 3.3 (run_coinbase.rs).
 */
import {
  convert,
  fromInteger,
  safeDiv,
  satMul,
  satSub,
  toUnsigned,
  U64F64,
  U96F32,
} from "../../fixed/fixed-point.ts";

/** All U96F32, in rao with a fraction. */
export interface SubnetTerms {
  readonly taoInBits: bigint;
  readonly alphaInBits: bigint;
  readonly excessTaoBits: bigint;
}

/**
 * Splits a TAO emission (U96F32) at the spot price (U64F64) under a cap on injected alpha (U96F32).
 * At price 0 no alpha is injected and all TAO is.
 */
export function subnetTerms(
  taoEmissionBits: bigint,
  priceBits: bigint,
  alphaInCapBits: bigint,
): SubnetTerms {
  const price = convert(U64F64, U96F32, priceBits);
  const wanted = safeDiv(U96F32, taoEmissionBits, price);
  const capped = wanted > alphaInCapBits;
  const taoInBits = capped ? satMul(U96F32, alphaInCapBits, price) : taoEmissionBits;
  return {
    taoInBits,
    alphaInBits: capped ? alphaInCapBits : wanted,
    excessTaoBits: satSub(U96F32, taoEmissionBits, taoInBits),
  };
}

/** The cap since spec 421: root_proportion * alpha emission, U96F32. */
export const rootProportionCapBits = (rootProportion: bigint, alphaEmissionRao: bigint): bigint =>
  satMul(U96F32, rootProportion, fromInteger(U96F32, alphaEmissionRao));

export interface AlphaSplit {
  readonly ownerCutRao: bigint;
  readonly serverRao: bigint;
  readonly validatorRao: bigint;
  readonly rootAlphaRao: bigint;
}

/** A u16 ratio r/65535 as U96F32. */
export const ratioBits = (u16: number): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, BigInt(u16)), fromInteger(U96F32, 65_535n));

const HALF = U96F32.oneBits >> 1n;

/**
 * alpha_out of a block: the owner's cut, then half to miners and half to validators, of which root
 * has its proportion. Each part is floored to rao.
 */
export function splitAlphaOut(
  alphaOutRao: bigint,
  ownerCutU16: number,
  rootProportion: bigint,
): AlphaSplit {
  const alphaOut = fromInteger(U96F32, alphaOutRao);
  const ownerCut = satMul(U96F32, alphaOut, ratioBits(ownerCutU16));
  const rest = satSub(U96F32, alphaOut, ownerCut);
  const server = satMul(U96F32, rest, HALF);
  const rootAlpha = satMul(U96F32, satMul(U96F32, rootProportion, rest), HALF);
  const validator = satSub(U96F32, satSub(U96F32, rest, server), rootAlpha);
  return {
    ownerCutRao: toUnsigned(U96F32, ownerCut),
    serverRao: toUnsigned(U96F32, server),
    validatorRao: toUnsigned(U96F32, validator),
    rootAlphaRao: toUnsigned(U96F32, rootAlpha),
  };
}
