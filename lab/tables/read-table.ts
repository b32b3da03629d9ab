/** Reads a table that a run stored, column by column, for the reports and for tests. */
import { readFileSync } from "node:fs";
import { DataType, tableFromIPC, type Vector } from "apache-arrow";

export interface ReadColumn {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  /** Cells as a row's writer gave them: numbers, bigint for i64, milliseconds for time. */
  cell(row: number): boolean | number | bigint | string | null;
  /** One double a row, NaN where null; time in milliseconds, flags as 0 and 1. For pictures. */
  numbers(): Float64Array;
  /** The same divided by 10^9: rao as TAO. For pictures; sums of money are made with `sumRao`. */
  tao(): Float64Array;
  /** The exact sum of an i64 column, nulls left out. */
  sumRao(): bigint;
  /** One text a row, "" where null. */
  texts(): string[];
}

export interface ReadTable {
  readonly name: string;
  readonly meaning: string;
  readonly rows: number;
  readonly columns: readonly ReadColumn[];
  /** Throws RangeError for a name that the table does not have. */
  column(name: string): ReadColumn;
}

/** Reads an Arrow file of a run. Errors of the file system and of the format pass through. */
export function readTable(path: string): ReadTable {
  const table = tableFromIPC(readFileSync(path));
  const { metadata, fields } = table.schema;
  const name = metadata.get("table") ?? "";
  const columns = fields.map((field, i): ReadColumn => {
    const vector = table.getChildAt(i)!;
    return {
      name: field.name,
      unit: field.metadata.get("unit") ?? "",
      meaning: field.metadata.get("meaning") ?? "",
      cell: (row) => vector.get(row),
      numbers: () => numbersOf(vector),
      tao: () => numbersOf(vector).map((rao) => rao / 1e9),
      sumRao: () => sumOf(vector),
      texts: () => textsOf(vector, table.numRows),
    };
  });
  return {
    name,
    meaning: metadata.get("meaning") ?? "",
    rows: table.numRows,
    columns,
    column(wanted) {
      const found = columns.find((column) => column.name === wanted);
      if (!found) throw new RangeError(`table ${name} has no column ${wanted}`);
      return found;
    },
  };
}

function numbersOf(vector: Vector): Float64Array {
  const numbers = new Float64Array(vector.length);
  let row = 0;
  for (const chunk of vector.data) {
    const values = chunk.values as ArrayLike<number | bigint>;
    for (let i = 0; i < chunk.length; i++, row++) {
      if (chunk.nullCount > 0 && !chunk.getValid(i)) numbers[row] = Number.NaN;
      else numbers[row] = Number(DataType.isBool(chunk.type) ? vector.get(row) : values[i]);
    }
  }
  return numbers;
}

function sumOf(vector: Vector): bigint {
  let sum = 0n;
  // Null cells are stored as zero, so they add nothing.
  for (const chunk of vector.data) for (const rao of chunk.values as BigInt64Array) sum += rao;
  return sum;
}

function textsOf(vector: Vector, rows: number): string[] {
  const texts = new Array<string>(rows);
  for (let row = 0; row < rows; row++) texts[row] = vector.get(row) ?? "";
  return texts;
}
