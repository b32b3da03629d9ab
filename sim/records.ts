/**
 * What a run writes down: tables of typed columns with units. A table is defined once, beside the
 * code that fills it, with `defineTable`; documentation (`hivelab describe`), the Arrow and Parquet
 * schemas and the reports are all made from that definition.
 */

export type ColumnType =
  | "bool"
  | "u16"
  | "u32"
  | "i32"
  /** 64-bit integers are bigint in memory: rao never pass through a double. */
  | "i64"
  | "f64"
  | "text"
  /** Milliseconds since 1970-01-01 UTC, as a number. */
  | "time";

export interface Column {
  /** snake_case, ending in the unit where there is one: `tao_in_rao`. */
  readonly name: string;
  readonly type: ColumnType;
  /** "rao", "block", "TAO per alpha", "1" for a plain ratio, "" for names and flags. */
  readonly unit: string;
  readonly meaning: string;
}

export interface TableDefinition {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
}

export type Cell = boolean | number | bigint | string | null;

/** Where rows go: memory, Arrow files, a worker's port, a browser. Rows are in column order. */
export interface RecordSink {
  append(table: TableDefinition, row: readonly Cell[]): void;
  /** False where a table's rows are thrown away, so that whoever makes them may spare the work. */
  takes?(table: TableDefinition): boolean;
}

export function defineTable(
  name: string,
  meaning: string,
  columns: readonly (readonly [name: string, type: ColumnType, unit: string, meaning: string])[],
): TableDefinition {
  const seen = new Set<string>();
  for (const [column] of columns) {
    if (!/^[a-z][a-z0-9_]*$/.test(column)) throw new Error(`${name}.${column}: not snake_case`);
    if (seen.has(column)) throw new Error(`${name}.${column}: defined twice`);
    seen.add(column);
  }
  return {
    name,
    meaning,
    columns: columns.map(([column, type, unit, text]) => ({
      name: column,
      type,
      unit,
      meaning: text,
    })),
  };
}

/** A sink that keeps the rows in memory, for tests and small runs. */
export class MemorySink implements RecordSink {
  readonly tables = new Map<string, { definition: TableDefinition; rows: (readonly Cell[])[] }>();

  append(table: TableDefinition, row: readonly Cell[]): void {
    let entry = this.tables.get(table.name);
    if (!entry) {
      entry = { definition: table, rows: [] };
      this.tables.set(table.name, entry);
    }
    entry.rows.push(row);
  }

  /** The rows of a table as objects; empty when nothing was written. */
  objects(name: string): Record<string, Cell>[] {
    const entry = this.tables.get(name);
    if (!entry) return [];
    const names = entry.definition.columns.map((column) => column.name);
    return entry.rows.map((row) => Object.fromEntries(names.map((key, i) => [key, row[i]])));
  }
}
