/** One table being written: batches of columns in memory, then as Arrow and as Parquet. */
import { join } from "node:path";
import type { Cell, TableDefinition } from "../../sim/records.ts";
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

export const BATCH_ROWS = 65_536;

/** A batch that fills up; full ones go to `store`, and the buffers are used again. */
export class Batch {
  readonly columns: readonly ColumnBuffer[];
  /** Rows that were stored. */
  stored = 0;
  private row = 0;

  /** Rows in memory. */
  get waiting(): number {
    return this.row;
  }

  constructor(
    readonly definition: TableDefinition,
    readonly batchRows: number,
    private readonly store: (columns: readonly ColumnBuffer[], rows: number) => void,
  ) {
    this.columns = definition.columns.map((column) =>
      columnBuffer(definition.name, column, batchRows),
    );
  }

  append(row: readonly Cell[]): void {
    const { columns } = this;
    if (row.length !== columns.length) {
      const problem = `a row of ${row.length} cells, the table has ${columns.length} columns`;
      throw new RecordError(this.definition.name, problem);
    }
    for (let i = 0; i < columns.length; i++) columns[i].set(this.row, row[i]);
    if (++this.row === this.batchRows) this.flush();
  }

  /** `count` rows at once: `fill` puts rows `from`, `from + 1`, ... of its own at `at` and on. */
  appendMany(
    count: number,
    fill: (columns: readonly ColumnBuffer[], at: number, from: number, rows: number) => void,
  ): void {
    for (let from = 0; from < count; ) {
      const rows = Math.min(count - from, this.batchRows - this.row);
      fill(this.columns, this.row, from, rows);
      this.row += rows;
      from += rows;
      if (this.row === this.batchRows) this.flush();
    }
  }

  flush(): void {
    if (this.row === 0) return;
    this.store(this.columns, this.row);
    this.stored += this.row;
    this.row = 0;
    for (const column of this.columns) column.nullCount = 0;
  }
}

/** `<name>.arrow` and `<name>.parquet` in a folder, batch by batch. */
export class TableFile {
  readonly batch: Batch;
  private readonly arrow: ArrowFile;
  private readonly parquet: ParquetFile;

  constructor(folder: string, table: TableDefinition, batchRows: number = BATCH_ROWS) {
    const arrow = new ArrowFile(join(folder, `${table.name}.arrow`), table);
    const parquet = new ParquetFile(join(folder, `${table.name}.parquet`), table);
    this.batch = new Batch(table, batchRows, (columns, rows) => {
      arrow.writeBatch(columns, rows);
      parquet.writeBatch(columns, rows);
    });
    this.arrow = arrow;
    this.parquet = parquet;
  }

  append(row: readonly Cell[]): void {
    this.batch.append(row);
  }

  finish(): StoredTable {
    this.batch.flush();
    return {
      name: this.batch.definition.name,
      rows: this.batch.stored,
      arrow: this.arrow.finish(),
      parquet: this.parquet.finish(),
    };
  }

  abort(): void {
    this.arrow.abort();
    this.parquet.abort();
  }
}
