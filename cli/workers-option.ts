/** `--workers`: how many threads, 0 for none. */
import { usualWorkers } from "../lab/pool.ts";
import { InputError } from "../scenarios/fault.ts";

const MOST = 256;

/** One a processor where nothing is said. Throws InputError. */
export function workersOf(text: string | undefined): number {
  if (text === undefined) return usualWorkers();
  if (/^\d{1,3}$/.test(text) && Number(text) <= MOST) return Number(text);
  const problem = `${JSON.stringify(text)} is not right here`;
  const remedy = `a whole number from 0 to ${MOST}`;
  throw new InputError([{ file: "--workers", field: "", problem, remedy }]);
}
