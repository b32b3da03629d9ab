/**
 * How an epoch's validator alpha and root alpha are divided between hotkeys, and the delegate take.
 * Source: spec/token-economics.md section 3.5, spec/recent-rules.md section 2.3 (run_coinbase.rs).
 */
import {
  fromInteger,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U96F32,
} from "../../fixed/fixed-point.ts";
import { ratioBits } from "./terms.ts";

export interface DividendClaim {
  /** Alpha on the subnet, hotkey total. */
  readonly alphaStakeRao: bigint;
  /** TAO on root, hotkey total. */
  readonly rootStakeRao: bigint;
  /** What the epoch and the parent/child split assigned: a weight, rao. */
  readonly dividendRao: bigint;
  /** False: since spec 441 its root slice goes to those who are on root. Missing is true. */
  readonly onRoot?: boolean;
}

export interface DividendShares {
  /** U96F32 rao. */
  readonly alphaBits: bigint;
  /** U96F32 rao. */
  readonly rootBits: bigint;
}

const rao = (value: bigint): bigint => fromInteger(U96F32, value);
const sum = (values: readonly bigint[]): bigint =>
  values.reduce((total, value) => satAdd(U96F32, total, value), 0n);

/**
 * Each dividend is cut into a root part and an alpha part by the hotkey's own stakes; then the
 * pending validator alpha is shared by the alpha parts and the pending root alpha by the root
 * parts. A pool whose parts sum to 0 is not paid.
 */
export function shareDividends(
  claims: readonly DividendClaim[],
  pendingValidatorRao: bigint,
  pendingRootRao: bigint,
  taoWeightBits: bigint,
): DividendShares[] {
  const cut = claims.map((claim) => cutDividend(claim, taoWeightBits));
  const alphaSum = sum(cut.map(({ alphaBits }) => alphaBits));
  const rootSum = sum(cut.map(({ rootBits }) => rootBits));
  const [validator, root] = [rao(pendingValidatorRao), rao(pendingRootRao)];
  return cut.map(({ alphaBits, rootBits }) => ({
    alphaBits: satMul(U96F32, validator, safeDiv(U96F32, alphaBits, alphaSum)),
    rootBits: satMul(U96F32, root, safeDiv(U96F32, rootBits, rootSum)),
  }));
}

/** Without any stake the whole dividend is alpha. */
function cutDividend(claim: DividendClaim, taoWeightBits: bigint): DividendShares {
  const dividend = rao(claim.dividendRao);
  const weighted = satMul(U96F32, rao(claim.rootStakeRao), taoWeightBits);
  const stake = satAdd(U96F32, rao(claim.alphaStakeRao), weighted);
  const rootBits = satMul(U96F32, dividend, safeDiv(U96F32, weighted, stake));
  return {
    alphaBits: satSub(U96F32, dividend, rootBits),
    rootBits: claim.onRoot === false ? 0n : rootBits,
  };
}

/** The hotkey owner's take of a dividend (U96F32) and what its stakers keep, in rao. */
export function splitTake(
  dividendBits: bigint,
  takeU16: number,
): { readonly takeRao: bigint; readonly stakersRao: bigint } {
  const takeBits = satMul(U96F32, ratioBits(takeU16), dividendBits);
  return {
    takeRao: toUnsigned(U96F32, takeBits),
    stakersRao: toUnsigned(U96F32, satSub(U96F32, dividendBits, takeBits)),
  };
}
