/**
 * The honest utility that a stake share needs to last: for a choice of the minor team the smallest
 * self weight of the major team that keeps E_H >= S_H, and the largest of these over all choices.
 * Source: spec/yuma-epoch.md sections 11.1 and 11.4.
 */
import { type Cell, majorShare } from "./retention.ts";
import { GRID_STEPS } from "./weight-rows.ts";

export interface RetentionLine {
  /** Self weight of the minor team, 0 ... 1. */
  readonly minorWeight: number;
  /** Of the major team, interpolated between grid points; null where even 1 is not enough. */
  readonly majorWeight: number | null;
}

/** The retention line of one stake share; `cells` hold whole columns of the grid. */
export function retentionLine(
  cells: readonly Cell[],
  majorStake: number,
  validatorShare = 0.5,
): RetentionLine[] {
  const columns = new Map<number, Cell[]>();
  for (const cell of cells) {
    columns.set(cell.minorStep, [...(columns.get(cell.minorStep) ?? []), cell]);
  }
  return [...columns]
    .sort(([a], [b]) => a - b)
    .map(([minorStep, column]) => ({
      minorWeight: minorStep / GRID_STEPS,
      majorWeight: crossing(
        column
          .toSorted((a, b) => a.majorStep - b.majorStep)
          .map((cell) => [cell.majorStep / GRID_STEPS, majorShare(cell, validatorShare)] as const),
        majorStake,
      ),
    }));
}

/** Where a line through the points first reaches the level, null if it never does. */
export function crossing(
  points: readonly (readonly [x: number, y: number])[],
  level: number,
): number | null {
  const k = points.findIndex(([, y]) => y >= level);
  if (k < 1) return k === 0 ? points[0][0] : null;
  const [[x0, y0], [x1, y1]] = [points[k - 1], points[k]];
  return x0 + ((x1 - x0) * (level - y0)) / (y1 - y0);
}

/** The worst over the minor team's choices; null where one of them cannot be withstood. */
export function worstCase(line: readonly RetentionLine[]): RetentionLine {
  return line.reduce((worst, point) =>
    worst.majorWeight !== null &&
    (point.majorWeight === null || point.majorWeight > worst.majorWeight)
      ? point
      : worst,
  );
}
