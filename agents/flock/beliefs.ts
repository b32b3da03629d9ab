/** What people make of the public pages: what a gmFLOCK earns. */
import type { FlockView, OperatorView } from "../../sim/flock/world/world.ts";

/**
 * Part of circulating FLOCK that v1 stakers had staked, publicly known when v2 began (reported:
 * over 47 %). Until pools have a history it is what people expect the crowd to stake.
 */
export const EXPECTED_STAKED_SHARE = 0.47;

/** FLOCK a gmFLOCK would earn in a day if the crowd staked as it did under v1. */
export const expectedPerGmflock = (view: FlockView): number => {
  const staked = EXPECTED_STAKED_SHARE * view.circulatingFlock;
  return staked > 0 ? view.emissionFlock / staked : 0;
};

/** A displayed yield says something once the pool is a week old. */
const HISTORY_DAYS = 7;
const hasHistory = ({ historyDays }: OperatorView): boolean => historyDays >= HISTORY_DAYS;

/**
 * What a delegated gmFLOCK earns in a day with this operator, before the claim fee: at the sharing
 * ratio of today, whatever it was before. The page shows high yields while few have staked; nobody
 * counts on more than the crowd's arrival would leave.
 */
export const expectedFrom = (view: FlockView, operator: OperatorView): number =>
  (1 - operator.sigma) * ownReturn(view, operator);

/** What an operator's own gmFLOCK earns in a day: no part of it is shared. */
export function ownReturn(view: FlockView, operator: OperatorView): number {
  const crowd = expectedPerGmflock(view);
  return hasHistory(operator) ? Math.min(operator.grossReturn, crowd) : crowd;
}
