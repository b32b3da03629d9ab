/**
 * What agents may ask of the chain, under the names of its extrinsics. The signing coldkey is the
 * acting agent's. Source: spec/token-economics.md section 5.2, spec/yuma-epoch.md section 4.
 */
import type { KeyAction } from "./keys/actions.ts";
import type { TerminateLease } from "./leases/actions.ts";
import type { LockAction } from "./locks/actions.ts";
import type { NeuronAction } from "./neurons/actions.ts";
import type { TrackVotingPower } from "./voting/actions.ts";

/** A price that an order must not pass (the chain's `..._limit` calls). */
export interface PriceLimit {
  /** Rao of TAO per alpha; absent = no limit. */
  readonly limitPriceRao?: bigint;
  /** Fill as much as the limit allows instead of being refused. */
  readonly allowPartial?: boolean;
}

/** Buys a subnet's alpha with TAO (netuid 0: stakes TAO on root). */
export interface AddStake extends PriceLimit {
  readonly kind: "add_stake";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** Sells alpha for TAO. */
export interface RemoveStake extends PriceLimit {
  readonly kind: "remove_stake";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/**
 * Moves stake to another subnet: sells there, buys here, one fee. A limit is one on origin price /
 * destination price. An amount of 2^64 - 1 is the whole position.
 */
export interface SwapStake extends PriceLimit {
  readonly kind: "swap_stake";
  /** Subnet of origin. */
  readonly netuid: number;
  readonly hotkey: string;
  readonly toNetuid: number;
  readonly amountRao: bigint;
}

/** Moves stake to another hotkey, and to another subnet if one is named: within one, no fee. */
export interface MoveStake extends PriceLimit {
  readonly kind: "move_stake";
  readonly netuid: number;
  readonly hotkey: string;
  readonly toHotkey: string;
  /** Absent = the same subnet. */
  readonly toNetuid?: number;
  readonly amountRao: bigint;
}

/** Gives stake to another coldkey; a lock goes along where unlocked stake does not suffice. */
export interface TransferStake {
  readonly kind: "transfer_stake";
  readonly netuid: number;
  readonly hotkey: string;
  readonly toColdkey: string;
  /** Absent = the same subnet. */
  readonly toNetuid?: number;
  readonly amountRao: bigint;
}

/** Sells all stake with a hotkey; `unstake_all_alpha` leaves root out and stakes the TAO there. */
export interface UnstakeAll {
  readonly kind: "unstake_all" | "unstake_all_alpha";
  readonly netuid: 0;
  readonly hotkey: string;
}

/** Gives up alpha: recycled alpha leaves the subnet's issuance, burned alpha stays, ownerless. */
export interface GiveUpAlpha {
  readonly kind: "recycle_alpha" | "burn_alpha";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** Buys alpha and burns it. */
export interface AddStakeBurn extends PriceLimit {
  readonly kind: "add_stake_burn";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** A subnet's owner allows transfers of its alpha between coldkeys, or forbids them. */
export interface SetToggleTransfer {
  readonly kind: "sudo_set_toggle_transfer";
  readonly netuid: number;
  readonly enabled: boolean;
}

/** Sets a validator's weights in a subnet that is simulated neuron by neuron. */
export interface SetWeights {
  readonly kind: "set_weights";
  readonly netuid: number;
  readonly hotkey: string;
  readonly uids: readonly number[];
  /** u16, as many as uids. */
  readonly values: readonly number[];
  /** Version of the validator's software; absent = 0. */
  readonly versionKey?: bigint;
}

/** Takes root dividends out of the validators' fund: its alpha is sold and the TAO staked on root. */
export interface ClaimRoot {
  readonly kind: "claim_root";
  readonly netuid: 0;
  /** Part of what is owed, in (0, 1]; the chain's call takes all. */
  readonly share: number;
}

/** Registers a subnet for the lock cost of the block; with all slots taken, the weakest gives way. */
export interface RegisterNetwork {
  readonly kind: "register_network";
  readonly netuid: 0;
  /** Becomes the owner hotkey; new, or the caller's own. */
  readonly hotkey: string;
}

/** Creates a hotkey under the caller, without a place on any subnet. */
export interface TryAssociateHotkey {
  readonly kind: "try_associate_hotkey";
  readonly netuid: 0;
  readonly hotkey: string;
}

/** Starts one's own subnet: its alpha can be traded, and emission may begin. */
export interface StartCall {
  readonly kind: "start_call";
  readonly netuid: number;
}

export type BittensorAction =
  | AddStake
  | RemoveStake
  | SwapStake
  | MoveStake
  | TransferStake
  | UnstakeAll
  | GiveUpAlpha
  | AddStakeBurn
  | SetToggleTransfer
  | LockAction
  | ClaimRoot
  | RegisterNetwork
  | StartCall
  | TryAssociateHotkey
  | TerminateLease
  | TrackVotingPower
  | KeyAction
  | NeuronAction;
