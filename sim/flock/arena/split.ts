/**
 * Who gets how much of a day's emission, in real numbers as the documentation states it: FL
 * Alliance first, then the active Arena tasks by weight, then the two roles of a task. What the
 * ledger pays is settlement.ts, the contract's integers. Source: spec/flock.md 2.2 and 2.3.
 */

export interface Divided {
  readonly alliance: number;
  readonly arena: number;
}

/** FL tasks are served first, by their stake among all; without any stake nothing is paid. */
export function divideEmission(
  emission: number,
  allianceStake: number,
  arenaStake: number,
): Divided {
  const all = allianceStake + arenaStake;
  if (all === 0) return { alliance: 0, arena: 0 };
  const alliance = (emission * allianceStake) / all;
  return { alliance, arena: emission - alliance };
}

/** An amount by weights; all 0 where the weights are. */
export function byWeight(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total === 0 ? 0 : (amount * weight) / total));
}

export interface RoleRewards {
  readonly nodes: number;
  readonly validators: number;
}

/**
 * A task's reward between nodes and validators: each has gamma of it, the rest goes by stake.
 * Throws RangeError when gamma is outside 0 to 0.5.
 */
export function splitRoles(
  reward: number,
  gamma: number,
  nodesStake: number,
  validatorsStake: number,
): RoleRewards {
  if (!(gamma >= 0 && gamma <= 0.5)) {
    throw new RangeError(`gamma must be from 0 to 0.5, got ${gamma}`);
  }
  const all = nodesStake + validatorsStake;
  if (all === 0) return { nodes: 0, validators: 0 };
  const byStake = 1 - 2 * gamma;
  return {
    nodes: reward * (gamma + (byStake * nodesStake) / all),
    validators: reward * (gamma + (byStake * validatorsStake) / all),
  };
}
