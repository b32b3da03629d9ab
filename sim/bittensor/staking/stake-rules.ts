/**
 * What the chain checks before stake moves, in its order, so that the first refusal is its own.
 * Source: spec/token-economics.md section 5.2, spec/recent-rules.md section 3.2 (stake_utils.rs).
 */
import type { ChainError } from "../errors.ts";

export interface StakeMinimums {
  /** Smallest stake that may be added or left, TAO rao. */
  readonly stakeRao: bigint;
  /** Smallest value of a transfer to another coldkey, TAO rao (0.0001 TAO since spec 437). */
  readonly transferRao: bigint;
  /** Whether moves inside a subnet must be worth the minimum too (until spec 437). */
  readonly alsoInsideSubnet: boolean;
}

export const STAKE_MINIMUMS_JUNE_2026: StakeMinimums = {
  stakeRao: 2_000_000n,
  transferRao: 2_000_000n,
  alsoInsideSubnet: true,
};

/** From spec 437 (July 2026). */
export const STAKE_MINIMUMS_437: StakeMinimums = {
  stakeRao: 2_000_000n,
  transferRao: 100_000n,
  alsoInsideSubnet: false,
};

/** What an order would do to the pool; null where the pool refuses it. */
export interface Quote {
  /** Without the fee. */
  readonly paidInRao: bigint;
  readonly paidOutRao: bigint;
  readonly feeRao: bigint;
}

export interface AddStakeRequest {
  readonly subnetExists: boolean;
  readonly subtokenEnabled: boolean;
  readonly hotkeyExists: boolean;
  /** TAO rao asked for. */
  readonly amountRao: bigint;
  /** TAO rao that the price limit allows, fee included. */
  readonly maxAmountRao: bigint;
  readonly allowPartial: boolean;
  /** TAO rao that may leave the wallet (the existential deposit of 500 rao stays). */
  readonly spendableRao: bigint;
  /** Quotes a buy with that many TAO rao. */
  readonly quoteBuy: (taoRao: bigint) => Quote | null;
  /** Fee that is assumed where the minimum cannot be quoted, TAO rao. */
  readonly assumedFeeRao: bigint;
  /** Whether a deposit of that much alpha is worth a share of the hotkey's pool. */
  readonly depositCounts: (alphaRao: bigint) => boolean;
}

/** add_stake and add_stake_limit: the TAO rao that is spent, or the refusal. */
export function checkAddStake(
  request: AddStakeRequest,
  minimums: StakeMinimums,
): bigint | ChainError {
  if (!request.subnetExists) return "SubnetNotExists";
  if (!request.subtokenEnabled) return "SubtokenDisabled";
  const minimumFeeRao = request.quoteBuy(minimums.stakeRao)?.feeRao ?? request.assumedFeeRao;
  if (request.amountRao < minimums.stakeRao + minimumFeeRao) return "AmountTooLow";
  const overLimit = request.amountRao > request.maxAmountRao;
  if (overLimit && !request.allowPartial) return "SlippageTooHigh";
  const spentRao = overLimit ? request.maxAmountRao : request.amountRao;
  if (spentRao > request.spendableRao) return "NotEnoughBalanceToStake";
  if (!request.hotkeyExists) return "HotKeyAccountNotExists";
  const quote = request.quoteBuy(spentRao);
  if (quote === null) return "InsufficientLiquidity";
  if (quote.paidInRao < minimums.stakeRao) return "AmountTooLow";
  const counts = quote.paidOutRao > 0n && request.depositCounts(quote.paidOutRao);
  return counts ? spentRao : "InsufficientLiquidity";
}

export interface RemoveStakeRequest {
  readonly subnetExists: boolean;
  readonly hotkeyExists: boolean;
  /** Alpha rao asked for. */
  readonly amountRao: bigint;
  /** The coldkey's stake with the hotkey on the subnet, alpha rao. */
  readonly stakeRao: bigint;
  /** What locks leave free of the coldkey's whole stake on the subnet, alpha rao. */
  readonly availableRao: bigint;
  /** Collateral bound to this very position, alpha rao. */
  readonly collateralRao: bigint;
  /** Alpha rao that the price limit allows, fee included. */
  readonly maxAmountRao: bigint;
  readonly allowPartial: boolean;
  /** Quotes a sale of that many alpha rao. */
  readonly quoteSell: (alphaRao: bigint) => Quote | null;
}

/**
 * remove_stake and remove_stake_limit: the alpha rao that is sold, or the refusal. The minimum does
 * not bind when the whole position goes, and a subnet that is not started can be left.
 */
