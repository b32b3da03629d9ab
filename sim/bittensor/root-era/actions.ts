/**
 * What agents may ask of the chain before dTAO, under the names of its extrinsics. The signing
 * coldkey is the acting agent's. `netuid` is 0 (root) where the call is about no subnet.
 */

/** Stakes TAO with a hotkey. */
export interface AddStake {
  readonly kind: "add_stake";
  readonly netuid: 0;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** Takes stake back. */
export interface RemoveStake {
  readonly kind: "remove_stake";
  readonly netuid: 0;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** Pays free TAO to another coldkey: a sale for other money, a bribe. */
export interface Transfer {
  readonly kind: "transfer";
  readonly netuid: 0;
  readonly to: string;
  readonly amountRao: bigint;
}

/** Sets the part of its stakers' dividends that a validator keeps; at most 18 %. */
export interface SetTake {
  readonly kind: "set_take";
  readonly netuid: 0;
  readonly hotkey: string;
  readonly takeU16: number;
}

/** Asks for a seat on root, from whoever has the least stake there. */
export interface RootRegister {
  readonly kind: "root_register";
  readonly netuid: 0;
  readonly hotkey: string;
}

/** A root validator's weights over subnets; netuid 0 is emitted to nobody. */
export interface SetRootWeights {
  readonly kind: "set_root_weights";
  readonly netuid: 0;
  readonly hotkey: string;
  readonly netuids: readonly number[];
  /** u16, as many as netuids. */
  readonly values: readonly number[];
}

/** Buys a place in a subnet: TAO is destroyed. */
export interface BurnedRegister {
  readonly kind: "burned_register";
  readonly netuid: number;
  /** The most that the caller pays. */
  readonly limitRao: bigint;
}

/** Registers a subnet: TAO is locked as long as it lives. */
export interface RegisterNetwork {
  readonly kind: "register_network";
  readonly netuid: 0;
  readonly name: string;
}

/** A validator's weights in a subnet that is simulated neuron by neuron. */
export interface SetWeights {
  readonly kind: "set_weights";
  readonly netuid: number;
  readonly hotkey: string;
  readonly uids: readonly number[];
  readonly values: readonly number[];
}

export type RootEraAction =
  | AddStake
  | RemoveStake
  | Transfer
  | SetTake
  | RootRegister
  | SetRootWeights
  | BurnedRegister
  | RegisterNetwork
  | SetWeights;
