/**
 * A subnet that is simulated neuron by neuron: its uids, weights and bonds, and the Yuma epoch
 * over them. Source: spec/yuma-epoch.md sections 1, 4 and 5.
 */
import { replaceNeuron } from "../weights/replacement.ts";
import type { EpochColumns } from "../yuma/kernel/kernel-memory.ts";
import type { EpochOutput, EpochParameters, SparseRow } from "../yuma/types.ts";
import { rename } from "./keys/rename.ts";
import {
  appendNeuron,
  forgetConsensus,
  type MechanismState,
  newMechanism,
  type OpenMechanism,
  runMechanisms,
} from "./mechanism-state.ts";
import { CollateralBook, NO_COLLATERAL } from "./neurons/collateral-book.ts";
import { CommitBook } from "./neurons/commit-book.ts";
import { columnsFor } from "./neurons/epoch-columns.ts";
import { Family } from "./neurons/family.ts";
import { NeuronAccounts } from "./neurons/neuron-accounts.ts";
import { RegistrationPrice } from "./neurons/registration-price.ts";
import { newSubnetRegistration, type RegistrationTerms } from "./neurons/registration-terms.ts";
import { EpochKernels, type SharedColumns } from "./neurons/shared-columns.ts";
import { StoredEpoch } from "./neurons/stored-epoch.ts";
import { nullStep, totalStakes } from "./null-step.ts";
import {
  capacityOf,
  type DetailedSubnetGenesis,
  type EpochConsensus,
  type EpochMoment,
  type Neuron,
} from "./subnet-start.ts";

