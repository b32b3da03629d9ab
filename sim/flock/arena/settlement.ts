/**
 * Settlement of a task's day as the task manager V2 computes it, in wei. The reward operator
 * uploads for each participant two percentages: `with` counting the delegated stake and `without`;
 * sigma of the difference is the operator's, the rest goes to the delegation pool. Nodes have part
 * of their reward locked until the task ends; validators are paid whole. Every division rounds
 * down, so dust stays with the contract. Source: spec/flock.md 2.2 to 2.4.
 */

/** Percentages over `percentBase`; `withoutPart` is at most `withPart`. */
export interface UploadedShare {
  readonly withPart: bigint;
  readonly withoutPart: bigint;
  readonly sigmaPart: bigint;
}

export interface TaskDay {
  readonly dailyWei: bigint;
  /** What FL Alliance took of it. */
  readonly allianceWei: bigint;
  readonly taskWeight: bigint;
  readonly allWeights: bigint;
  readonly gammaPart: bigint;
  readonly nodesStake: bigint;
  readonly validatorsStake: bigint;
  readonly lockedPart: bigint;
  /** What one is in the parts: 10^6 on chain. */
  readonly percentBase: bigint;
  readonly nodes: readonly UploadedShare[];
  readonly validators: readonly UploadedShare[];
}

export interface Payment {
  readonly operatorWei: bigint;
  readonly delegatorsWei: bigint;
}

export interface SettledDay {
  readonly rewardWei: bigint;
  readonly nodePoolWei: bigint;
  readonly validatorPoolWei: bigint;
  readonly lockedWei: bigint;
  readonly nodes: Payment[];
  readonly validators: Payment[];
  /** Left by rounding and by percentages that do not sum to one. */
  readonly dustWei: bigint;
}

export interface RolePools {
  readonly rewardWei: bigint;
  readonly nodePoolWei: bigint;
  readonly validatorPoolWei: bigint;
}

/** The task's reward and its two roles' parts; all 0 where nothing is staked. */
export function rolePools(day: Omit<TaskDay, "nodes" | "validators" | "lockedPart">): RolePools {
  const stake = day.nodesStake + day.validatorsStake;
  if (day.allWeights === 0n || stake === 0n) {
    return { rewardWei: 0n, nodePoolWei: 0n, validatorPoolWei: 0n };
  }
  const rewardWei = ((day.dailyWei - day.allianceWei) * day.taskWeight) / day.allWeights;
  const byStake = day.percentBase - 2n * day.gammaPart;
  const nodePoolWei =
    (rewardWei * (day.gammaPart * stake + byStake * day.nodesStake)) / (day.percentBase * stake);
  return { rewardWei, nodePoolWei, validatorPoolWei: rewardWei - nodePoolWei };
}

/** A participant's part of a pool, between operator and delegators. */
export function payShare(poolWei: bigint, share: UploadedShare, percentBase: bigint): Payment {
  const base = percentBase * percentBase;
  const shared = share.withPart - share.withoutPart;
  return {
    operatorWei: (poolWei * (share.withoutPart * percentBase + share.sigmaPart * shared)) / base,
    delegatorsWei: (poolWei * (percentBase - share.sigmaPart) * shared) / base,
  };
}

/**
 * Settles one task's day. Throws RangeError when a share's `without` is above its `with`, or the
 * shares of a role sum to more than one: the contract would revert.
 */
export function settleDay(day: TaskDay): SettledDay {
  return settleRoles(rolePools(day), day);
}

/** The same for pools that are known already. */
export function settleRoles(
  pools: RolePools,
  day: Pick<TaskDay, "nodes" | "validators" | "lockedPart" | "percentBase">,
): SettledDay {
  refuseBadShares("nodes", day.nodes, day.percentBase);
  refuseBadShares("validators", day.validators, day.percentBase);
  const lockedWei = (pools.nodePoolWei * day.lockedPart) / day.percentBase;
  const unlockedWei = pools.nodePoolWei - lockedWei;
  const nodes = day.nodes.map((share) => payShare(unlockedWei, share, day.percentBase));
  const validators = day.validators.map((share) =>
    payShare(pools.validatorPoolWei, share, day.percentBase),
  );
  const dustWei = pools.rewardWei - lockedWei - totalPaid(nodes) - totalPaid(validators);
  return { ...pools, lockedWei, nodes, validators, dustWei };
}

/** At the task's end: the locked pot by the final percentages. */
export function releaseLocked(
  potWei: bigint,
  nodes: readonly UploadedShare[],
  percentBase: bigint,
): { readonly nodes: Payment[]; readonly dustWei: bigint } {
  refuseBadShares("nodes", nodes, percentBase);
  const paid = nodes.map((share) => payShare(potWei, share, percentBase));
  return { nodes: paid, dustWei: potWei - totalPaid(paid) };
}

const totalPaid = (payments: readonly Payment[]): bigint =>
  payments.reduce((sum, paid) => sum + paid.operatorWei + paid.delegatorsWei, 0n);

function refuseBadShares(
  role: string,
  shares: readonly UploadedShare[],
  percentBase: bigint,
): void {
  let total = 0n;
  for (const [index, { withPart, withoutPart, sigmaPart }] of shares.entries()) {
    if (withoutPart < 0n || withoutPart > withPart || sigmaPart < 0n || sigmaPart > percentBase) {
      throw new RangeError(`${role}[${index}]: need 0 <= without <= with and 0 <= sigma <= 1`);
    }
    total += withPart;
  }
  if (total > percentBase) {
    throw new RangeError(`${role}: percentages sum to ${total} of ${percentBase}`);
  }
}
