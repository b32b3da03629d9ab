/** Names that no parameter and no outcome may have. */
import type { Path } from "../../scenarios/tree.ts";
import type { PlanFaults } from "./faults.ts";

/** Columns that the table of runs has of its own. */
export const OWN_COLUMNS = [
  ...["run", "point", "replicate", "seed"],
  ...["status", "error", "key"],
] as const;

const FORMULA_WORDS = ["and", "or", "not", "true", "false"];

export const isReserved = (name: string): boolean =>
  FORMULA_WORDS.includes(name) || (OWN_COLUMNS as readonly string[]).includes(name);

/** A fault at the key of a name that is taken. */
export function checkName(name: string, at: Path, faults: PlanFaults): void {
  if (!isReserved(name)) return;
  const what = FORMULA_WORDS.includes(name) ? "a word of formulas" : "a column of every sweep";
  faults.addAtKey(at, `${name} is ${what}`, "another name");
}
