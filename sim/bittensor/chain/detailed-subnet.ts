/**
 * A subnet that is simulated neuron by neuron: its uids, weights and bonds, and the Yuma epoch
 * over them. Source: spec/yuma-epoch.md sections 1, 4 and 5.
 */
import { replaceNeuron } from "../weights/replacement.ts";
import { createEpochKernel } from "../yuma/kernel/epoch-kernel.ts";
import { taoWeightBits } from "../yuma/stake-weight.ts";
import type { EpochInput, EpochOutput, EpochParameters, SparseRow } from "../yuma/types.ts";
import { CollateralBook, type CollateralTerms, NO_COLLATERAL } from "./neurons/collateral-book.ts";
import { CommitBook } from "./neurons/commit-book.ts";
import { columnsFor } from "./neurons/epoch-columns.ts";
import { Family } from "./neurons/family.ts";
import { RegistrationPrice } from "./neurons/registration-price.ts";
import { newSubnetRegistration, type RegistrationTerms } from "./neurons/registration-terms.ts";
import type { StakeBook } from "./stake-book.ts";

/** A registered neuron: the hotkey that holds a uid, who owns it, and what it does. */
export interface Neuron {
  readonly hotkey: string;
  readonly coldkey: string;
  /** Role of the agent that runs it: for the records. */
  readonly role: string;
  readonly registeredAtBlock: number;
}

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
}

export type EpochFunction = (input: EpochInput, parameters: EpochParameters) => EpochOutput;

/** The WebAssembly form of the epoch, with memory for full weights of every neuron. */
function kernelFor(neurons: number): EpochFunction {
  const kernel = createEpochKernel({ maxNeurons: neurons, maxEntries: neurons * neurons });
  return (input, parameters) => kernel.runTrustedEpoch(input, parameters);
}

const MAX_ALLOWED_UIDS = 256;

const capacityOf = ({ neurons, maxAllowedUids }: DetailedSubnetGenesis): number =>
  maxAllowedUids ?? Math.max(MAX_ALLOWED_UIDS, neurons.length);

const EMPTY_ROW: SparseRow = { columns: [], values: [] };

export class DetailedSubnet {
  readonly netuid: number;
  readonly neurons: Neuron[];
  readonly uidOf: Map<string, number>;
  readonly maxAllowedUids: number;
  /** What owners and root may change. */
  parameters: EpochParameters;
  revealPeriodEpochs: number;
  weightsRateLimitBlocks: number;
  weightsVersionKey: bigint;
  ownerUid: number | null;
  /** RecycleOrBurn: withheld incentive leaves the issuance; false: it is burned. */
  recyclesWithheld: boolean;
  readonly collateral: CollateralBook;
  readonly commits = new CommitBook();
  readonly family: Family;
  /** By coldkey: the hotkey with which its mined alpha is staked. */
  readonly autoStake = new Map<string, string>();
  readonly terms: RegistrationTerms;
  readonly registration: RegistrationPrice;
  weights: SparseRow[];
  lastUpdate: number[];
  bonds: readonly SparseRow[];
  validatorPermit: readonly boolean[];
  lastStepBlock: number;
  epochCount = 0;
  /** Of the last epoch in this run; null before the first. */
  last: EpochOutput | null = null;

  constructor(
    readonly genesis: DetailedSubnetGenesis,
    startBlock: number,
    private readonly runEpoch: EpochFunction = kernelFor(capacityOf(genesis)),
  ) {
    const { neurons, weights } = genesis;
    this.netuid = genesis.netuid;
    this.family = new Family(genesis.netuid);
    this.collateral = new CollateralBook(genesis.collateral ?? NO_COLLATERAL);
    this.neurons = [...neurons];
    this.maxAllowedUids = capacityOf(genesis);
    this.parameters = genesis.parameters;
    this.revealPeriodEpochs = genesis.revealPeriodEpochs ?? 1;
    this.weightsRateLimitBlocks = genesis.weightsRateLimitBlocks;
    this.weightsVersionKey = genesis.weightsVersionKey ?? 0n;
    this.ownerUid = genesis.ownerUid;
    this.recyclesWithheld = genesis.recyclesWithheld ?? false;
    this.terms = genesis.registration ?? newSubnetRegistration;
    this.registration = new RegistrationPrice(this.terms, startBlock);
    this.uidOf = new Map(neurons.map(({ hotkey }, uid) => [hotkey, uid]));
    if (this.uidOf.size !== neurons.length) {
      throw new RangeError(`subnet ${this.netuid}: two uids have the same hotkey`);
    }
    this.weights = neurons.map((_, uid) => weights[uid] ?? EMPTY_ROW);
    this.bonds = neurons.map(() => EMPTY_ROW);
    // Who has weights set them just before the start, so that they count from the first epoch on.
    this.lastUpdate = neurons.map(({ registeredAtBlock }, uid) =>
      this.weights[uid].columns.length > 0 ? startBlock : registeredAtBlock,
    );
    this.validatorPermit = this.weights.map(({ columns }) => columns.length > 0);
    this.lastStepBlock = startBlock;
  }

