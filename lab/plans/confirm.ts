/** Plans so large that somebody has to say that they are meant. */
import { InputError } from "../../scenarios/fault.ts";
import type { Plan } from "./plan.ts";

/** From so many runs on, `--yes` is wanted. */
export const MANY_RUNS = 100_000;
/** More than this a sweep cannot number. */
const MOST_RUNS = 2 ** 32;

export const thousands = (value: number): string =>
  BigInt(Math.round(value))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");

/** "1 seed", "1,000 seeds". */
export const counted = (value: number, name: string): string =>
  `${thousands(value)} ${name}${value === 1 ? "" : "s"}`;

/** Throws InputError for a plan of very many runs that nobody has said yes to, or of too many. */
export function confirmSize(plan: Plan, isConfirmed: boolean): void {
  if (plan.size <= MANY_RUNS || (isConfirmed && plan.size <= MOST_RUNS)) return;
  const counts = [counted(plan.points, "point"), counted(plan.replicates, "seed")];
  const problem = `${counted(plan.size, "run")} (${counts.join(", ")})`;
  const remedy =
    plan.size > MOST_RUNS
      ? `a sweep has at most ${thousands(MOST_RUNS)}`
      : "--dry-run says how long they take, --yes makes them";
  throw new InputError([{ file: plan.name, field: "", problem, remedy }]);
}
