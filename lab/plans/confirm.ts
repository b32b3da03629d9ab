/** Plans so large that somebody has to say that they are meant. */
import { InputError } from "../../scenarios/fault.ts";
import type { Plan } from "./plan.ts";

/** From so many runs on, `--yes` is wanted. */
export const MANY_RUNS = 100_000;

const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** Throws InputError for a plan of very many runs that nobody has said yes to. */
export function confirmSize(plan: Plan, isConfirmed: boolean): void {
  if (plan.size <= MANY_RUNS || isConfirmed) return;
  const counts = [`${thousands(plan.points)} points`, `${thousands(plan.replicates)} seeds`];
  const problem = `${thousands(plan.size)} runs (${counts.join(", ")})`;
  const remedy = "--dry-run says how long they take, --yes makes them";
  throw new InputError([{ file: plan.name, field: "", problem, remedy }]);
}
