/**
 * The delegation pool of one node or validator, as the mini pool keeps it: a claim is worth
 * `rewards * A_u / A`, where A_u is the sum of amount * seconds since that delegator's last claim.
 * Who comes late dilutes what has accrued; who leaves keeps the weight gathered so far; a claim
 * takes its weight out of the pool. Amounts are wei, times whole seconds. Source: spec/flock.md 2.6.
 */
import { flockFromWei, SECONDS_PER_DAY, shareOf } from "./amounts.ts";
import type { FlockParameters } from "./parameters.ts";

export interface PoolMember {
  amountWei: bigint;
  /** wei * seconds up to `countedAt`. */
  weight: bigint;
  countedAt: number;
  lastDelegatedAt: number;
  lastClaimedAt: number;
}

export interface DelegationPool {
  rewardsWei: bigint;
  delegatedWei: bigint;
  weight: bigint;
  countedAt: number;
  readonly members: Map<number, PoolMember>;
}

export const delegationPool = (): DelegationPool => ({
  rewardsWei: 0n,
  delegatedWei: 0n,
  weight: 0n,
  countedAt: 0,
  members: new Map(),
});

const NEVER = Number.NEGATIVE_INFINITY;

const countPool = (pool: DelegationPool, now: number): void => {
  pool.weight += pool.delegatedWei * BigInt(now - pool.countedAt);
  pool.countedAt = now;
};

const countMember = (member: PoolMember, now: number): void => {
  member.weight += member.amountWei * BigInt(now - member.countedAt);
  member.countedAt = now;
};

export function fund(pool: DelegationPool, amountWei: bigint): void {
  pool.rewardsWei += amountWei;
}

export function delegate(pool: DelegationPool, who: number, amountWei: bigint, now: number): void {
  countPool(pool, now);
  let member = pool.members.get(who);
  if (!member) {
    member = {
      amountWei: 0n,
      weight: 0n,
      countedAt: now,
      lastDelegatedAt: now,
      lastClaimedAt: NEVER,
    };
    pool.members.set(who, member);
  }
  countMember(member, now);
  member.amountWei += amountWei;
  member.lastDelegatedAt = now;
  pool.delegatedWei += amountWei;
}

export type PoolRefusal =
  | "NotDelegated"
  | "DelegationTooRecent"
  | "ClaimCoolDown"
  | "NothingToClaim";

/** null, or why the amount cannot be withdrawn now. Nothing is changed on a refusal. */
export function undelegate(
  pool: DelegationPool,
  who: number,
  amountWei: bigint,
  now: number,
  holdSeconds: number,
): PoolRefusal | null {
  const member = pool.members.get(who);
  if (!member || member.amountWei < amountWei || amountWei <= 0n) return "NotDelegated";
  if (now - member.lastDelegatedAt < holdSeconds) return "DelegationTooRecent";
  countPool(pool, now);
  countMember(member, now);
  member.amountWei -= amountWei;
  pool.delegatedWei -= amountWei;
  if (member.amountWei === 0n && member.weight === 0n) pool.members.delete(who);
  return null;
}

/** What a member would get by claiming now, before the fee. */
export function claimableWei(pool: DelegationPool, who: number, now: number): bigint {
  const member = pool.members.get(who);
  return member ? shareOf(pool.rewardsWei, weightAt(member, now), poolWeightAt(pool, now)) : 0n;
}

/** The same in FLOCK, as a double: quick enough for everyone to look every day. */
export function claimableFlock(pool: DelegationPool, who: number, now: number): number {
  const member = pool.members.get(who);
  if (!member || pool.rewardsWei === 0n) return 0;
  const share = Number(weightAt(member, now)) / Number(poolWeightAt(pool, now));
  return Number.isNaN(share) ? 0 : share * flockFromWei(pool.rewardsWei);
}

/** wei * seconds of a member at a moment. */
export const weightAt = (member: PoolMember, now: number): bigint =>
  member.weight + member.amountWei * BigInt(now - member.countedAt);

export const poolWeightAt = (pool: DelegationPool, now: number): bigint =>
  pool.weight + pool.delegatedWei * BigInt(now - pool.countedAt);

export type Claim =
  | { readonly claimed: true; readonly grossWei: bigint }
  | { readonly claimed: false; readonly reason: PoolRefusal };

/** Pays out a member's share and takes its weight out of the pool; the caller takes the fee. */
export function claim(
  pool: DelegationPool,
  who: number,
  now: number,
  cooldownSeconds: number,
): Claim {
  const member = pool.members.get(who);
  if (!member) return { claimed: false, reason: "NotDelegated" };
  if (now - member.lastClaimedAt < cooldownSeconds) {
    return { claimed: false, reason: "ClaimCoolDown" };
  }
  countPool(pool, now);
  countMember(member, now);
  const grossWei = shareOf(pool.rewardsWei, member.weight, pool.weight);
  if (grossWei === 0n) return { claimed: false, reason: "NothingToClaim" };
  pool.rewardsWei -= grossWei;
  pool.weight -= member.weight;
  member.weight = 0n;
  member.lastClaimedAt = now;
  if (member.amountWei === 0n) pool.members.delete(who);
  return { claimed: true, grossWei };
}

export const holdSeconds = (arena: FlockParameters["arena"]): number =>
  Math.round(arena.delegationHoldDays * SECONDS_PER_DAY);

export const claimCooldownSeconds = (arena: FlockParameters["arena"]): number =>
  Math.round(arena.claimCooldownDays * SECONDS_PER_DAY);
