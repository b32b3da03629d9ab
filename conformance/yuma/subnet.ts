/** The subnet that an epoch-sequence record describes, and what its steps do to it (spec 13). */
import {
  type CommitTime,
  earliestLiveCommitBlock,
} from "../../sim/bittensor/weights/commit-windows.ts";
import {
  type NeuronColumns,
  replaceNeuron,
  resetBonds,
} from "../../sim/bittensor/weights/replacement.ts";
import { storedWeights } from "../../sim/bittensor/weights/set-weights.ts";
import { activityCutoffBlocks } from "../../sim/bittensor/yuma/activity.ts";
import { taoWeightBits, totalStakeBits } from "../../sim/bittensor/yuma/stake-weight.ts";
import type { EpochInput, EpochParameters, SparseRow } from "../../sim/bittensor/yuma/types.ts";
import { rowFromPairs } from "./pairs.ts";

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, as in RecordCheck.
export type Json = any;

/** A subnet between the steps of a record. */
export interface Subnet {
  readonly initial: Json;
  readonly block: number;
  readonly tempoBlocks: number;
  readonly alphaStakeRao: readonly number[];
  /** As stored, so perhaps shorter than n; false where a replacement cleared it. */
  readonly storedPermit: readonly boolean[];
  readonly columns: NeuronColumns;
}

/** What is given for the first `given.length` uids, `fill` for the others up to n. */
const sized = <T>(given: readonly T[], n: number, fill: T): T[] =>
  Array.from({ length: n }, (_, uid) => given[uid] ?? fill);

/** Rows keyed by uid, each a list of [column, value]. */
function rowsOf(byUid: Record<string, [number, number][]> | undefined, n: number): SparseRow[] {
  return Array.from({ length: n }, (_, uid) => rowFromPairs(byUid?.[uid] ?? []));
}

/** The state that a record starts from; vectors that the chain does not store yet are 0. */
export function initialSubnet(initial: Json): Subnet {
  const { n } = initial;
  const lastUpdateOf = (mechanism: number): number[] =>
    mechanism === 0 ? initial.last_update : (initial[`last_update_mech${mechanism}`] ?? []);
  const columns: NeuronColumns = {
    active: sized([], n, true),
    validatorPermit: sized(initial.validator_permit, n, false),
    stakeWeight: new Uint16Array(n),
    consensus: new Uint16Array(n),
    incentive: new Uint16Array(n),
    dividends: new Uint16Array(n),
    validatorTrust: new Uint16Array(n),
    emissionRao: new BigUint64Array(n),
    blockAtRegistration: sized(initial.block_at_registration, n, 0),
    mechanisms: Array.from({ length: initial.mechanism_count }, (_, mechanism) => ({
      weights: rowsOf(initial.weights?.[mechanism], n),
      bonds: rowsOf(initial.bonds?.[mechanism], n),
      lastUpdate: sized(lastUpdateOf(mechanism), n, 0),
    })),
  };
  return {
    initial,
    block: initial.block,
    tempoBlocks: initial.tempo,
    alphaStakeRao: initial.alpha_stake,
    storedPermit: initial.validator_permit,
    columns,
  };
}

/** Steps other than epochs. Throws RangeError for an operation that the format does not name. */
export function applyStep(subnet: Subnet, step: Json): Subnet {
  switch (step.op) {
    case "set_block":
      return { ...subnet, block: step.block };
    case "set_tempo":
      return { ...subnet, tempoBlocks: step.tempo };
    case "add_alpha_stake":
      return { ...subnet, alphaStakeRao: step.alpha_stake };
    case "set_weights":
      return withWeights(subnet, step);
    case "reset_bonds":
      return subnet.initial.bonds_reset ? withoutBonds(subnet, step.hotkey_uid) : subnet;
    case "replace_neuron":
      return withReplacement(subnet, step.uid);
    default:
      throw new RangeError(`step ${step.op} is unknown`);
  }
}

function withWeights(subnet: Subnet, { uid, uids, values }: Json): Subnet {
  const [first, ...others] = subnet.columns.mechanisms;
  const changed = {
    ...first,
    weights: first.weights.with(uid, storedWeights({ uids, values })),
    lastUpdate: first.lastUpdate.with(uid, subnet.block),
  };
  return { ...subnet, columns: { ...subnet.columns, mechanisms: [changed, ...others] } };
}

function withoutBonds(subnet: Subnet, uid: number): Subnet {
  const mechanisms = subnet.columns.mechanisms.map((mechanism) => ({
    ...mechanism,
    bonds: resetBonds(mechanism.bonds, uid),
  }));
  return { ...subnet, columns: { ...subnet.columns, mechanisms } };
}

/** The new hotkey brings no alpha; the records leave the uid its root stake. */
function withReplacement(subnet: Subnet, uid: number): Subnet {
  const columns = replaceNeuron(subnet.columns, uid, subnet.block);
  return {
    ...subnet,
    columns,
    alphaStakeRao: subnet.alphaStakeRao.with(uid, 0),
    storedPermit: columns.validatorPermit,
  };
}

export function parametersOf({ initial, tempoBlocks }: Subnet): EpochParameters {
  return {
    kappa: initial.kappa,
    bondsPenalty: initial.bonds_penalty,
    bondsMovingAverage: initial.bonds_moving_average,
    yuma3: initial.yuma3,
    liquidAlpha: initial.liquid_alpha,
    alphaLow: initial.alpha_values[0],
    alphaHigh: initial.alpha_values[1],
    alphaSigmoidSteepness: initial.alpha_sigmoid_steepness,
    commitReveal: initial.commit_reveal,
    maxAllowedValidators: initial.max_allowed_validators,
    activityCutoffBlocks: activityCutoffBlocks(initial.activity_cutoff_factor_milli, tempoBlocks),
    stakeThresholdRao: BigInt(initial.min_stake),
  };
}

/** The epoch's input for one mechanism. */
export function inputOf(subnet: Subnet, mechanism: number, emissionRao: number): EpochInput {
  const { initial, columns } = subnet;
  // JSON numbers lose the weight's last bits, of which the chain's U96F32 keeps none.
  const weight = taoWeightBits(BigInt(initial.tao_weight));
  return {
    n: initial.n,
    block: subnet.block,
    tempoBlocks: subnet.tempoBlocks,
    lastMechanismStepBlock: initial.last_mechanism_step_block,
    raoEmission: BigInt(emissionRao),
    totalStakeBits: subnet.alphaStakeRao.map((alpha, uid) =>
      totalStakeBits(BigInt(alpha), BigInt(initial.root_stake[uid]), weight),
    ),
    blockAtRegistration: columns.blockAtRegistration,
    validatorPermit: subnet.storedPermit,
    ownerUid: initial.owner_uid,
    commitBlocks: liveCommits(initial),
    ...columns.mechanisms[mechanism],
  };
}

function liveCommits(initial: Json): (number | null)[] | null {
  const { n, v2_commits, timelocked_commits, current_epoch, reveal_period_epochs } = initial;
  if (!v2_commits && !timelocked_commits) return null;
  const of = (commits: Json[] = [], uid: number): CommitTime[] =>
    commits
      .filter((commit) => commit.uid === uid)
      .map(({ commit_epoch, commit_block }) => ({ epoch: commit_epoch, block: commit_block }));
  return Array.from({ length: n }, (_, uid) =>
    earliestLiveCommitBlock(
      of(v2_commits, uid),
      of(timelocked_commits, uid),
      current_epoch,
      reveal_period_epochs,
    ),
  );
}
