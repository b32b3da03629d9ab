/** Every combination of the parameters' values; the last parameter changes first. */
import { type Axis, levelCount, levelOf } from "../axis.ts";
import type { Value } from "../expression.ts";

/**
 * Points of the grid of `groups`: the axes of a group (positions in `axes`) go through their
 * values together, as zipped lists. Groups come in the order of their first axis.
 */
export function gridSize(axes: readonly Axis[], groups: readonly (readonly number[])[]): number {
  return groups.reduce((size, [first]) => size * (levelCount(axes[first]) ?? 0), 1);
}

export function gridPoint(
  axes: readonly Axis[],
  groups: readonly (readonly number[])[],
  index: number,
): Value[] {
  const values: Value[] = new Array(axes.length);
  let rest = index;
  for (const group of groups.toReversed()) {
    const count = levelCount(axes[group[0]])!;
    for (const position of group) values[position] = levelOf(axes[position], rest % count);
    rest = Math.floor(rest / count);
  }
  return values;
}
