/**
 * Where the rows of a run go: for each table `<name>.arrow` and `<name>.parquet` in one folder.
 * One batch a table is held in memory, however long the run. The same rows give the same bytes.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Cell, RecordSink, TableDefinition } from "../../sim/records.ts";
import { ArrowFile } from "./arrow-file.ts";
import { type ColumnBuffer, columnBuffer, RecordError } from "./column-buffer.ts";
import type { StoredFile } from "./hashed-file.ts";
import { ParquetFile } from "./parquet-file.ts";

export interface StoredTable {
  readonly name: string;
  readonly rows: number;
  readonly arrow: StoredFile;
  readonly parquet: StoredFile;
}

const BATCH_ROWS = 65_536;

class OpenTable {
  readonly #definition: TableDefinition;
  readonly #columns: readonly ColumnBuffer[];
  readonly #arrow: ArrowFile;
  readonly #parquet: ParquetFile;
  readonly #batchRows: number;
  #row = 0;
  #stored = 0;

  constructor(folder: string, table: TableDefinition, batchRows: number) {
    this.#definition = table;
    this.#batchRows = batchRows;
    this.#columns = table.columns.map((column) => columnBuffer(table.name, column, batchRows));
    this.#arrow = new ArrowFile(join(folder, `${table.name}.arrow`), table);
    this.#parquet = new ParquetFile(join(folder, `${table.name}.parquet`), table);
  }

  append(row: readonly Cell[]): void {
    const columns = this.#columns;
    if (row.length !== columns.length) {
      const problem = `a row of ${row.length} cells, the table has ${columns.length} columns`;
      throw new RecordError(this.#definition.name, problem);
    }
    for (let i = 0; i < columns.length; i++) columns[i].set(this.#row, row[i]);
    if (++this.#row === this.#batchRows) this.#flush();
  }

  #flush(): void {
    if (this.#row === 0) return;
    this.#arrow.writeBatch(this.#columns, this.#row);
    this.#parquet.writeBatch(this.#columns, this.#row);
    this.#stored += this.#row;
    this.#row = 0;
    for (const column of this.#columns) column.nullCount = 0;
  }

  finish(): StoredTable {
    this.#flush();
    return {
      name: this.#definition.name,
      rows: this.#stored,
      arrow: this.#arrow.finish(),
      parquet: this.#parquet.finish(),
    };
  }

  abort(): void {
    this.#arrow.abort();
    this.#parquet.abort();
  }
}

export class TableFileSink implements RecordSink {
  readonly #folder: string;
  readonly #batchRows: number;
  readonly #tables = new Map<string, OpenTable>();

  /** The tables given here get a file even when no row comes; others when their first row does. */
  constructor(
    folder: string,
    tables: readonly TableDefinition[] = [],
    options: { readonly batchRows?: number } = {},
  ) {
    this.#folder = folder;
    this.#batchRows = options.batchRows ?? BATCH_ROWS;
    mkdirSync(folder, { recursive: true });
    for (const table of tables) this.#open(table);
  }

  #open(table: TableDefinition): OpenTable {
    const opened = new OpenTable(this.#folder, table, this.#batchRows);
    this.#tables.set(table.name, opened);
    return opened;
  }

  append(table: TableDefinition, row: readonly Cell[]): void {
    (this.#tables.get(table.name) ?? this.#open(table)).append(row);
  }

  /** Completes every file and says what was stored, in the order in which tables were opened. */
  finish(): StoredTable[] {
    return [...this.#tables.values()].map((table) => table.finish());
  }

  /** Removes what is not complete. */
  abort(): void {
    for (const table of this.#tables.values()) table.abort();
  }
}
