/** Comparing with figures that were printed with a tolerance. */
import { differs, isObject, type JsonObject } from "../format.ts";

export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

/** The tolerance that a file states at its top (`abs_tol`, `rel_tol`); none where it states none. */
export const statedTolerance = (document: JsonObject): Tolerance => ({
  abs: typeof document.abs_tol === "number" ? document.abs_tol : 0,
  rel: typeof document.rel_tol === "number" ? document.rel_tol : 0,
});

/** The same, and what a figure printed with that many decimals may be off by its rounding. */
export const printed = (decimals: number, { abs, rel }: Tolerance): Tolerance => ({
  abs: Math.max(abs, 0.501 * 10 ** -decimals),
  rel,
});

/** Keys of an expectation that are remarks, not figures. */
const REMARKS = new Set(["note", "source", "comment", "statement"]);

/**
 * The first difference between an expectation and what we got: numbers within the tolerance,
 * everything else equal. What we have beyond the expectation is not looked at.
 */
export function differsBeyond(
  field: string,
  wanted: unknown,
  got: unknown,
  tolerance: Tolerance,
): string | null {
  if (typeof wanted === "number" && typeof got === "number") {
    const allowed = tolerance.abs + tolerance.rel * Math.abs(wanted);
    // One unit in the last place of the sum that made the figure is no difference.
    const slack = Math.abs(wanted) * 2 * Number.EPSILON;
    return Math.abs(wanted - got) <= allowed + slack
      ? null
      : `${field}: wanted ${wanted}, got ${got}`;
  }
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length) {
      return `${field}: wanted ${wanted.length} entries, got ${got.length}`;
    }
    return firstOf(
      wanted.map((entry, i) => [`${field}[${i}]`, entry, got[i]]),
      tolerance,
    );
  }
  if (isObject(wanted) && isObject(got)) {
    const keys = Object.keys(wanted).filter((key) => !REMARKS.has(key));
    return firstOf(
      keys.map((key) => [`${field}.${key}`, wanted[key], got[key]]),
      tolerance,
    );
  }
  return differs(field, wanted, got);
}

function firstOf(
  fields: readonly (readonly [string, unknown, unknown])[],
  tolerance: Tolerance,
): string | null {
  for (const [name, wanted, got] of fields) {
    const difference = differsBeyond(name, wanted, got, tolerance);
    if (difference !== null) return difference;
  }
  return null;
}
