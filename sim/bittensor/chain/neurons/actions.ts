/** What agents may ask about neurons, under the names of the chain's extrinsics. */
import type { Child } from "../../staking/children/child-rules.ts";
import type { SetWeights } from "../actions.ts";
import type { EpochConsensus } from "../subnet-start.ts";

/** Buys a uid on a subnet at its present price; the hotkey is new or the caller's own. */
export interface BurnedRegister {
  readonly kind: "burned_register";
  readonly netuid: number;
  readonly hotkey: string;
}

/** The same, refused where it costs more than the limit. */
export interface RegisterLimit {
  readonly kind: "register_limit";
  readonly netuid: number;
  readonly hotkey: string;
  readonly limitPriceRao: bigint;
}

/** Tells validators where a neuron can be reached. */
export interface ServeAxon {
  readonly kind: "serve_axon";
  readonly netuid: number;
  readonly hotkey: string;
}

/** Commits to weights by their hash (`hashOf`), to be shown by reveal_weights an epoch later. */
export interface CommitWeights {
  readonly kind: "commit_weights";
  readonly netuid: number;
  readonly hotkey: string;
  readonly hash: string;
}

export interface RevealWeights {
  readonly kind: "reveal_weights";
  readonly netuid: number;
  readonly hotkey: string;
  readonly uids: readonly number[];
  /** u16, as many as uids. */
  readonly values: readonly number[];
  /** u16 each. */
  readonly salt: readonly number[];
  readonly versionKey?: bigint;
}

/** Commits to weights that the chain itself opens when their epoch comes. */
export interface CommitTimelockedWeights {
  readonly kind: "commit_timelocked_weights";
  readonly netuid: number;
  readonly hotkey: string;
  readonly uids: readonly number[];
  /** u16, as many as uids. */
  readonly values: readonly number[];
  readonly versionKey?: bigint;
  /** Round of the beacon that opens it, four a block from block 0; absent = one long published. */
  readonly revealRound?: number;
  /** Of the commit-reveal scheme; absent = the chain's. */
  readonly version?: number;
}

/** A mechanism of a subnet, from 0; the calls without one are about the first. */
interface OfMechanism {
  readonly mechanism: number;
}

export interface SetMechanismWeights extends Omit<SetWeights, "kind">, OfMechanism {
  readonly kind: "set_mechanism_weights";
}

export interface CommitMechanismWeights extends Omit<CommitWeights, "kind">, OfMechanism {
  readonly kind: "commit_mechanism_weights";
}

export interface RevealMechanismWeights extends Omit<RevealWeights, "kind">, OfMechanism {
  readonly kind: "reveal_mechanism_weights";
}

export interface CommitTimelockedMechanismWeights
  extends Omit<CommitTimelockedWeights, "kind">,
    OfMechanism {
  readonly kind: "commit_timelocked_mechanism_weights";
}

/** Lends parts of a hotkey's stake on a subnet to others; an empty list takes them back. */
export interface SetChildren {
  readonly kind: "set_children";
  readonly netuid: number;
  /** The parent. */
  readonly hotkey: string;
  readonly children: readonly Child[];
}

/** What a child keeps of its parents' dividends. */
export interface SetChildkeyTake {
  readonly kind: "set_childkey_take";
  readonly netuid: number;
  readonly hotkey: string;
  /** Of 65,535. */
  readonly takeU16: number;
}

/** What a hotkey's owner keeps of its stakers' dividends, on all subnets. */
export interface ChangeTake {
  readonly kind: "increase_take" | "decrease_take";
  readonly netuid: 0;
  readonly hotkey: string;
  /** Of 65,535. */
  readonly takeU16: number;
}

/** The hotkey with which the caller's mined alpha is staked from now on. */
export interface SetAutoStake {
  readonly kind: "set_coldkey_auto_stake_hotkey";
  readonly netuid: number;
  readonly hotkey: string;
}

