/**
 * How much of a subnet's TAO emission enters its pool with alpha, in each era, and what happens
 * with the rest. Source: spec/token-economics.md sections 2.3 and 3.1.
 */
import {
  convert,
  fromInteger,
  safeDiv,
  satMul,
  satSub,
  U64F64,
  U96F32,
} from "../../fixed/fixed-point.ts";
import { rootProportionCapBits, type SubnetTerms, subnetTerms } from "./terms.ts";

export type AlphaInCap =
  /** Alpha emission of the subnet. */
  | "alpha emission"
  /** That, or the block's TAO emission where it is less (so it follows the TAO halving). */
  | "lesser emission"
  /** Root proportion times alpha emission. */
  | "root proportion";

export type SurplusUse =
  /** All TAO enters the pool; the alpha beside it is capped. */
  | "injected"
  /** Below a price, TAO enters at the price and the rest buys alpha without fee. */
  | "subsidy"
  /** What the capped alpha does not match buys alpha. */
  | "chain buy";

export interface EraTermsInput {
  readonly taoEmissionBits: bigint;
  readonly priceBits: bigint;
  readonly alphaEmissionRao: bigint;
  readonly blockEmissionRao: bigint;
  readonly rootProportionBits: bigint;
}

export interface EraTerms extends SubnetTerms {
  /** The subsidy is at work: root's alpha is not sold meanwhile. */
  readonly subsidised: boolean;
}

const rao = (value: bigint): bigint => fromInteger(U96F32, value);

/** The cap on injected alpha, U96F32. */
export function alphaInCapBits(kind: AlphaInCap, input: EraTermsInput): bigint {
  const { alphaEmissionRao, blockEmissionRao, rootProportionBits } = input;
  if (kind === "root proportion")
    return rootProportionCapBits(rootProportionBits, alphaEmissionRao);
  const follows = kind === "lesser emission" && blockEmissionRao < alphaEmissionRao;
  return rao(follows ? blockEmissionRao : alphaEmissionRao);
}

export function eraTerms(cap: AlphaInCap, surplus: SurplusUse, input: EraTermsInput): EraTerms {
  const capBits = alphaInCapBits(cap, input);
  if (surplus === "subsidy") return subsidisedTerms(input);
  const terms = subnetTerms(input.taoEmissionBits, input.priceBits, capBits);
  if (surplus === "chain buy") return { ...terms, subsidised: false };
  return {
    taoInBits: input.taoEmissionBits,
    alphaInBits: terms.alphaInBits,
    excessTaoBits: 0n,
    subsidised: false,
  };
}

/** Where the price is below share of emission, TAO enters at the price beside a full alpha emission. */
function subsidisedTerms(input: EraTermsInput): EraTerms {
  const { taoEmissionBits, alphaEmissionRao, blockEmissionRao } = input;
  const price = convert(U64F64, U96F32, input.priceBits);
  const blockEmission = rao(blockEmissionRao);
  if (price >= safeDiv(U96F32, taoEmissionBits, blockEmission)) {
    return {
      taoInBits: taoEmissionBits,
      alphaInBits: safeDiv(U96F32, taoEmissionBits, price),
      excessTaoBits: 0n,
      subsidised: false,
    };
  }
  const taoInBits = satMul(U96F32, price, blockEmission);
  return {
    taoInBits,
    alphaInBits: rao(alphaEmissionRao),
    excessTaoBits: satSub(U96F32, taoEmissionBits, taoInBits),
    subsidised: true,
  };
}
