/** The state of a FLock world: contracts, people and the books that hold them together. */
import type { AccountId, Ledger } from "../../ledger/ledger.ts";
import type { Stream } from "../../random.ts";
import type { AllianceTask } from "../alliance/task.ts";
import type { Grant } from "../arena/vesting.ts";
import type { DelegationPool } from "../delegation.ts";
import type { Lock } from "../gmflock.ts";
import type { FlockMarket } from "../market.ts";
import type { Offering } from "../marketplace/offering.ts";
import type { FlockParameters } from "../parameters.ts";
import type { EmissionCounter } from "../supply/emission.ts";
import type { Tranche } from "../supply/supply.ts";
import type { FlockAgent, OperatorRole } from "./agent.ts";

/** Accounts that belong to no participant. */
export interface CommonAccounts {
  readonly mint: AccountId;
  readonly burn: AccountId;
  /** Principal of all locks. */
  readonly exchange: AccountId;
  /** Where every fee goes. */
  readonly tokenContract: AccountId;
  readonly claimable: AccountId;
  readonly lockedRewards: AccountId;
  readonly pools: AccountId;
  readonly vesting: AccountId;
  /** The task manager: mints arrive here; rounding and the emission of days without stake stay. */
  readonly taskManager: AccountId;
  readonly alliancePools: AccountId;
  readonly allianceStakes: AccountId;
  readonly curves: AccountId;
  readonly treasury: AccountId;
  readonly market: AccountId;
  /** Circulating FLOCK of people outside the simulation, by how it reached them. */
  readonly outside: AccountId;
  readonly tranches: ReadonlyMap<string, AccountId>;
  readonly gmMint: AccountId;
  readonly gmTasks: AccountId;
  readonly gmPools: AccountId;
  readonly usdMarket: AccountId;
  readonly usdOutside: AccountId;
  readonly usdCompute: AccountId;
  readonly usdTreasury: AccountId;
}

/** When each participant acts, by index. */
export interface WakeTimes {
  readonly firstDay: Int32Array;
  readonly everyDays: Int32Array;
}

/** Parameters as the integers that the contracts hold. */
export interface ContractRatios {
  readonly delegationPart: bigint;
  readonly gammaPart: bigint;
  readonly lockedPart: bigint;
  readonly operatorFeeBps: bigint;
  readonly delegatorFeeBps: bigint;
  readonly gasMicro: bigint;
  readonly capWei: bigint;
  readonly minimumStakeWei: bigint;
}

export interface Participant {
  readonly index: number;
  readonly agent: FlockAgent;
  readonly random: Stream;
  readonly flock: AccountId;
  readonly gm: AccountId;
  /** A boundary: people bring and keep dollars outside the model. */
  readonly usd: AccountId;
  /** Changed by setLocks alone, which keeps the sums. */
  locks: readonly Lock[];
  locked: LockedTotals;
  operator: Operator | null;
  readonly delegatedTo: Set<Operator>;
  /** Running totals for the records, in wei; never read by the rules. */
  readonly totals: ParticipantTotals;
}

export interface LockedTotals {
  readonly principalWei: bigint;
  readonly gmflockWei: bigint;
  readonly principalFlock: number;
  readonly gmflock: number;
  /** Mean length of open locks, each weighed by its principal. */
  readonly meanLockDays: number;
}

export interface ParticipantTotals {
  soldWei: bigint;
  /** Rewards claimed, after fees. */
  claimedWei: bigint;
  usdSpentMicro: bigint;
}

export interface Operator {
  readonly index: number;
  readonly participant: Participant;
  readonly role: OperatorRole;
  readonly pool: DelegationPool;
  sigma: number;
  /** The same over the base of the percentages. */
  sigmaPart: bigint;
  sigmaChangedDay: number;
  stakedWei: bigint;
  task: ArenaTask | null;
  /** Finished tasks that it has left: for some days they still freeze the sharing ratio. */
  leftTasks: ArenaTask[];
  claimableWei: bigint;
  grants: Grant[];
  /** Shared return of each of the last days, in a ring; see eapy.ts. */
  readonly returns: Float64Array;
  /** The same before the sharing ratio. */
  readonly grossReturns: Float64Array;
  /** Days since it was first staked. */
  returnDays: number;
  /** The day's whole reward, locked part included. */
  rewardFlock: number;
  /** Share of the role's work: rank of a node (0 the best), F of a validator. */
  standing: number;
}

