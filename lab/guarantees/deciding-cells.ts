/**
 * The cells on which retention lines hang: for each choice of the minor team the first cell in which
 * the major team keeps its stake and the one before it, or the last cell where it never does. Others
 * are passed by as soon as a rough score, with its bound, says on which side of the line they lie.
 */
import { type Backend, Confirmations } from "../../gpu-kernels/index.ts";
import {
  type Cell,
  majorShare,
  type RetentionExperiment,
} from "../../sim/bittensor/yuma/guarantees/retention.ts";
import type { ScreenedPart } from "../screening.ts";
import { type RoughCell, roughCells, roughShare } from "./cell-batch.ts";
import type { Task } from "./plan.ts";

export interface TaskResult extends ScreenedPart {
  /** Exact, by minor and major step. */
  readonly cells: readonly Cell[];
}

/** Every cell of a task, exactly. */
export function wholeGrid(experiment: RetentionExperiment, task: Task): TaskResult {
  const cells = experiment.run(task.setting, task.majorSteps, task.minorSteps);
  return { cells, screened: 0, confirmed: cells.length, bound: 0, largestError: 0 };
}

/** The same cells for any backend; null computes exactly whatever it looks at. */
export const decidingCells = (
  experiment: RetentionExperiment,
  task: Task,
  backend: Backend | null,
): Promise<TaskResult> => new Decisions(experiment, task, backend).run();

class Decisions {
  private readonly confirmations = new Confirmations();
  /** By `keyOf` a cell. */
  private readonly rough = new Map<string, RoughCell>();
  private readonly exact = new Map<string, Cell>();
  private readonly deciding = new Set<Cell>();
  private bound = 0;

  constructor(
    private readonly experiment: RetentionExperiment,
    private readonly task: Task,
    private readonly backend: Backend | null,
  ) {}

  async run(): Promise<TaskResult> {
    const { majorSteps, minorSteps, validatorShares } = this.task;
    const last = majorSteps.length - 1;
    /** By the minor team's choice, the lines that were not reached yet. */
    const open = new Map(minorSteps.map((step) => [step, new Set(validatorShares)]));
    for (let k = 0; k <= last && open.size > 0; k++) {
      await this.screen(majorSteps[k], [...open.keys()]);
      for (const [minorStep, lines] of open) {
        for (const validatorShare of lines) {
          const isKept = this.keeps(majorSteps[k], minorStep, validatorShare);
          if (isKept || k === last) this.decides(majorSteps[k], minorStep);
          if (isKept && k > 0) this.decides(majorSteps[k - 1], minorStep);
          if (isKept) lines.delete(validatorShare);
        }
        if (lines.size === 0) open.delete(minorStep);
      }
    }
    return {
      cells: [...this.deciding].sort(
        (a, b) => a.minorStep - b.minorStep || a.majorStep - b.majorStep,
      ),
      screened: this.rough.size,
      confirmed: this.exact.size,
      bound: this.bound,
      largestError: this.confirmations.largestError,
    };
  }

  private async screen(majorStep: number, minorSteps: readonly number[]): Promise<void> {
    if (this.backend === null) return;
    const { setting, validatorShares } = this.task;
    const cells = await roughCells(this.backend, this.experiment, setting, majorStep, minorSteps);
    for (const one of cells) {
      this.rough.set(keyOf(one.cell.majorStep, one.cell.minorStep), one);
      for (const share of validatorShares) {
        const { bound } = roughShare(one, share);
        if (bound !== Infinity) this.bound = Math.max(this.bound, bound);
      }
    }
  }

  /** Whether the major team keeps its stake; exactly where the rough score leaves it open. */
  private keeps(majorStep: number, minorStep: number, validatorShare: number): boolean {
    const { majorStake } = this.task;
    const rough = this.rough.get(keyOf(majorStep, minorStep));
    if (rough) {
      const { score, bound } = roughShare(rough, validatorShare);
      if (score - bound >= majorStake) return true;
      if (score + bound < majorStake) return false;
    }
    return majorShare(this.exactly(majorStep, minorStep), validatorShare) >= majorStake;
  }

  private decides(majorStep: number, minorStep: number): void {
    this.deciding.add(this.exactly(majorStep, minorStep));
  }

  private exactly(majorStep: number, minorStep: number): Cell {
    const key = keyOf(majorStep, minorStep);
    const known = this.exact.get(key);
    if (known) return known;
    const { setting, validatorShares } = this.task;
    const [cell] = this.experiment.run(setting, [majorStep], [minorStep]);
    this.exact.set(key, cell);
    const rough = this.rough.get(key);
    for (const share of rough ? validatorShares : []) {
      this.confirmations.hold(roughShare(rough!, share), majorShare(cell, share), key);
    }
    return cell;
  }
}

const keyOf = (majorStep: number, minorStep: number): string => `${majorStep} x ${minorStep}`;
