/**
 * gmFLOCK: what FLOCK becomes when it is locked, and what alone can be staked. Two forms of the
 * same rule: real numbers in days, as documented, for what agents expect; integers in seconds and
 * basis points, as the exchange contract has it, for what is minted. Source: spec/flock.md 1.
 *
 * There is no decay: a lock keeps its full gmFLOCK until it is redeemed, matured or not.
 */

import { pow } from "../portable-math.ts";
import { BPS_BASE, SECONDS_PER_DAY, scaledFraction } from "./amounts.ts";
import type { FlockParameters } from "./parameters.ts";

export type GmflockRules = FlockParameters["gmflock"];

/** gmFLOCK per FLOCK for a lock of that many days. Throws RangeError unless it is above 0. */
export function multiplier(lockDays: number, rules: GmflockRules): number {
  if (!(lockDays > 0)) throw new RangeError(`lockDays must be above 0, got ${lockDays}`);
  if (lockDays <= rules.baseLockDays) return 1;
  const counted = Math.min(lockDays, rules.fullLockDays);
  // Behind t1 <= t0 lies a rule without any slope: such a lock earns 1x.
  return 1 + (rules.epsilon * Math.max(0, counted - rules.baseLockDays)) / rules.fullLockDays;
}

/** The contract's settings: seconds, and integers over 10,000. */
export interface ExchangeSettings {
  readonly baseSeconds: bigint;
  readonly fullSeconds: bigint;
  readonly epsilonBps: bigint;
  readonly baseBps: bigint;
  readonly feeBps: bigint;
}

const settingsOf = new WeakMap<GmflockRules, ExchangeSettings>();

/** The rules as the contract holds them; worked out once for each set of rules. */
export function exchangeSettings(rules: GmflockRules): ExchangeSettings {
  let settings = settingsOf.get(rules);
  if (!settings) {
    settings = integerSettings(rules);
    settingsOf.set(rules, settings);
  }
  return settings;
}

function integerSettings(rules: GmflockRules): ExchangeSettings {
  return {
    baseSeconds: BigInt(Math.round(rules.baseLockDays * SECONDS_PER_DAY)),
    fullSeconds: BigInt(Math.round(rules.fullLockDays * SECONDS_PER_DAY)),
    epsilonBps: BigInt(Math.round(rules.epsilon * Number(BPS_BASE))),
    baseBps: BPS_BASE,
    feeBps: scaledFraction(rules.feeFraction, BPS_BASE),
  };
}

export interface Minted {
  readonly multiplierBps: bigint;
  readonly gmflockWei: bigint;
  readonly feeWei: bigint;
  /** What the contract records, and pays back when the lock is redeemed. */
  readonly principalWei: bigint;
}

/** Opens a lock as the contract computes it. Throws RangeError unless the lock is above 0 s. */
export function mintOnChain(
  amountWei: bigint,
  lockSeconds: bigint,
  settings: ExchangeSettings,
): Minted {
  if (lockSeconds <= 0n) throw new RangeError(`lockSeconds must be above 0, got ${lockSeconds}`);
  const { baseSeconds, fullSeconds, epsilonBps, baseBps, feeBps } = settings;
  const counted = lockSeconds < fullSeconds ? lockSeconds : fullSeconds;
  const extra = counted > baseSeconds ? (epsilonBps * (counted - baseSeconds)) / fullSeconds : 0n;
  const multiplierBps = baseBps + extra;
  const feeWei = (amountWei * feeBps) / BPS_BASE;
  return {
    multiplierBps,
    gmflockWei: (amountWei * multiplierBps) / baseBps,
    feeWei,
    principalWei: amountWei - feeWei,
  };
}

/** An open lock. `unlockDay` may lie beyond t1: a longer lock earns no more, but stays shut. */
export interface Lock {
  readonly openedDay: number;
  readonly unlockDay: number;
  readonly gmflockWei: bigint;
  readonly principalWei: bigint;
  /** Still owed on redemption; 0 where the fee was taken at the lock. */
  readonly feeDueWei: bigint;
}

export interface OpenedLock {
  readonly lock: Lock;
  /** To the token contract, at once. */
  readonly feeWei: bigint;
}

/** Locks `amountWei` from `day` on for whole days. Throws RangeError unless lockDays is above 0. */
export function openLock(
  amountWei: bigint,
  day: number,
  lockDays: number,
  rules: GmflockRules,
): OpenedLock {
  const seconds = BigInt(Math.round(lockDays * SECONDS_PER_DAY));
  const minted = mintOnChain(amountWei, seconds, exchangeSettings(rules));
  const atLock = rules.feeAt === "lock";
  const lock = {
    openedDay: day,
    unlockDay: day + lockDays,
    gmflockWei: minted.gmflockWei,
    principalWei: atLock ? minted.principalWei : amountWei,
    feeDueWei: atLock ? 0n : minted.feeWei,
  };
  return { lock, feeWei: atLock ? minted.feeWei : 0n };
}

export type Redemption =
  | {
      readonly redeemed: true;
      readonly burnedGmflockWei: bigint;
      readonly paidWei: bigint;
      readonly feeWei: bigint;
    }
  | { readonly redeemed: false; readonly reason: "LockNotMatured" | "InsufficientGmFlock" };

/** Redeems a lock whole: burns exactly the gmFLOCK minted for it, which must be free (unstaked). */
export function redeem(lock: Lock, day: number, freeGmflockWei: bigint): Redemption {
  if (day < lock.unlockDay) return { redeemed: false, reason: "LockNotMatured" };
  if (freeGmflockWei < lock.gmflockWei) return { redeemed: false, reason: "InsufficientGmFlock" };
  return {
    redeemed: true,
    burnedGmflockWei: lock.gmflockWei,
    paidWei: lock.principalWei - lock.feeDueWei,
    feeWei: lock.feeDueWei,
  };
}

export type GmflockPlace = "wallet" | "task" | "pool";

/** Whether gmFLOCK may move between two places: tasks and pools always, wallets by the switch. */
export const mayTransfer = (from: GmflockPlace, to: GmflockPlace, rules: GmflockRules): boolean =>
  rules.transfer === "free" || from !== "wallet" || to !== "wallet";

/** What rolling one lock length over and over costs: the fee is taken at each renewal. */
export interface RollingCost {
  /** Fees of a year over the first principal, without compounding. */
  readonly annualFeeDragSimple: number;
  readonly principalLeftAfterYear: number;
  readonly gmflockPerFlock: number;
}

export function rollingCost(lockDays: number, rules: GmflockRules): RollingCost {
  const locksAYear = 365 / lockDays;
  return {
    annualFeeDragSimple: rules.feeFraction * locksAYear,
    principalLeftAfterYear: pow(1 - rules.feeFraction, locksAYear),
    gmflockPerFlock: multiplier(lockDays, rules),
  };
}