/** Locks more of a miner's own stake as its collateral. */
export interface AddCollateral {
  readonly kind: "add_collateral";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** A miner's own floor under its collateral: below it, what it earns is kept back. */
export interface SetMinCollateral {
  readonly kind: "set_min_collateral";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

export type CollateralAction = AddCollateral | SetMinCollateral;

/** The owner wants weights to be committed and revealed, or set in the open. */
export interface SetCommitReveal {
  readonly kind: "sudo_set_commit_reveal_weights_enabled";
  readonly netuid: number;
  readonly enabled: boolean;
}

/** Epochs from a commitment to the epoch that it counts for: 1 to 100. */
export interface SetRevealPeriod {
  readonly kind: "sudo_set_commit_reveal_weights_interval";
  readonly netuid: number;
  readonly intervalEpochs: number;
}

/** What becomes of incentive that falls on the owner's own neurons. */
export interface SetRecycleOrBurn {
  readonly kind: "sudo_set_recycle_or_burn";
  readonly netuid: number;
  readonly to: "recycle" | "burn";
}

/** How many mechanisms the subnet has; the last ones go with all that was set in them. */
export interface SetMechanismCount {
  readonly kind: "sudo_set_mechanism_count";
  readonly netuid: number;
  readonly count: number;
}

/** How the subnet's emission is divided between its mechanisms; null for evenly. */
export interface SetMechanismSplit {
  readonly kind: "sudo_set_mechanism_emission_split";
  readonly netuid: number;
  /** u16 parts of 65,535. */
  readonly split: readonly number[] | null;
}

/** What decides at the subnet's epochs: Yuma, or the validator with the most stake. */
export interface SetEpochConsensus {
  readonly kind: "sudo_set_epoch_consensus";
  readonly netuid: number;
  readonly mode: EpochConsensus;
}

export type OwnerAction =
  | SetEpochConsensus
  | SetCommitReveal
  | SetRevealPeriod
  | SetRecycleOrBurn
  | SetMechanismCount
  | SetMechanismSplit;

export type NeuronAction =
  | OwnerAction
  | CollateralAction
  | SetChildren
  | SetChildkeyTake
  | ChangeTake
  | SetAutoStake
  | SetWeights
  | CommitWeights
  | RevealWeights
  | CommitTimelockedWeights
  | SetMechanismWeights
  | CommitMechanismWeights
  | RevealMechanismWeights
  | CommitTimelockedMechanismWeights
  | BurnedRegister
  | RegisterLimit
  | ServeAxon;

/** The names of these actions: what tells them from orders. */
const names: ReadonlySet<string> = new Set<NeuronAction["kind"]>([
  "sudo_set_commit_reveal_weights_enabled",
  "sudo_set_commit_reveal_weights_interval",
  "sudo_set_recycle_or_burn",
  "sudo_set_epoch_consensus",
  "sudo_set_mechanism_count",
  "sudo_set_mechanism_emission_split",
  "add_collateral",
  "set_min_collateral",
  "set_children",
  "set_childkey_take",
  "increase_take",
  "decrease_take",
  "set_coldkey_auto_stake_hotkey",
  "set_weights",
  "commit_weights",
  "reveal_weights",
  "commit_timelocked_weights",
  "set_mechanism_weights",
  "commit_mechanism_weights",
  "reveal_mechanism_weights",
  "commit_timelocked_mechanism_weights",
  "burned_register",
  "register_limit",
  "serve_axon",
]);

export const isNeuronAction = (action: { readonly kind: string }): action is NeuronAction =>
  names.has(action.kind);

const signedByHotkeys: ReadonlySet<string> = new Set<NeuronAction["kind"]>([
  "set_weights",
  "commit_weights",
  "reveal_weights",
  "commit_timelocked_weights",
  "set_mechanism_weights",
  "commit_mechanism_weights",
  "reveal_mechanism_weights",
  "commit_timelocked_mechanism_weights",
  "serve_axon",
]);

/** Whether the hotkey signs, not the coldkey. */
export const isHotkeySigned = ({ kind }: NeuronAction): boolean => signedByHotkeys.has(kind);
