/**
 * The cells of one column of one batch, kept as typed arrays from the row that brings them to the
 * file that stores them. A cell that its column cannot hold exactly is an error, never a wrap.
 */
import type { Cell, Column, ColumnType } from "../../sim/records.ts";

type Numbers = Uint16Array | Uint32Array | Int32Array | Float64Array;

export interface ColumnBuffer {
  readonly column: Column;
  /** One entry a row; only the first `rows` of a batch count. Null cells hold 0 or "". */
  readonly values: Numbers | BigInt64Array | Uint8Array | string[];
  /** 1 where the cell is null. */
  readonly isNull: Uint8Array;
  nullCount: number;
  /** Stores a cell; throws RecordError when the column cannot hold it. */
  set(row: number, cell: Cell): void;
}

/** A row that does not fit its table: a fault of the code that made the row. */
export class RecordError extends Error {
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.name = "RecordError";
  }
}

export function columnBuffer(table: string, column: Column, capacity: number): ColumnBuffer {
  const place = `${table}.${column.name}`;
  const values = makeValues(column.type, capacity);
  const store = storeOf(column.type, values, place);
  const isNull = new Uint8Array(capacity);
  return {
    column,
    values,
    isNull,
    nullCount: 0,
    set(row, cell) {
      if (cell === null) {
        isNull[row] = 1;
        this.nullCount++;
        clear(values, row);
        return;
      }
      isNull[row] = 0;
      store(row, cell);
    },
  };
}

function makeValues(type: ColumnType, capacity: number): ColumnBuffer["values"] {
  switch (type) {
    case "bool":
      return new Uint8Array(capacity);
    case "u16":
      return new Uint16Array(capacity);
    case "u32":
      return new Uint32Array(capacity);
    case "i32":
      return new Int32Array(capacity);
    case "f64":
      return new Float64Array(capacity);
    case "i64":
    case "time":
      return new BigInt64Array(capacity);
    case "text":
      return new Array<string>(capacity).fill("");
  }
}

function clear(values: ColumnBuffer["values"], row: number): void {
  if (values instanceof BigInt64Array) values[row] = 0n;
  else if (Array.isArray(values)) values[row] = "";
  else values[row] = 0;
}

function storeOf(
  type: ColumnType,
  values: ColumnBuffer["values"],
  place: string,
): (row: number, cell: NonNullable<Cell>) => void {
  const refuse = (cell: unknown, wanted: string): never => {
    throw new RecordError(place, `${typeof cell} ${String(cell)} is not ${wanted}`);
  };
  if (type === "text") {
    const texts = values as string[];
    return (row, cell) => {
      if (typeof cell !== "string") refuse(cell, "text");
      texts[row] = cell as string;
    };
  }
  if (type === "bool") {
    const flags = values as Uint8Array;
    return (row, cell) => {
      if (typeof cell !== "boolean") refuse(cell, "a boolean");
      flags[row] = cell ? 1 : 0;
    };
  }
  if (type === "i64") {
    const integers = values as BigInt64Array;
    return (row, cell) => {
      if (typeof cell !== "bigint") refuse(cell, "a bigint");
      integers[row] = cell as bigint;
      if (integers[row] !== cell) refuse(cell, "within 64 signed bits");
    };
  }
  if (type === "time") {
    const times = values as BigInt64Array;
    return (row, cell) => {
      if (!Number.isSafeInteger(cell)) refuse(cell, "a whole number of milliseconds");
      times[row] = BigInt(cell as number);
    };
  }
  const numbers = values as Numbers;
  const wanted = type === "f64" ? "a finite number (write null where there is none)" : `a ${type}`;
  return (row, cell) => {
    if (!Number.isFinite(cell)) refuse(cell, wanted);
    numbers[row] = cell as number;
    if (numbers[row] !== cell) refuse(cell, wanted);
  };
}
