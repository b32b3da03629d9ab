/** What people make of the public pages: what a gmFLOCK earns. */
import type { FlockView, OperatorView } from "../../sim/flock/world/world.ts";

/** What somebody goes by beside the pages. */
export interface Beliefs {
  /** gmFLOCK that the crowd will have staked in the end, over circulating FLOCK. */
  readonly crowdShare: number;
  /** A displayed yield says something once the pool is so old. */
  readonly historyDays: number;
}

/** FLOCK a gmFLOCK would earn in a day if the crowd staked as expected. */
const crowdReturn = (view: FlockView, { crowdShare }: Beliefs): number => {
  const staked = crowdShare * view.circulatingFlock;
  return staked > 0 ? view.emissionFlock / staked : 0;
};

/**
 * What a delegated gmFLOCK earns in a day with this operator, before the claim fee: at the sharing
 * ratio of today, whatever it was before. The page shows high yields while few have staked; nobody
 * counts on more than the crowd's arrival would leave.
 */
export const expectedFrom = (view: FlockView, operator: OperatorView, beliefs: Beliefs): number =>
  (1 - operator.sigma) * ownReturn(view, operator, beliefs);

/** What an operator's own gmFLOCK earns in a day: no part of it is shared. */
export function ownReturn(view: FlockView, operator: OperatorView, beliefs: Beliefs): number {
  const crowd = crowdReturn(view, beliefs);
  const isOld = operator.historyDays >= beliefs.historyDays;
  return isOld ? Math.min(operator.grossReturn, crowd) : crowd;
}
