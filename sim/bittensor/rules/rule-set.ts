/**
 * What differs between the eras of the chain's economy, apart from numbers (dated-values.ts). A
 * rule-set is the fold of dated layers; each layer states only what it changed.
 */
import type { AlphaInCap, SurplusUse } from "../coinbase/era-terms.ts";
import type { InjectionOrder } from "../coinbase/inject.ts";
import type { ShareRule } from "./share-rule.ts";

export interface RuleSet {
  /** How the block's TAO is divided between subnets. */
  readonly shares: ShareRule;
  /** Whether subnets that closed registration take part in emission. */
  readonly closedSubnetsEmit: boolean;
  readonly pool: PoolKind;
  readonly alphaInCap: AlphaInCap;
  readonly surplus: SurplusUse;
  /** What becomes of alpha that the chain buys with surplus TAO. */
  readonly boughtAlpha: "recycled" | "protocol";
  readonly injection: InjectionOrder;
  /**
   * tao: root validators are paid in TAO. sold: root's alpha is sold at the epoch for TAO. claimed:
   * it accrues and is claimed. funds: it accrues in validators' funds.
   */
  readonly rootDividends: "tao" | "sold" | "claimed" | "funds";
  /** Root's alpha accrues only while the moving prices sum to more than one. */
  readonly rootSellFlag: boolean;
  /** Neuron registration: price moved every interval, or decaying every block and bumped. */
  readonly registrationPrice: "adjusted" | "decaying";
  /** Pre-dTAO registrations destroyed TAO; later they buy alpha, which is recycled. */
  readonly registrationPays: "burned TAO" | "recycled alpha";
  /** What a new subnet's pool starts with. */
  readonly poolSeed: "none" | "minimum lock" | "lock, at least the minimum" | "lock paid";
  /** staggered: every tempo + 1 blocks by netuid. dynamic: per subnet, at most two a block. */
  readonly epochSchedule: "staggered" | "dynamic";
  /** The dynamic schedule's fallback: more steps than this since the last epoch make it due. */
  readonly epochDueBySteps: "50400 blocks" | "tempo";
  /** Root can switch a subnet's TAO emission off. */
  readonly emissionSwitch: boolean;
  /** Whether that switch starts on for new subnets. */
  readonly newSubnetsEmit: boolean;
  readonly swapFees: "none" | "liquidity" | "block author";
  readonly transactionFees: "block author" | "recycled";
  readonly convictionLocks: boolean;
  /** The test, at each epoch, by which locked alpha may move a subnet's ownership. */
  readonly ownershipByConviction: "no" | "sum over a tenth" | "one over 18 per cent";
  readonly minerCollateral: boolean;
  /** Subnets may have several mechanisms, each with its own weights. */
  readonly mechanisms: boolean;
  /** A crowd may pay for a subnet and share its owner cut. */
  readonly leases: boolean;
  readonly ownersSetTempo: boolean;
  /** Per-subnet consensus mode without Yuma, and registration by work. */
  readonly nullConsensus: boolean;
}

export type PoolKind = "none" | "constant product" | "concentrated" | "balancer";

/** How sure a layer's first block is. */
export type Certainty =
  /** Read from captured chain state, or recomputed from it. */
  | "captured"
  /** A third party reports having read the block on chain. */
  | "reported"
  /** Derived from a date of the code, or known only as an interval: the middle or its end. */
  | "approximate";

export interface RuleLayer {
  /** R0 to R8 for share rules; otherwise a short name of what it changed. */
  readonly name: string;
  readonly summary: string;
  /** The first block in which the new rule runs. */
  readonly firstBlock: number;
  /** UTC. */
  readonly date: string;
  /** Runtime specification that brought it. */
  readonly spec: string;
  readonly certainty: Certainty;
  /** Where the date and the rule are recorded. */
  readonly evidence: string;
  readonly changes: Partial<RuleSet>;
}
