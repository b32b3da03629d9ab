/**
 * A subnet that is simulated neuron by neuron: its uids, weights and bonds, and the Yuma epoch
 * over them. Source: spec/yuma-epoch.md sections 1, 4 and 5.
 */
import { replaceNeuron } from "../weights/replacement.ts";
import { createEpochKernel } from "../yuma/kernel/epoch-kernel.ts";
import { taoWeightBits, totalStakeBits } from "../yuma/stake-weight.ts";
import type { EpochInput, EpochOutput, EpochParameters, SparseRow } from "../yuma/types.ts";
import { columnsFor } from "./neurons/epoch-columns.ts";
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
    this.neurons = [...neurons];
    this.maxAllowedUids = capacityOf(genesis);
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
    const { neurons, genesis } = this;
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
        ownerUid: genesis.ownerUid,
        previousConsensus: this.last?.consensus ?? null,
      },
      genesis.parameters,
    );
    this.bonds = output.bonds;
    this.validatorPermit = output.validatorPermit;
    this.lastStepBlock = block;
    this.epochCount++;
    this.last = output;
    return output;
  }

  /**
   * Total stake of each uid as the epoch weighs it, I64F64 bits: its alpha plus TaoWeight times the
   * root stake of the same hotkey. `taoWeight` is a u64 fraction of 2^64 - 1.
   */
  stakeBits(book: StakeBook, taoWeight: bigint): bigint[] {
    const weightBits = taoWeightBits(taoWeight);
    return this.neurons.map(({ hotkey }) =>
      totalStakeBits(
        book.hotkeyStakeRao(hotkey, this.netuid),
        book.hotkeyStakeRao(hotkey, 0),
        weightBits,
      ),
    );
  }
}
