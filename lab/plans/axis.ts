/** The values that a parameter may take: a list, or a range of numbers. Plain data. */
import { exp, ln } from "../../sim/portable-math.ts";
import type { Value } from "./expression.ts";

export interface ListAxis {
  readonly kind: "list";
  readonly values: readonly Value[];
}

export interface RangeAxis {
  readonly kind: "range";
  readonly from: number;
  readonly to: number;
  /** `log`: equal steps are equal factors; both ends are above 0. */
  readonly scale: "linear" | "log";
  readonly whole: boolean;
  /** How many values a grid takes, both ends included; null where no grid can. */
  readonly steps: number | null;
}

export type Axis = ListAxis | RangeAxis;

/** Twelve digits are more than any parameter means, and 0.1 + 0.2 reads as 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** `part` of the way through the range, 0 to 1, before whole numbers are made of it. */
function between({ from, to, scale }: RangeAxis, part: number): number {
  if (part <= 0) return from;
  if (part >= 1) return to;
  if (scale === "linear") return tidy(from + (to - from) * part);
  const low = ln(from);
  return tidy(exp(low + (ln(to) - low) * part));
}

/** How many values a grid takes of the axis; null for a range without steps. */
export function levelCount(axis: Axis): number | null {
  return axis.kind === "list" ? axis.values.length : axis.steps;
}

/** The level's value, counted from 0. */
export function levelOf(axis: Axis, level: number): Value {
  if (axis.kind === "list") return axis.values[level];
  const last = axis.steps! - 1;
  const value = between(axis, last === 0 ? 0 : level / last);
  return axis.whole ? Math.round(value) : value;
}

/**
 * The value at a coordinate of the unit interval. Every value of a list, every step of a range, and
 * every whole number of a linear range has an equal part of the interval.
 */
export function valueAt(axis: Axis, unit: number): Value {
  const levels = levelCount(axis);
  if (levels !== null) return levelOf(axis, Math.min(levels - 1, Math.floor(unit * levels)));
  if (axis.kind === "list") throw new Error("a list has levels");
  if (!axis.whole) return between(axis, unit);
  const wide: RangeAxis =
    axis.scale === "linear"
      ? { ...axis, from: axis.from - 0.5, to: axis.to + 0.5 }
      : { ...axis, from: axis.from, to: axis.to };
  const value = Math.round(between(wide, unit));
  return Math.min(axis.to, Math.max(axis.from, value));
}

/** Where a value lies in the unit interval: the middle of what `valueAt` gives it. */
export function unitOf(axis: Axis, value: Value): number {
  if (axis.kind === "list") {
    return (Math.max(0, axis.values.indexOf(value)) + 0.5) / axis.values.length;
  }
  const x = Number(value);
  const { from, to, scale, whole } = axis;
  if (from === to) return 0.5;
  if (scale === "log") return (ln(x) - ln(from)) / (ln(to) - ln(from));
  return whole ? (x - from + 0.5) / (to - from + 1) : (x - from) / (to - from);
}
