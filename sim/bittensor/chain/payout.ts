/**
 * Who gets a subnet's emission at its epoch: owner cut, miners (with what is withheld from the
 * owner's own hotkeys), validators' take, their stakers, and root.
 * Source: spec/token-economics.md section 3.5, spec/recent-rules.md sections 2.3 and 2.4.
 */
import { fromInteger, safeDiv, U96F32 } from "../../fixed/fixed-point.ts";
import { type DividendClaim, type DividendShares, shareDividends } from "../coinbase/dividends.ts";

/** What the subnet has saved up since its last epoch, alpha rao. */
export interface Drained {
  readonly serverRao: bigint;
  readonly validatorRao: bigint;
  readonly rootRao: bigint;
  readonly ownerCutRao: bigint;
}

/** What an epoch divides between miners, validators and root. */
export const emissionOf = ({ serverRao, validatorRao, rootRao }: Drained): bigint =>
  serverRao + validatorRao + rootRao;

/** One hotkey's result of the epoch. */
export interface HotkeyResult {
  readonly hotkey: string;
  /** Its part of the miners' half, alpha rao. */
  readonly incentiveRao: bigint;
  /** Its part of the validators' half: sets proportions only. */
  readonly dividendRao: bigint;
  /** All alpha staked with it on the subnet, and all TAO staked with it on root. */
  readonly alphaStakeRao: bigint;
  readonly rootStakeRao: bigint;
  /** Belongs to the subnet's owner: its incentive is withheld. */
  readonly ofOwner: boolean;
}

/** U96F32 rao, from which take and stakers' part are floored one by one. */
export interface Payment {
  readonly hotkey: string;
  readonly bits: bigint;
}

export interface Incentive {
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** What an epoch pays in all, and what it does not. */
export interface PayoutTotals {
  readonly ownerCutRao: bigint;
  /** Incentive of the owner's hotkeys: burned or recycled. */
  readonly withheldRao: bigint;
  /** Withheld part of the miners' incentive, U96F32. */
  readonly minerBurnedBits: bigint;
  /** Root's part where no hotkey qualifies for it: it is recycled. */
  readonly recycledRao: bigint;
  /** What was drained for miners, validators and root: what is not paid of it stays ownerless. */
  readonly drainedRao: bigint;
}

export interface Payout extends PayoutTotals {
  readonly incentives: readonly Incentive[];
  /** To the stakers of each hotkey, its take still inside. */
  readonly alphaDividends: readonly Payment[];
  /** Root dividends by hotkey, its take still inside. */
  readonly rootDividends: readonly Payment[];
}

/** Divides what an epoch drained. `taoWeightBits` is U96F32. */
export function dividePayout(
  drained: Drained,
  results: readonly HotkeyResult[],
  taoWeightBits: bigint,
): Payout {
  const incentives: Incentive[] = [];
  let withheldRao = 0n;
  let incentiveRao = 0n;
  for (const { hotkey, incentiveRao: amountRao, ofOwner } of results) {
    incentiveRao += amountRao;
    if (ofOwner) withheldRao += amountRao;
    else if (amountRao > 0n) incentives.push({ hotkey, amountRao });
  }
  return {
    ...divideDividends(
      drained,
      { incentiveRao, withheldRao },
      results.filter(({ dividendRao }) => dividendRao > 0n),
      taoWeightBits,
    ),
    incentives,
  };
}

/** What miners have earned of the epoch's incentive, and how much of it is the owner's. */
export interface MinerTotals {
  readonly incentiveRao: bigint;
  readonly withheldRao: bigint;
}

/** U96F32; 0 where there is no incentive. */
export const minerBurnedBits = ({ incentiveRao, withheldRao }: MinerTotals): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, withheldRao), fromInteger(U96F32, incentiveRao));

/** All but the miners' part; each claim's dividend is above 0. */
export function divideDividends(
  drained: Drained,
  { incentiveRao, withheldRao }: MinerTotals,
  claims: readonly (DividendClaim & { readonly hotkey: string })[],
  taoWeightBits: bigint,
): Omit<Payout, "incentives"> {
  const validatorPoolRao =
    incentiveRao > 0n ? drained.validatorRao : drained.validatorRao + drained.serverRao;
  const shares = shareDividends(claims, validatorPoolRao, drained.rootRao, taoWeightBits);
  const payments = (bits: (share: DividendShares) => bigint): Payment[] =>
    shares
      .map((share, index) => ({ hotkey: claims[index].hotkey, bits: bits(share) }))
      .filter((payment) => payment.bits > 0n);
  const alphaDividends = payments(({ alphaBits }) => alphaBits);
  const rootDividends = payments(({ rootBits }) => rootBits);
  const recycledRao = rootDividends.length === 0 ? drained.rootRao : 0n;
  return {
    ownerCutRao: drained.ownerCutRao,
    withheldRao,
    minerBurnedBits: minerBurnedBits({ incentiveRao, withheldRao }),
    alphaDividends,
    rootDividends,
    recycledRao,
    drainedRao: emissionOf(drained),
  };
}
