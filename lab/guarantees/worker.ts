/** A worker's part of the guarantee map: one task, its kernel and backend kept for the next. */
import { type Backend, openBackend } from "../../gpu-kernels/index.ts";
import {
  type Cell,
  experimentKernel,
  RetentionExperiment,
} from "../../sim/bittensor/yuma/guarantees/retention.ts";
import { twoTeams } from "../../sim/bittensor/yuma/guarantees/two-teams.ts";
import type { Screener } from "../screening.ts";
import { decidingCells, type TaskResult, wholeGrid } from "./deciding-cells.ts";
import type { Task } from "./plan.ts";

export interface ScreenedTask {
  readonly task: Task;
  readonly screener: Screener;
}

let kernel: ReturnType<typeof experimentKernel> | null = null;
let opened: { readonly name: Screener; readonly backend: Promise<Backend> } | null = null;

/** The cells of a task; the same wherever, in whatever order and by whatever screener tasks run. */
export default async function runTask({ task, screener }: ScreenedTask): Promise<TaskResult> {
  if (task.isWhole) return wholeGrid(experimentOf(task), task);
  return decidingCells(experimentOf(task), task, await backendOf(screener));
}

/** Every cell of a task, exactly, in this thread. */
export const everyCell = (task: Task): readonly Cell[] => wholeGrid(experimentOf(task), task).cells;

function experimentOf({ setting, majorStake, seed }: Task): RetentionExperiment {
  kernel ??= experimentKernel();
  return new RetentionExperiment(
    twoTeams({ majorStake, weightDeviation: setting.sigma, seed }),
    kernel,
  );
}

async function backendOf(name: Screener): Promise<Backend | null> {
  if (name === "exact") return null;
  if (opened?.name !== name) opened = { name, backend: openBackend(name) };
  return opened.backend;
}
