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
  /** The same divided by 10^9: rao as TAO. For pictures; sums of money are made of `integers`. */
  tao(): Float64Array;
  /** The exact cells of an i64 column, 0 where null. */
  integers(): BigInt64Array;
  /** One text a row, "" where null. */
  texts(): readonly string[];
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
    // Several charts read the same column; it is unpacked once.
    const numbers = once(() => numbersOf(vector));
    return {
      name: field.name,
      unit: field.metadata.get("unit") ?? "",
      meaning: field.metadata.get("meaning") ?? "",
      cell: (row) => vector.get(row),
      numbers,
      tao: once(() => numbers().map((rao) => rao / 1e9)),
      integers: once(() => integersOf(vector)),
      texts: once(() => textsOf(vector)),
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

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function numbersOf(vector: Vector): Float64Array {
  const numbers = new Float64Array(vector.length);
  let row = 0;
  for (const chunk of vector.data) {
    const isBits = DataType.isBool(chunk.type);
    const values = chunk.values as ArrayLike<number | bigint>;
    for (let i = 0; i < chunk.length; i++, row++) {
      if (chunk.nullCount > 0 && !chunk.getValid(i)) numbers[row] = Number.NaN;
      else numbers[row] = Number(isBits ? vector.get(row) : values[i]);
    }
  }
  return numbers;
}

function integersOf(vector: Vector): BigInt64Array {
  const integers = new BigInt64Array(vector.length);
  let row = 0;
  // Null cells are stored as zero.
  for (const chunk of vector.data) {
    integers.set(chunk.values as BigInt64Array, row);
    row += chunk.length;
  }
  return integers;
}

function textsOf(vector: Vector): string[] {
  const texts = new Array<string>(vector.length);
  let row = 0;
  for (const { values, valueOffsets, length } of vector.data) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    for (let i = 0; i < length; i++) {
      texts[row++] = bytes.toString("utf8", valueOffsets[i], valueOffsets[i + 1]);
    }
  }
  return texts;
}
