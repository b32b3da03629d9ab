/** How often each action was asked for, applied and refused, and why. */
import { actionsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

export interface ActionCount {
  readonly action: string;
  readonly applied: number;
  readonly refused: number;
}

export interface RefusalCount {
  readonly refusal: string;
  readonly action: string;
  readonly count: number;
}

/** Most frequent first (ties by name). */
export function actionCounts(run: RunData): { actions: ActionCount[]; refusals: RefusalCount[] } {
  const table = run.table(actionsTable);
  const names = table.column("action").texts();
  const reasons = table.column("refusal").texts();
  const applied = table.column("applied").numbers();
  const actions = new Map<string, { action: string; applied: number; refused: number }>();
  const refusals = new Map<string, { refusal: string; action: string; count: number }>();
  for (let row = 0; row < table.rows; row++) {
    const action = names[row];
    const entry = actions.get(action) ?? { action, applied: 0, refused: 0 };
    actions.set(action, entry);
    if (applied[row] === 1) {
      entry.applied++;
      continue;
    }
    entry.refused++;
    const refusal = reasons[row] || "no reason given";
    const key = `${refusal}/${action}`;
    const why = refusals.get(key) ?? { refusal, action, count: 0 };
    why.count++;
    refusals.set(key, why);
  }
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return {
    actions: [...actions.values()].sort(
      (a, b) => b.applied + b.refused - (a.applied + a.refused) || byName(a.action, b.action),
    ),
    refusals: [...refusals.values()].sort(
      (a, b) => b.count - a.count || byName(a.refusal, b.refusal) || byName(a.action, b.action),
    ),
  };
}
