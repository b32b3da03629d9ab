/**
 * What agents may ask of the chain, under the names of its extrinsics. The signing coldkey is the
 * acting agent's. Source: spec/token-economics.md section 5.2, spec/yuma-epoch.md section 4.
 */

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

/** Moves stake to another subnet: sells there, buys here, one fee. */
export interface SwapStake {
  readonly kind: "swap_stake";
  /** Subnet of origin. */
  readonly netuid: number;
  readonly hotkey: string;
  readonly toNetuid: number;
  readonly amountRao: bigint;
}

/** Moves stake to another hotkey of the same subnet: no swap, no fee. */
export interface MoveStake {
  readonly kind: "move_stake";
  readonly netuid: number;
  readonly hotkey: string;
  readonly toHotkey: string;
  readonly amountRao: bigint;
}

/** Sets a validator's weights in a subnet that is simulated neuron by neuron. */
export interface SetWeights {
  readonly kind: "set_weights";
  readonly netuid: number;
  readonly hotkey: string;
  readonly uids: readonly number[];
  /** u16, as many as uids. */
  readonly values: readonly number[];
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
  | SetWeights
  | ClaimRoot
  | RegisterNetwork
  | StartCall;
