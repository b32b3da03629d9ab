/** What training and validating yield inside the simulation. Assumed, not published. */
import { exp, ln } from "../../portable-math.ts";
import type { FlockParameters } from "../parameters.ts";

export type TrainingRules = FlockParameters["training"];

/** The loss that a node's model has in truth. `skill` is from 0 to 1. */
export function trueLoss(
  skill: number,
  computeUsd: number,
  luck: number,
  rules: TrainingRules,
): number {
  const end = rules.bestLoss + (1 - skill) * rules.skillSpread + luck;
  return end + (rules.startLoss - end) * exp(-computeUsd / rules.computeScaleUsd);
}

/** Compute that would bring the loss to `target`; Infinity where no compute can. */
export function computeForLoss(skill: number, target: number, rules: TrainingRules): number {
  const end = rules.bestLoss + (1 - skill) * rules.skillSpread;
  if (target <= end) return Infinity;
  return Math.max(0, -rules.computeScaleUsd * ln((target - end) / (rules.startLoss - end)));
}
