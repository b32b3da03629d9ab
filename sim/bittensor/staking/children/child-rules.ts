/**
 * Who may become whose child, and when. Source: spec/token-economics.md section 3.6,
 * spec/recent-rules.md sections 1.4 and 3.2 (set_children.rs).
 */
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import type { ChainError } from "../../errors.ts";

export const MAX_CHILDREN = 5;
/** An activation that would give a child a 101st parent is refused (spec 475). */
export const MAX_PARENTS = 100;
/** Blocks between two set_children of a hotkey on a subnet. */
export const SET_CHILDREN_LIMIT_BLOCKS = 150;
/** Blocks before new children count: the code's default (15 days), and the live value (1 day). */
export const CHILDREN_COOLDOWN_BLOCKS = { default: 108_000, live: 7_200 } as const;
export const CHILD_TAKE_LIMIT_BLOCKS = 216_000;
/** u16, of 65,535: 18 %. */
export const MAX_CHILD_TAKE_U16 = 11_796;

export interface Child {
  readonly hotkey: string;
  /** u64, of 2^64 - 1. */
  readonly proportionU64: bigint;
}

export interface ChildrenRequest {
  readonly netuid: number;
  readonly parent: string;
  readonly children: readonly Child[];
  /** The parent's own parents on the subnet. */
  readonly grandparents: readonly string[];
  readonly callerOwnsParent: boolean;
  /** The subnet's owner hotkey needs no stake. */
  readonly parentIsSubnetOwner: boolean;
  /** The parent's stake weight and the threshold, rao (live 1,000 TAO-equivalents). */
  readonly stakeWeightRao: bigint;
  readonly stakeThresholdRao: bigint;
  readonly blocksSinceLastSet: number;
}

/** set_children: the chain's refusal, or null when the children may be scheduled. */
export function checkSetChildren(request: ChildrenRequest): ChainError | null {
  const { children, parent } = request;
  if (request.netuid === 0) return "RegistrationNotPermittedOnRootSubnet";
  if (request.blocksSinceLastSet < SET_CHILDREN_LIMIT_BLOCKS) return "TxRateLimitExceeded";
  if (!request.callerOwnsParent) return "NonAssociatedColdKey";
  if (children.length > MAX_CHILDREN) return "TooManyChildren";
  if (children.some((child) => child.hotkey === parent)) return "InvalidChild";
  const total = children.reduce((sum, child) => sum + child.proportionU64, 0n);
  if (total > U64_MAX) return "ProportionOverflow";
  const names = new Set(children.map((child) => child.hotkey));
  if (names.size < children.length) return "DuplicateChild";
  if (request.grandparents.some((hotkey) => names.has(hotkey))) return "ChildParentInconsistency";
  const enough = request.stakeWeightRao >= request.stakeThresholdRao;
  return enough || request.parentIsSubnetOwner ? null : "NotEnoughStakeToSetChildkeys";
}

/** The block from which scheduled children count: at the first epoch that is not earlier. */
export const childrenDueBlock = (
  block: number,
  cooldownBlocks: number,
  subtokenEnabled: boolean,
): number => (subtokenEnabled ? block + cooldownBlocks : block);

/**
 * Whether scheduled children come into force: not where a child would get a parent past the cap
 * (`maxParents`: null before spec 475). Parents that it has already may be renewed.
 */
export const mayActivate = (
  parent: string,
  children: readonly { readonly hotkey: string; readonly parents: readonly string[] }[],
  maxParents: number | null,
): boolean =>
  maxParents === null ||
  children.every(({ parents }) => parents.length < maxParents || parents.includes(parent));

/** set_childkey_take: within the subnet's minimum and 18 %; raised only once in 216,000 blocks. */
export function checkChildTake(
  takeU16: number,
  currentU16: number,
  minimumU16: number,
  blocksSinceRaise: number,
): ChainError | null {
  if (takeU16 < minimumU16 || takeU16 > MAX_CHILD_TAKE_U16) return "InvalidChildkeyTake";
  const tooSoon = takeU16 > currentU16 && blocksSinceRaise < CHILD_TAKE_LIMIT_BLOCKS;
  return tooSoon ? "TxChildkeyTakeRateLimitExceeded" : null;
}

/**
 * The parents of a new subnet's owner hotkey: every root validator that delegates by itself gives
 * it all of its stake there. Those past the cap are left out without a word.
 */
export function automaticParents(
  rootValidators: readonly { readonly hotkey: string; readonly autoDelegates: boolean }[],
  maxParents: number | null,
): Child[] {
  const willing = rootValidators.filter((validator) => validator.autoDelegates);
  return willing
    .slice(0, maxParents ?? willing.length)
    .map(({ hotkey }) => ({ hotkey, proportionU64: U64_MAX }));
}