export interface Submission {
  readonly operator: Operator;
  computeUsd: number;
  readonly luck: number;
  /** The loss it would have on endless data; nobody sees it. */
  trueLoss: number;
  /** What validators made of it; NaN until one did. */
  consensus: number;
}

export interface ArenaTask {
  readonly index: number;
  readonly createdDay: number;
  readonly submissionsUntilDay: number;
  readonly endDay: number;
  finishedDay: number | null;
  readonly nodes: Operator[];
  readonly validators: Operator[];
  readonly creator: Participant;
  /** Locked by the creator, counted as validators' stake. */
  readonly creatorStakeWei: bigint;
  readonly submissions: Map<Operator, Submission>;
  /** Nodes' locked reward (Reward B) so far. */
  lockedWei: bigint;
  nodeRewardFlock: number;
  validatorRewardFlock: number;
  validations: number;
  /** Who validates what. */
  readonly random: Stream;
}

export interface MarketModel {
  readonly index: number;
  readonly owner: Operator;
  readonly loss: number;
  offering: Offering | null;
  usageUsdMicro: bigint;
  /** What each participant has paid for it so far, in millionths of a USD. */
  readonly usageByUser: Map<number, bigint>;
}

/** An FL Alliance task with the participants behind its numbers. */
export interface RunningAlliance {
  readonly index: number;
  readonly members: Participant[];
  firstJoinDay: number | null;
  /** null while participants still join. */
  task: AllianceTask | null;
  random?: Stream;
  finished: boolean;
  /** Funded before the task runs. */
  waitingPoolWei: bigint;
}

export interface FlockWorldState {
  readonly parameters: FlockParameters;
  readonly ledger: Ledger;
  readonly accounts: CommonAccounts;
  readonly ratios: ContractRatios;
  readonly random: (name: string) => Stream;
  day: number;
  emission: EmissionCounter;
  emissionFlock: number;
  grossMintedWei: bigint;
  readonly tranches: readonly Tranche[];
  readonly participants: Participant[];
  readonly wakes: WakeTimes;
  readonly operators: Operator[];
  readonly tasks: ArenaTask[];
  readonly models: MarketModel[];
  readonly alliances: RunningAlliance[];
  market: FlockMarket;
  outsidePriceUsd: number;
  readonly outsideRandom: Stream;
  /** Of all locks, as the last check counted them. */
  locked: LockedTotals;
  /** All fees so far, for the records. */
  feesTotalWei: bigint;
  readonly refusals: Map<string, number>;
  readonly events: DayEvents;
}

/** What happened in the day, for the records. Emptied when they are written. */
export interface DayEvents {
  locks: LockEvent[];
  soldWei: Map<string, bigint>;
  boughtWei: Map<string, bigint>;
  alliance: AllianceEvent[];
}

export interface LockEvent {
  readonly participant: Participant;
  readonly flockWei: bigint;
  readonly lock: Lock;
  readonly feeWei: bigint;
}

export interface AllianceEvent {
  readonly task: number;
  readonly round: number;
  readonly accepted: boolean;
  readonly proposers: number;
  readonly voters: number;
  readonly accuracy: number;
  readonly paidWei: bigint;
  readonly slashedWei: bigint;
}

/** Tasks that run, in the order of their creation. */
export const activeTasks = (world: FlockWorldState): ArenaTask[] =>
  world.tasks.filter((task) => task.finishedDay === null);

export const addTo = (map: Map<string, bigint>, key: string, amount: bigint): void => {
  map.set(key, (map.get(key) ?? 0n) + amount);
};
