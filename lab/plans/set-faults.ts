/** Faults of what a plan sets in a run: the scenario tells them by number, people want the setting. */
import { type Fault, InputError } from "../../scenarios/fault.ts";
import { shown } from "../../scenarios/tree.ts";

const OPTION = /^--set (\d+)$/;

/** Runs `work`; faults of `sets` are told as `path=value` in place of `--set 3`. */
export function tellingSets<Result>(sets: readonly string[], work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.faults.map((fault) => ofSetting(fault, sets)));
  }
}

function ofSetting(fault: Fault, sets: readonly string[]): Fault {
  const set = sets[Number(OPTION.exec(fault.file)?.[1] ?? 0) - 1];
  if (set === undefined) return fault;
  const isWhole = set.startsWith(`${fault.field}=`);
  const file = set.length > 200 ? shown(set) : set;
  return { ...fault, file, field: isWhole ? "" : fault.field };
}
