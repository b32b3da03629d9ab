/** A worker's part of the guarantee map: one task, its teams and kernel kept for the next. */
import {
  type Cell,
  experimentKernel,
  RetentionExperiment,
} from "../../sim/bittensor/yuma/guarantees/retention.ts";
import { twoTeams } from "../../sim/bittensor/yuma/guarantees/two-teams.ts";
import type { Task } from "./plan.ts";

let kernel: ReturnType<typeof experimentKernel> | null = null;

/** The cells of a task; the same wherever and in whatever order tasks run. */
export default function runTask(task: Task): Cell[] {
  const { setting, majorStake, seed, majorSteps, minorSteps } = task;
  kernel ??= experimentKernel();
  const teams = twoTeams({ majorStake, weightDeviation: setting.sigma, seed });
  const experiment = new RetentionExperiment(teams, kernel);
  return experiment.run(setting, majorSteps, minorSteps);
}