export type { DetailedSubnetGenesis, Neuron } from "./subnet-start.ts";

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
  /** Where the neurons' stakes are found. */
  readonly accounts: NeuronAccounts;
  private rows: SparseRow[];
  /** By uid: the block in which weights were set last; of capacity length. */
  readonly lastUpdate: Float64Array;
  lastStepBlock: number;
  epochCount = 0;
  /** The memory in which its epochs run, as those of other subnets do. */
  readonly shared: SharedColumns;
  /** How often uids have been given to somebody else. */
  neuronChanges = 0;
  /** The second mechanism and those after it. */
  readonly otherMechanisms: MechanismState[] = [];
  consensus: EpochConsensus;
  /** MechanismEmissionSplit. */
  mechanismSplit: readonly number[] | null;
  /** Where there are several mechanisms: what the last epoch of the first one alone gave. */
  private firstMechanismLast: EpochOutput | null = null;
  private readonly stored: StoredEpoch;
  /** By uid: of the neurons, in one piece. */
  private readonly registeredAtBlocks: Float64Array;

  constructor(
    readonly genesis: DetailedSubnetGenesis,
    startBlock: number,
    kernels = new EpochKernels(),
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
    if (neurons.length > this.maxAllowedUids) {
      throw new RangeError(
        `subnet ${this.netuid}: ${neurons.length} neurons, ${this.maxAllowedUids} are allowed`,
      );
    }
    if (this.uidOf.size !== neurons.length) {
      throw new RangeError(`subnet ${this.netuid}: two uids have the same hotkey`);
    }
    this.rows = neurons.map((_, uid) => weights[uid] ?? EMPTY_ROW);
    // Who has weights set them just before the start, so that they count from the first epoch on.
    this.lastUpdate = new Float64Array(this.maxAllowedUids);
    this.lastUpdate.set(
      neurons.map(({ registeredAtBlock }, uid) =>
        this.rows[uid].columns.length > 0 ? startBlock : registeredAtBlock,
      ),
    );
    this.lastStepBlock = startBlock;
    this.registeredAtBlocks = new Float64Array(this.maxAllowedUids);
    this.registeredAtBlocks.set(neurons.map(({ registeredAtBlock }) => registeredAtBlock));
    this.mechanismSplit = genesis.mechanismSplit ?? null;
    this.consensus = genesis.consensus ?? "yuma";
    for (let m = 1; m < (genesis.mechanismCount ?? 1); m++) this.addMechanism();
    this.accounts = new NeuronAccounts(this.maxAllowedUids);
    this.shared = kernels.for(this.maxAllowedUids);
    this.stored = new StoredEpoch(
      this.maxAllowedUids,
      this.rows.map(({ columns }) => columns.length > 0),
    );
  }

  /** By uid; empty rows where a neuron sets no weights. */
  get weights(): readonly SparseRow[] {
    return this.rows;
  }

  /** Of the last epoch in this run, a copy; null before the first. */
  get last(): EpochOutput | null {
    return this.stored.output();
  }

  /** The same as columns that live until the next epoch, of capacity length; zeros before the first. */
  get columns(): EpochColumns {
    return this.stored.columns;
  }

  /** Copies, by uid. */
  get bonds(): SparseRow[] {
    return this.stored.bondRows();
  }

  get validatorPermit(): readonly boolean[] {
    return this.stored.permits();
  }

  get mechanismCount(): number {
    return 1 + this.otherMechanisms.length;
  }

  /** Weights, last updates and commitments of a mechanism; undefined where there is no such one. */
  mechanism(index: number): OpenMechanism | undefined {
    return index === 0 ? this : this.otherMechanisms[index - 1];
  }

  /** Of a mechanism's last epoch; null before it. */
  lastOf(mechanism: number): EpochOutput | null {
    if (mechanism > 0) return this.otherMechanisms[mechanism - 1]?.last ?? null;
    return this.otherMechanisms.length > 0 ? this.firstMechanismLast : this.last;
  }

  /** Adds mechanisms, or drops the last ones with all they have; the split becomes even again. */
  setMechanismCount(count: number): void {
    if (count === this.mechanismCount) return;
    const { otherMechanisms: others } = this;
    if (others.length === 0) this.firstMechanismLast = this.last;
    while (others.length >= count) others.pop();
    while (others.length < count - 1) this.addMechanism();
    this.mechanismSplit = null;
    const { firstMechanismLast: first } = this;
    if (count === 1 && first) this.columns.consensus.set(first.consensus);
  }

  private addMechanism(): void {
    this.otherMechanisms.push(newMechanism(this.neurons.length, this.maxAllowedUids));
  }

  setWeights(uid: number, row: SparseRow, block: number, mechanism = 0): void {
    this.putWeights(uid, row, mechanism);
    const own = mechanism === 0 ? this : this.otherMechanisms[mechanism - 1];
    own.lastUpdate[uid] = block;
  }

  /** The same without a new age, as weights that are revealed have it. */
  putWeights(uid: number, row: SparseRow, mechanism = 0): void {
    if (mechanism > 0) {
      this.otherMechanisms[mechanism - 1].weights[uid] = row;
      return;
    }
    this.rows[uid] = row;
    this.stored.noteWeights(uid);
  }

  /** One uid has a permit, or (null) nobody. */
  permitOnly(uid: number | null): void {
    this.stored.setPermits(this.neurons.map((_, own) => own === uid));
  }

  /** A neuron has committed to weights: that is as good as setting them, for its age. */
  touch(hotkey: string, block: number, mechanism = 0): void {
    const uid = this.uidOf.get(hotkey);
    const own = mechanism === 0 ? this : this.otherMechanisms[mechanism - 1];
    if (uid !== undefined) own.lastUpdate[uid] = block;
  }

  /**
   * A neuron goes under another hotkey: it keeps its uid with all that stands there. Hashed
   * commitments go along; timelocked ones stay under the old name and are dropped when they open.
   */
  swapHotkey(from: string, to: string): void {
    const uid = this.uidOf.get(from);
    if (uid !== undefined) {
      this.neurons[uid] = { ...this.neurons[uid], hotkey: to };
      this.neuronChanges++;
      this.uidOf.delete(from);
      this.uidOf.set(to, uid);
      for (let m = 0; m < this.mechanismCount; m++) {
        rename((this.mechanism(m) as MechanismState).commits.hashed, from, to);
      }
    }
    this.family.swapHotkey(from, to);
    this.collateral.swapHotkey(from, to);
    for (const [coldkey, hotkey] of this.autoStake) {
      if (hotkey === from) this.autoStake.set(coldkey, to);
    }
  }

  /** Alpha rao of a uid's last epoch; 0 for who has registered since. */
  emissionRao(uid: number): bigint {
    return this.columns.emissionRao[uid] ?? 0n;
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
    this.neuronChanges++;
    this.registeredAtBlocks[uid] = block;
    this.uidOf.set(neuron.hotkey, uid);
    if (isNew) this.append(uid, block);
    else this.replace(uid, block);
  }

  private append(uid: number, block: number): void {
    this.rows.push(EMPTY_ROW);
    this.stored.noteWeights(uid);
    this.lastUpdate[uid] = block;
    for (const mechanism of this.otherMechanisms) appendNeuron(mechanism, block);
    this.stored.append();
  }

  private replace(uid: number, block: number): void {
    const { weights, bonds, lastUpdate, validatorPermit, neurons, stored } = this;
    const last = columnsFor(neurons.length, this.last);
    const after = replaceNeuron(
      {
        ...last,
        validatorPermit: [...validatorPermit],
        blockAtRegistration: neurons.map(({ registeredAtBlock }) => registeredAtBlock),
        mechanisms: [{ weights, bonds, lastUpdate }, ...this.otherMechanisms].map((mechanism) => ({
          ...mechanism,
          lastUpdate: [...mechanism.lastUpdate.subarray(0, neurons.length)],
        })),
      },
      uid,
      block,
    );
    const [own, ...others] = after.mechanisms;
    this.rows = [...own.weights];
    stored.noteWeights(0);
    lastUpdate.set(own.lastUpdate);
    for (const [k, mechanism] of this.otherMechanisms.entries()) {
      mechanism.weights = [...others[k].weights];
      mechanism.bonds = [...others[k].bonds];
      mechanism.lastUpdate.set(others[k].lastUpdate);
    }
    forgetConsensus([{ last: this.firstMechanismLast }, ...this.otherMechanisms], uid);
    stored.setBonds(own.bonds);
    stored.setPermits(after.validatorPermit);
    stored.setOutput({ ...last, ...after });
  }

  /** Of the earliest live commit of each uid, for the epoch that is starting; Infinity: it has none. */
  private commitBlocks(commits: CommitBook): number[] {
    const hotkeys = this.neurons.map(({ hotkey }) => hotkey);
    return commits
      .earliestBlocks(hotkeys, this.epochCount + 1, this.revealPeriodEpochs)
      .map((block) => block ?? Number.POSITIVE_INFINITY);
  }

  /**
   * The epoch of a block, which divides `emissionRao` of alpha; `columns` then show it. Each uid
   * weighs what `shared` holds for it: alpha and, by TaoWeight, root stake.
   */
  step(moment: EpochMoment): void {
    if (this.consensus === "null") {
      this.stepNull(moment);
      return;
    }
    if (this.otherMechanisms.length > 0) {
      this.stepMechanisms(moment);
      return;
    }
    const { block, tempoBlocks, emissionRao, taoWeightBits } = moment;
    const { neurons, parameters, stored } = this;
    const { kernel } = this.shared;
    const { memory } = kernel;
    kernel.setParameters(parameters);
    kernel.setClock({
      n: neurons.length,
      block,
      tempoBlocks,
      lastMechanismStepBlock: this.lastStepBlock,
      raoEmission: emissionRao,
      ownerUid: this.ownerUid,
    });
    kernel.weighStakes(taoWeightBits);
    memory.lastUpdate.set(this.lastUpdate);
    memory.blockAtRegistration.set(this.registeredAtBlocks);
    if (parameters.commitReveal) memory.commitBlocks.set(this.commitBlocks(this.commits));
    stored.writeTo(kernel, this.rows);
    kernel.compute();
    stored.readFrom(kernel);
    this.lastStepBlock = block;
    this.epochCount++;
  }

  /** The same where there are several mechanisms; `columns` show what they add up to. */
  private stepMechanisms(moment: EpochMoment): void {
    const { block, tempoBlocks, emissionRao, taoWeightBits, mechanismSplitWhole } = moment;
    const { neurons, parameters, stored, otherMechanisms, ownerUid } = this;
    const { kernel } = this.shared;
    const n = neurons.length;
    const clock = { n, block, tempoBlocks, ownerUid, lastMechanismStepBlock: this.lastStepBlock };
    kernel.setParameters(parameters);
    kernel.setClock({ ...clock, raoEmission: emissionRao });
    kernel.weighStakes(taoWeightBits);
    kernel.memory.blockAtRegistration.set(this.registeredAtBlocks);
    const { weights, lastUpdate, commits, bonds, firstMechanismLast: last } = this;
    const all = [{ weights, lastUpdate, commits, bonds, last }, ...otherMechanisms];
    const mechanisms = all.map((own) => ({
      ...own,
      commitBlocks: parameters.commitReveal ? this.commitBlocks(own.commits) : null,
    }));
    const isWhole = this.mechanismSplit?.length === all.length;
    const split = mechanismSplitWhole && !isWhole ? null : this.mechanismSplit;
    const terms = { split, permits: this.validatorPermit, mechanisms };
    const { outputs, sum } = runMechanisms(kernel, { ...clock, emissionRao, ...terms });
    const [first, ...others] = outputs;
    stored.setEpoch({ ...sum, incentive: first.incentive, bonds: first.bonds });
    this.firstMechanismLast = first;
    for (const [k, mechanism] of otherMechanisms.entries()) {
      mechanism.last = others[k];
      mechanism.bonds = others[k].bonds;
    }
    this.lastStepBlock = block;
    this.epochCount++;
  }
  /** The same without Yuma; the block of the last Yuma epoch, which masks bonds, stays. */
  private stepNull({ block, tempoBlocks, emissionRao, taoWeightBits, budgets }: EpochMoment): void {
    const { kernel } = this.shared;
    const { memory } = kernel;
    const n = this.neurons.length;
    const { lastStepBlock: lastMechanismStepBlock, ownerUid } = this;
    const clock = { n, block, tempoBlocks, lastMechanismStepBlock, ownerUid };
    kernel.setClock({ ...clock, raoEmission: emissionRao });
    kernel.weighStakes(taoWeightBits);
    const output = nullStep({
      n,
      emissionRao,
      serverRao: budgets?.serverRao ?? emissionRao - emissionRao / 2n,
      rootRao: budgets?.rootRao ?? 0n,
      totalStakeBits: totalStakes(memory, n),
      blockAtRegistration: this.registeredAtBlocks,
      mechanisms: [this, ...this.otherMechanisms],
      split: this.mechanismSplit,
      bonds: this.bonds,
    });
    this.stored.setEpoch(output);
    memory.serverEmissionRao.set(output.serverEmissionRao);
    memory.validatorEmissionRao.set(output.validatorEmissionRao);
    this.epochCount++;
  }
}
