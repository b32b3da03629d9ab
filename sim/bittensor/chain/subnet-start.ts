/** What a subnet that is simulated neuron by neuron starts from, and what its epochs are told. */
import type { EpochParameters, SparseRow } from "../yuma/types.ts";
import type { CollateralTerms } from "./neurons/collateral-book.ts";
import type { RegistrationTerms } from "./neurons/registration-terms.ts";

/** A registered neuron: the hotkey that holds a uid, who owns it, and what it does. */
export interface Neuron {
  readonly hotkey: string;
  readonly coldkey: string;
  /** Role of the agent that runs it: for the records. */
  readonly role: string;
  readonly registeredAtBlock: number;
}

/** EpochConsensus: Yuma, or (since spec 475) the one validator with the most stake. */
export type EpochConsensus = "yuma" | "null";

export interface DetailedSubnetGenesis {
  readonly netuid: number;
  /** By uid. */
  readonly neurons: readonly Neuron[];
  /** By uid; empty rows where a neuron sets no weights. Values are u16, max-upscaled. */
  readonly weights: readonly SparseRow[];
  readonly parameters: EpochParameters;
  /** Blocks between two weight settings of one uid that the chain accepts. */
  readonly weightsRateLimitBlocks: number;
  readonly ownerUid: number | null;
  /** Epochs until commitments are opened, where commit-reveal is on; absent = 1. */
  readonly revealPeriodEpochs?: number;
  /** Incentive of the owner's own neurons is recycled; absent = false, burned. */
  readonly recyclesWithheld?: boolean;
  /** What miners lock when they register; absent = nothing. */
  readonly collateral?: CollateralTerms;
  /** Lowest version key that weights must carry; absent = 0, any. */
  readonly weightsVersionKey?: bigint;
  /** Absent = as on a new subnet. */
  readonly registration?: RegistrationTerms;
  /** Most neurons that it can have; absent = as many as it starts with, at least 256. */
  readonly maxAllowedUids?: number;
  /** What decides at an epoch; absent = Yuma. */
  readonly consensus?: EpochConsensus;
  /** MechanismCountCurrent; absent = 1. */
  readonly mechanismCount?: number;
  /** Of the emission, u16 parts of 65,535 for the mechanisms; absent = even parts. */
  readonly mechanismSplit?: readonly number[] | null;
}

/** When an epoch runs, and what about. */
export interface EpochMoment {
  readonly block: number;
  readonly tempoBlocks: number;
  readonly emissionRao: bigint;
  /** U96F32. */
  readonly taoWeightBits: bigint;
  /** Of the emission, what was saved up for miners and for root: read under null consensus. */
  readonly budgets?: { readonly serverRao: bigint; readonly rootRao: bigint };
  /** A split of another length than there are mechanisms counts as none; absent = it is padded. */
  readonly mechanismSplitWhole?: boolean;
}

const MAX_ALLOWED_UIDS = 256;

/** Uids for which there is room: as many as the subnet starts with, at least the chain's 256. */
export const capacityOf = ({ neurons, maxAllowedUids }: DetailedSubnetGenesis): number =>
  maxAllowedUids ?? Math.max(MAX_ALLOWED_UIDS, neurons.length);
