/** The published guarantees of Yuma Consensus (spec/validation-targets.md B.1), recomputed. */
import {
  keyOf,
  publishedThresholds,
  type Task,
  TOLERANCE,
  thresholdTask,
} from "../../lab/guarantees/plan.ts";
import { compared } from "../../lab/guarantees/run.ts";
import { everyCell } from "../../lab/guarantees/worker.ts";
import type { Cell } from "../../sim/bittensor/yuma/guarantees/retention.ts";
import { type RealityCheck, realityCheck } from "./check.ts";

/**
 * One check a published threshold: the self weight that the honest side needs, at every fifth choice
 * of the other. "No protection" counts as a threshold of 1.
 */
export function retentionChecks(): RealityCheck[] {
  const done = new Map<string, readonly Cell[]>();
  const cellsOf = (task: Task): readonly Cell[] => {
    const key = keyOf(task.setting, task.majorStake);
    const cells = done.get(key) ?? everyCell(task);
    done.set(key, cells);
    return cells;
  };
  return publishedThresholds.map((one) => {
    const { ours } = compared(one, cellsOf(thresholdTask(one)));
    return realityCheck(`honest utility needed, ${one.name}`, one.published, ours ?? 1, TOLERANCE);
  });
}
