/**
 * Where the rows of a run go: for each table `<name>.arrow` and `<name>.parquet` in one folder.
 * One batch a table is held in memory, however long the run. The same rows give the same bytes.
 */
import { mkdirSync } from "node:fs";
import type { Cell, RecordSink, TableDefinition } from "../../sim/records.ts";
import { BATCH_ROWS, type StoredTable, TableFile } from "./table-file.ts";

export type { StoredTable } from "./table-file.ts";

export class TableFileSink implements RecordSink {
  readonly #folder: string;
  readonly #batchRows: number;
  readonly #tables = new Map<string, TableFile>();

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

  #open(table: TableDefinition): TableFile {
    const opened = new TableFile(this.#folder, table, this.#batchRows);
    this.#tables.set(table.name, opened);
    return opened;
  }

  append(table: TableDefinition, row: readonly Cell[]): void {
    this.file(table).append(row);
  }

  /** The file of a table, for rows that come many at once. */
  file(table: TableDefinition): TableFile {
    return this.#tables.get(table.name) ?? this.#open(table);
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
