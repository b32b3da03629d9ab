/** Small tables in CSV, read cell by cell into typed values; every wrong cell is told. */
import { type Fault, InputError } from "./fault.ts";
import type { InputFile } from "./input-file.ts";
import { shown } from "./tree.ts";

/** What a column holds: how a cell is read, and what would be right, in words. */
export interface CellType<T> {
  readonly expected: string;
  /** The value, or undefined where the text does not say one. */
  read(text: string): T | undefined;
}

type RowOf<C> = { readonly [K in keyof C]: C[K] extends CellType<infer T> ? T : never };

const MAX_ROWS = 1_000_000;

/**
 * The rows of a table whose first line names its columns, in any order. Fields may be quoted.
 * Throws InputError with every fault: file, line, column of the text, and the table's column.
 */
export function readCsv<C extends Record<string, CellType<unknown>>>(
  file: InputFile,
  columns: C,
): RowOf<C>[] {
  const lines = file.text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > MAX_ROWS)
    throw refusal(file, `has ${lines.length} lines`, `at most ${MAX_ROWS}`);
  const header = cellsOf(lines[0] ?? "").map((cell) => cell.text);
  const wanted = Object.keys(columns);
  const missing = wanted.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw refusal(
      file,
      `the columns ${missing.join(", ")} are missing`,
      `its columns must be ${wanted.join(", ")}`,
    );
  }
  const faults: Fault[] = [];
  const rows = lines.slice(1).map((line, index) => {
    const cells = cellsOf(line);
    const entries = wanted.map((name) => {
      const cell = cells[header.indexOf(name)];
      const value = cell && columns[name].read(cell.text);
      if (value === undefined) {
        faults.push({
          file: file.shownAs,
          line: index + 2,
          column: cell?.column ?? line.length + 1,
          field: name,
          problem: cell ? `${shown(cell.text)} is not right here` : "is missing",
          remedy: columns[name].expected,
        });
      }
      return [name, value];
    });
    return Object.fromEntries(entries) as RowOf<C>;
  });
  if (faults.length > 0) throw new InputError(faults);
  return rows;
}

const refusal = (file: InputFile, problem: string, remedy: string): InputError =>
  new InputError([{ file: file.shownAs, line: 1, column: 1, field: "", problem, remedy }]);

/** The cells of a line with the place where each starts, from 1. */
function cellsOf(line: string): { text: string; column: number }[] {
  const cells: { text: string; column: number }[] = [];
  const cell = /("(?:[^"]|"")*"|[^,]*)(,|$)/y;
  for (let end = false; !end; ) {
    const column = cell.lastIndex + 1;
    const match = cell.exec(line);
    if (!match) {
      // A quote that never closes: the rest of the line is the cell.
      cells.push({ text: line.slice(column - 1), column });
      break;
    }
    const [, text, separator] = match;
    const bare = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
    cells.push({ text: bare, column });
    end = separator === "";
  }
  return cells;
}

/** A whole number as bigint, from 0 to a maximum. */
export const wholeCell = (maximum: bigint): CellType<bigint> => ({
  expected: `a whole number from 0 to ${maximum}`,
  read: (text) => (/^\d{1,40}$/.test(text) && BigInt(text) <= maximum ? BigInt(text) : undefined),
});

/** A small whole number, from a minimum to a maximum. */
export const countCell = (minimum: number, maximum: number): CellType<number> => ({
  expected: `a whole number from ${minimum} to ${maximum}`,
  read: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : -1;
    return value >= minimum && value <= maximum ? value : undefined;
  },
});

export const flagCell: CellType<boolean> = {
  expected: "true or false",
  read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
};

export const textCell = (maxLength: number): CellType<string> => ({
  expected: `a text of at most ${maxLength} characters`,
  read: (text) => (text.length <= maxLength ? text : undefined),
});

/** A cell that may be empty, which then counts as `absent`. */
export const orEmpty = <T>(type: CellType<T>, absent: T): CellType<T> => ({
  expected: `${type.expected}, or nothing`,
  read: (text) => (text === "" ? absent : type.read(text)),
});
