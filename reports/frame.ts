/**
 * The rows of a chart by column, and their small form for the page. The browser's part of the
 * page imports this file, so it imports nothing itself.
 */
type FrameCell = number | string | null;

export type Frame = Readonly<Record<string, readonly FrameCell[]>>;

type PackedColumn =
  | readonly FrameCell[]
  | { readonly distinct: readonly FrameCell[]; readonly at: readonly number[] };

export type PackedFrame = Readonly<Record<string, PackedColumn>>;

/**
 * Doubles to six significant digits (of a picture nobody reads more), and a column that repeats
 * itself as its distinct values and their places.
 */
export function packFrame(frame: Frame): PackedFrame {
  return Object.fromEntries(
    Object.entries(frame).map(([name, cells]): [string, PackedColumn] => {
      const rounded = cells.map(sixDigits);
      const place = new Map<FrameCell, number>();
      for (const cell of rounded) if (!place.has(cell)) place.set(cell, place.size);
      if (place.size * 3 > rounded.length) return [name, rounded];
      return [name, { distinct: [...place.keys()], at: rounded.map((cell) => place.get(cell)!) }];
    }),
  );
}

const sixDigits = (cell: FrameCell): FrameCell =>
  typeof cell === "number" && !Number.isInteger(cell) ? Number(cell.toPrecision(6)) : cell;

export function unpackFrame(packed: PackedFrame): Frame {
  return Object.fromEntries(
    Object.entries(packed).map(([name, column]) => [
      name,
      "distinct" in column ? column.at.map((i) => column.distinct[i]) : column,
    ]),
  );
}

export function rowsOf(frame: Frame): Record<string, FrameCell>[] {
  const names = Object.keys(frame);
  const rows = names.length > 0 ? frame[names[0]].length : 0;
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, frame[name][row]])),
  );
}
