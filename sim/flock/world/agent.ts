/**
 * Who acts in a FLock world: what an agent sees, and what it can do. A view shows what the chain
 * and the protocol's pages show to everyone, and of what is private the agent's own alone.
 */
import type { Stream } from "../../random.ts";
import type { Strategy } from "../alliance/task.ts";
import type { Lock } from "../gmflock.ts";
import type { FlockParameters } from "../parameters.ts";

export type OperatorRole = "node" | "validator";
export type ParticipantRole =
  | OperatorRole
  | "delegator"
  | "creator"
  | "user"
  | "whale"
  | "treasury"
  | "researcher"
  | "alliance";

/** What an agent wants done. Amounts are wei unless the name says otherwise. */
export type FlockAction =
  | { readonly kind: "lock"; readonly flockWei: bigint; readonly lockDays: number }
  /** Of these locks (all own ones where none is named) the matured, as far as free gmFLOCK goes. */
  | { readonly kind: "redeem"; readonly locks?: readonly Lock[] }
  | { readonly kind: "stake"; readonly task: number; readonly gmflockWei: bigint }
  | { readonly kind: "unstake" }
  | { readonly kind: "delegate"; readonly operator: number; readonly gmflockWei: bigint }
  | { readonly kind: "undelegate"; readonly operator: number; readonly gmflockWei: bigint }
  | { readonly kind: "claim_pool"; readonly operator: number }
  | { readonly kind: "claim_rewards" }
  | { readonly kind: "set_sigma"; readonly sigma: number }
  | { readonly kind: "train"; readonly computeUsd: number }
  | { readonly kind: "create_task" }
  | { readonly kind: "sell"; readonly flockWei: bigint }
  | { readonly kind: "buy"; readonly usd: number }
  | { readonly kind: "burn_fees"; readonly flockWei: bigint }
  | { readonly kind: "join_alliance"; readonly task: number }
  | { readonly kind: "launch_offering" }
  | { readonly kind: "buy_tokens"; readonly model: number; readonly flockWei: bigint }
  | { readonly kind: "sell_tokens"; readonly model: number; readonly tokens: bigint }
  | { readonly kind: "pay_inference"; readonly model: number; readonly usd: number };

export type FlockOutcome =
  | { readonly applied: true }
  | { readonly applied: false; readonly reason: string };

/** A node or validator as everyone sees it. */
export interface OperatorView {
  readonly index: number;
  readonly name: string;
  readonly role: OperatorRole;
  readonly sigma: number;
  readonly ownGmflock: number;
  readonly delegatedGmflock: number;
  /** The task it is staked in; null between tasks. */
  readonly task: number | null;
  /** R_t of the delegation page: mean daily return shared with delegators, before the claim fee. */
  readonly dailyReturn: number;
  /** The same before the sharing ratio: what a gmFLOCK staked here brings in, own or delegated. */
  readonly grossReturn: number;
  /** When it last changed its sharing ratio; minus infinity for never. */
  readonly sigmaChangedDay: number;
  /** Days since it was first staked. */
  readonly historyDays: number;
}

export interface TaskView {
  readonly index: number;
  readonly createdDay: number;
  readonly submissionsUntilDay: number;
  readonly endDay: number;
  readonly finished: boolean;
  readonly nodesGmflock: number;
  readonly validatorsGmflock: number;
  /** FLOCK that the task's nodes and validators earned yesterday. */
  readonly nodeRewardFlock: number;
  readonly validatorRewardFlock: number;
  /** Consensus losses, best first: the public leaderboard. */
  readonly leaderboard: readonly LeaderboardEntry[];
}

export interface LeaderboardEntry {
  readonly operator: number;
  readonly loss: number;
}

export interface ModelView {
  readonly index: number;
  readonly owner: number;
  readonly loss: number;
  readonly status: "api" | "raising" | "launched" | "refunded";
  /** FLOCK per model token; null without a token. */
  readonly tokenPriceFlock: number | null;
  readonly usageUsd: number;
}

export interface AllianceView {
  readonly index: number;
  readonly open: boolean;
  readonly participants: number;
}

/**
 * The agent's own accounts, as they are when asked: what an action has changed shows at once. Good
 * until `act` has run.
 */
export interface SelfView {
  readonly participant: number;
  flockWei(): bigint;
  freeGmflockWei(): bigint;
  locks(): readonly Lock[];
  /** Operators: rewards and vested Reward B that can be claimed, before the fee. */
  claimableWei(): bigint;
  /** Operators: own stake in the task; null where the participant is none. */
  operator(): OperatorView | null;
  /** Compute spent on the current task's model, in USD. */
  computeSpentUsd(): number;
  delegations(): readonly DelegationView[];
  /** Whether it is in an FL Alliance task. */
  isInAlliance(task: number): boolean;
  /** Operators: why the sharing ratio cannot be changed to this today; null where it can. */
  sigmaRefusal(sigma: number): string | null;
  tokens(model: number): bigint;
}

export interface DelegationView {
  readonly operator: number;
  readonly gmflockWei: bigint;
  /** Before the fee. */
  claimableFlock(): number;
}

export interface FlockView {
  readonly day: number;
  readonly parameters: FlockParameters;
  readonly priceUsd: number;
  readonly operators: readonly OperatorView[];
  /** Those staked in a running task; all where there are none. */
  readonly working: readonly OperatorView[];
  readonly tasks: readonly TaskView[];
  readonly models: readonly ModelView[];
  readonly alliances: readonly AllianceView[];
  readonly circulatingFlock: number;
  readonly lockedFlock: number;
  /** The emission of the day before, all of it. */
  readonly emissionFlock: number;
  /** Fees that the token contract holds. */
  readonly feesWei: bigint;
  readonly self: SelfView;
}

/** A validator's work of one day: one entry for each assignment. */
export interface ValidationBatch {
  readonly day: number;
  readonly count: number;
  /** Whose submission it is. */
  operator(k: number): number;
  /** The last public consensus on it; NaN where there is none. */
  published(k: number): number;
  /** Runs the model: the loss with this validator's noise. Costs compute. */
  measure(k: number, noise: number): number;
  /** Uploads a loss; what is not uploaded is not counted. */
  submit(k: number, loss: number): void;
}

export interface FlockAgent {
  /** Unique and stable between runs: `delegator/17`. Names the random stream and the accounts. */
  readonly id: string;
  readonly role: ParticipantRole;
  readonly wake: { readonly firstDay: number; readonly everyDays: number };
  /** From 0 to 1: how good a node's models become. A fact about the world, not shown to others. */
  readonly skill?: number;
  /** FLOCK in the wallet at the start. */
  readonly initialFlock: number;
  act(view: FlockView, random: Stream): Iterable<FlockAction>;
  /** Validators: what they do with their assignments. */
  validate?(batch: ValidationBatch, random: Stream): void;
  /** Participants of FL Alliance. */
  readonly alliance?: Strategy;
}
