/**
 * One coldkey's lock beside the aggregate that it is counted in. The chain keeps four aggregates,
 * perpetual and decaying, per hotkey and for the owner, so that conviction can be summed without
 * visiting every lock. Source: spec/token-economics.md section 5.5 (ConvictionModel).
 */
import { saturatingSub } from "../../../amounts.ts";
import { fromInteger, safeDiv, satMul, satSub, U64F64 } from "../../../fixed/fixed-point.ts";
import {
  decrease,
  emptyLock,
  type LockKind,
  type LockRates,
  type LockState,
  merged,
  reduced,
  rollForward,
} from "./lock-state.ts";

export interface LockModel {
  readonly individual: LockState;
  /** The aggregate that the individual lock's kind selects. */
  readonly aggregate: LockState;
}

/**
 * Brings both to a block. Where the individual lock lost mass or conviction, the aggregate loses
 * just that and is stamped with the block without ageing itself: the chain's own shortcut.
 */
export function rollModel(
  model: LockModel,
  block: number,
  rates: LockRates,
  kind: LockKind,
): LockModel {
  const individual = rollForward(model.individual, block, rates, kind);
  const lost = decrease(model.individual, individual);
  const aggregate =
    lost.massRao > 0n || lost.convictionBits > 0n
      ? { ...reduced(model.aggregate, lost), block }
      : rollForward(model.aggregate, block, rates, kind);
  return { individual, aggregate };
}

/** U64F64 bits of part / whole. */
export const proportionBits = (partRao: bigint, wholeRao: bigint): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, partRao), fromInteger(U64F64, wholeRao));

/** Takes `amountRao` off a rolled lock, and conviction in proportion; the aggregate loses both. */
export function reduceModel(model: LockModel, amountRao: bigint, block: number): LockModel {
  const { massRao, convictionBits } = model.individual;
  const leftRao = saturatingSub(massRao, amountRao);
  const kept = satSub(U64F64, U64F64.oneBits, proportionBits(amountRao, massRao));
  const individual =
    leftRao === 0n
      ? emptyLock(block)
      : { massRao: leftRao, convictionBits: satMul(U64F64, convictionBits, kept), block };
  return {
    individual,
    aggregate: reduced(model.aggregate, decrease(model.individual, individual)),
  };
}

/** A forced reduction as the chain does it: roll both, then reduce. */
export function forceReduce(
  model: LockModel,
  amountRao: bigint,
  block: number,
  rates: LockRates,
  kind: LockKind,
): LockModel {
  const rolled = rollModel(model, block, rates, kind);
  const aggregate = rollForward(rolled.aggregate, block, rates, kind);
  return reduceModel({ ...rolled, aggregate }, amountRao, block);
}

/** An aggregate that takes in another lock, at a block. */
export const withLock = (
  aggregate: LockState,
  added: LockState,
  block: number,
  rates: LockRates,
  kind: LockKind,
): LockState =>
  rollForward(merged(rollForward(aggregate, block, rates, kind), added), block, rates, kind);

/** An aggregate without a lock that leaves it, at a block. */
export const withoutLock = (
  aggregate: LockState,
  removed: Pick<LockState, "massRao" | "convictionBits">,
  block: number,
  rates: LockRates,
  kind: LockKind,
): LockState => reduced(rollForward(aggregate, block, rates, kind), removed);

/** A top-up of a rolled lock: mass now, conviction later (at once on an owner lock). */
export function topUp(
  model: LockModel,
  amountRao: bigint,
  block: number,
  rates: LockRates,
  kind: LockKind,
): LockModel {
  const added: LockState = { massRao: amountRao, convictionBits: 0n, block };
  const topped = { ...model.individual, massRao: model.individual.massRao + amountRao, block };
  return {
    individual: rollForward(topped, block, rates, kind),
    aggregate: withLock(model.aggregate, added, block, rates, kind),
  };
}
