import { InputError } from "../scenarios/fault.ts";

/** A whole number that was given as an option. Throws InputError. */
export function wholeFlag(flag: string, text: string, low: number, high: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  const remedy = `a whole number from ${low} to ${high}`;
  const problem = `${JSON.stringify(text)} is not right here`;
  throw new InputError([{ file: flag, field: "", problem, remedy }]);
}