export function checkRemoveStake(
  request: RemoveStakeRequest,
  minimums: StakeMinimums,
): bigint | ChainError {
  const { amountRao, stakeRao } = request;
  if (!request.subnetExists) return "SubnetNotExists";
  if (amountRao === 0n) return "AmountTooLow";
  if (amountRao > stakeRao) return "NotEnoughStakeToWithdraw";
  const quote = request.quoteSell(amountRao);
  if (quote === null) return "InsufficientLiquidity";
  if (amountRao < stakeRao && quote.paidOutRao < minimums.stakeRao) return "AmountTooLow";
  const overLimit = amountRao > request.maxAmountRao;
  if (overLimit && !request.allowPartial) return "SlippageTooHigh";
  if (!request.hotkeyExists) return "HotKeyAccountNotExists";
  if (amountRao > request.availableRao) return "StakeUnavailable";
  if (amountRao + request.collateralRao > stakeRao) return "StakeUnavailable";
  return overLimit ? request.maxAmountRao : amountRao;
}

export interface StakePlace {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  readonly subnetExists: boolean;
  readonly subtokenEnabled: boolean;
  readonly transferEnabled: boolean;
  readonly hotkeyExists: boolean;
}

export interface MoveRequest {
  readonly from: StakePlace;
  readonly to: StakePlace;
  /** Alpha rao of the origin; the whole position where it is 2^64 - 1 (since spec 469). */
  readonly amountRao: bigint;
  readonly stakeRao: bigint;
  readonly availableRao: bigint;
  readonly collateralRao: bigint;
  readonly maxAmountRao: bigint;
  /** Null where the call has no limit. */
  readonly allowPartial: boolean | null;
  readonly quoteSell: (alphaRao: bigint) => Quote | null;
}

/**
 * move_stake, swap_stake and transfer_stake: the alpha rao that moves, or the refusal. A lock holds
 * stake back only from another subnet; within the subnet it follows the stake.
 */
export function checkMoveStake(request: MoveRequest, minimums: StakeMinimums): bigint | ChainError {
  const { from, to, amountRao } = request;
  const crosses = from.netuid !== to.netuid;
  const changesOwner = from.coldkey !== to.coldkey;
  if (!crosses && !changesOwner && from.hotkey === to.hotkey) return "SameNetuid";
  if (!from.subnetExists || !to.subnetExists) return "SubnetNotExists";
  if (!from.subtokenEnabled || !to.subtokenEnabled) return "SubtokenDisabled";
  if (!from.hotkeyExists || !to.hotkeyExists) return "HotKeyAccountNotExists";
  if (amountRao > request.stakeRao) return "NotEnoughStakeToWithdraw";
  if (crosses || minimums.alsoInsideSubnet) {
    const quote = request.quoteSell(amountRao);
    if (quote === null) return "InsufficientLiquidity";
    const minimumRao = changesOwner ? minimums.transferRao : minimums.stakeRao;
    const tooLow = crosses ? quote.paidOutRao <= minimumRao : quote.paidOutRao < minimumRao;
    if (tooLow) return "AmountTooLow";
  }
  const overLimit = crosses && request.allowPartial !== null && amountRao > request.maxAmountRao;
  if (overLimit && !request.allowPartial) return "SlippageTooHigh";
  if (changesOwner && !(from.transferEnabled && to.transferEnabled)) return "TransferDisallowed";
  if (crosses && amountRao > request.availableRao) return "StakeUnavailable";
  if (amountRao + request.collateralRao > request.stakeRao) return "StakeUnavailable";
  return overLimit ? request.maxAmountRao : amountRao;
}

/**
 * unstake_all and unstake_all_alpha: the subnets that are left. Positions that are refused are
 * skipped; a locked one refuses the whole call, and so does having nothing to sell.
 */
export function subnetsToLeave(
  positions: readonly { readonly netuid: number; readonly refusal: ChainError | null }[],
  onlyAlpha: boolean,
): number[] | ChainError {
  const asked = positions.filter(({ netuid }) => !(onlyAlpha && netuid === 0));
  if (asked.some(({ refusal }) => refusal === "StakeUnavailable")) return "StakeUnavailable";
  const left = asked.filter(({ refusal }) => refusal === null).map(({ netuid }) => netuid);
  return left.length > 0 ? left : "AmountTooLow";
}

/**
 * Whether a nominator's remaining position is sold after an unstake for being too small: below
 * minimum stake * factor / 10^6. The live factor is 10,000,000 (0.02 TAO); the code's default 0.
 */
export const isSmallNomination = (
  valueRao: bigint,
  minimumStakeRao: bigint,
  factor: bigint,
): boolean => valueRao < (minimumStakeRao * factor) / 1_000_000n;
