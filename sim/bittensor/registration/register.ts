/**
 * What the chain checks before a burned registration, in its order, and a seat on root.
 * Source: spec/token-economics.md sections 5.4 and 6.1, spec/recent-rules.md sections 2.4 and 3.4.
 */
import type { ChainError } from "../errors.ts";

export interface RegisterRequest {
  readonly netuid: number;
  readonly subnetExists: boolean;
  readonly registrationAllowed: boolean;
  readonly alreadyRegistered: boolean;
  /** The hotkey is new or belongs to the caller. */
  readonly ownsHotkey: boolean;
  /** The price now, TAO rao, and what it comes to with collateral. */
  readonly priceRao: bigint;
  readonly chargeRao: bigint;
  /** TAO rao that may leave the wallet. */
  readonly spendableRao: bigint;
  /** register_limit: the most the caller pays; null for register. */
  readonly limitRao: bigint | null;
  /** A uid is free, or a neuron may be replaced. */
  readonly hasPlace: boolean;
}

export function checkRegister(request: RegisterRequest): ChainError | null {
  if (request.netuid === 0) return "RegistrationNotPermittedOnRootSubnet";
  if (!request.subnetExists) return "SubnetNotExists";
  if (request.limitRao !== null && request.priceRao > request.limitRao) {
    return "RegistrationPriceLimitExceeded";
  }
  if (!request.registrationAllowed) return "SubNetRegistrationDisabled";
  if (request.alreadyRegistered) return "HotKeyAlreadyRegisteredInSubNet";
  if (request.chargeRao > request.spendableRao) return "NotEnoughBalanceToStake";
  if (!request.ownsHotkey) return "NonAssociatedColdKey";
  return request.hasPlace ? null : "NoNeuronIdAvailable";
}

export const ROOT_SEATS = 64;

/**
 * root_register until 2026: the member with the least root stake gives way to a strictly larger one.
 * Returns the index to replace, -1 where a seat is free, or the refusal.
 */
export function rootSeat(
  memberStakesRao: readonly bigint[],
  stakeRao: bigint,
): number | ChainError {
  if (memberStakesRao.length < ROOT_SEATS) return -1;
  let least = 0;
  for (const [index, member] of memberStakesRao.entries()) {
    if (member < memberStakesRao[least]) least = index;
  }
  return stakeRao > memberStakesRao[least] ? least : "StakeTooLowForRoot";
}

/**
 * Since 2026 a seat costs a burn (1.26 times as much each time, half-life 360 blocks) and the member
 * with the least stake past its immunity gives way. Null where none may be replaced.
 */
export function rootMemberToReplace(
  members: readonly { readonly stakeRao: bigint; readonly immune: boolean }[],
): number | null {
  let least: number | null = null;
  for (const [index, { stakeRao, immune }] of members.entries()) {
    if (immune) continue;
    if (least === null || stakeRao < members[least].stakeRao) least = index;
  }
  return least;
}