  setWeights(uid: number, row: SparseRow, block: number): void {
    this.weights[uid] = row;
    this.lastUpdate[uid] = block;
  }

  /** A neuron has committed to weights: that is as good as setting them, for its age. */
  touch(hotkey: string, block: number): void {
    const uid = this.uidOf.get(hotkey);
    if (uid !== undefined) this.lastUpdate[uid] = block;
  }

  /** Alpha rao of a uid's last epoch; 0 for who has registered since. */
  emissionRao(uid: number): bigint {
    return this.last?.emissionRao[uid] ?? 0n;
  }

  /**
   * Gives a uid to a neuron: the next free one, or that of a neuron which gives way. It starts
   * afresh; weights towards the uid become 0, bonds towards it are masked by the next epoch.
   */
  register(neuron: Neuron, uid: number): void {
    const { registeredAtBlock: block } = neuron;
    const isNew = uid === this.neurons.length;
    if (!isNew) this.uidOf.delete(this.neurons[uid].hotkey);
    this.neurons[uid] = neuron;
    this.uidOf.set(neuron.hotkey, uid);
    if (isNew) this.append(block);
    else this.replace(uid, block);
  }

  private append(block: number): void {
    this.weights.push(EMPTY_ROW);
    this.lastUpdate.push(block);
    this.bonds = [...this.bonds, EMPTY_ROW];
    this.validatorPermit = [...this.validatorPermit, false];
  }

  private replace(uid: number, block: number): void {
    const { weights, bonds, lastUpdate, validatorPermit, neurons } = this;
    const last = columnsFor(neurons.length, this.last);
    const after = replaceNeuron(
      {
        ...last,
        validatorPermit: [...validatorPermit],
        blockAtRegistration: neurons.map(({ registeredAtBlock }) => registeredAtBlock),
        mechanisms: [{ weights, bonds, lastUpdate }],
      },
      uid,
      block,
    );
    const [own] = after.mechanisms;
    this.weights = [...own.weights];
    this.bonds = own.bonds;
    this.lastUpdate = [...own.lastUpdate];
    this.validatorPermit = after.validatorPermit;
    if (this.last === null) return;
    const { consensus, incentive, dividends, validatorTrust, stakeWeight, emissionRao } = after;
    this.last = {
      ...last,
      consensus,
      incentive,
      dividends,
      validatorTrust,
      stakeWeight,
      emissionRao,
    };
  }

  /** The epoch of a block; `emissionRao` is the alpha that it divides. */
  step(block: number, tempoBlocks: number, emissionRao: bigint, stakeBits: bigint[]): EpochOutput {
    const { neurons, parameters } = this;
    const output = this.runEpoch(
      {
        n: neurons.length,
        block,
        tempoBlocks,
        lastMechanismStepBlock: this.lastStepBlock,
        raoEmission: emissionRao,
        totalStakeBits: stakeBits,
        lastUpdate: this.lastUpdate,
        blockAtRegistration: neurons.map(({ registeredAtBlock }) => registeredAtBlock),
        validatorPermit: this.validatorPermit,
        weights: this.weights,
        bonds: this.bonds,
        commitBlocks: parameters.commitReveal ? this.commitBlocks() : null,
        ownerUid: this.ownerUid,
        previousConsensus: this.last?.consensus ?? null,
      },
      parameters,
    );
    this.bonds = output.bonds;
    this.validatorPermit = output.validatorPermit;
    this.lastStepBlock = block;
    this.epochCount++;
    this.last = output;
    return output;
  }

  /** By uid, for the epoch that is starting. */
  private commitBlocks(): (number | null)[] {
    const hotkeys = this.neurons.map(({ hotkey }) => hotkey);
    return this.commits.earliestBlocks(hotkeys, this.epochCount + 1, this.revealPeriodEpochs);
  }

  /**
   * Total stake of each uid as the epoch weighs it, I64F64 bits: its alpha plus TaoWeight times the
   * root stake of the same hotkey, children and parents counted. `taoWeight` is a u64 fraction of
   * 2^64 - 1.
   */
  stakeBits(book: StakeBook, taoWeight: bigint): bigint[] {
    const weightBits = taoWeightBits(taoWeight);
    return this.neurons.map(({ hotkey }) => this.family.stakeBits(hotkey, book, weightBits));
  }
}
