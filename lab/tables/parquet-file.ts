/**
 * The same tables as Parquet, for everything that does not read Arrow: one row group a batch,
 * Snappy in plain JavaScript (zstd and gzip would come from Node, whose bytes change between
 * versions). Units and meanings stand in the file's key-value metadata under `hivelab.columns`.
 */
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Column, ColumnType, TableDefinition } from "../../sim/records.ts";
import type { ColumnBuffer } from "./column-buffer.ts";
import { HashedFile, type StoredFile } from "./hashed-file.ts";

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];
type ColumnData = Parameters<ParquetWriter["write"]>[0]["columnData"][number]["data"];

/**
 * Small unsigned integers bear the converted type alone: hyparquet-writer 0.17 writes the width of
 * the newer INTEGER annotation as 32 bits where Parquet wants 8, and DuckDB refuses the file.
 */
const parquetTypes: Readonly<Record<ColumnType, Omit<SchemaElement, "name">>> = {
  bool: { type: "BOOLEAN" },
  u16: { type: "INT32", converted_type: "UINT_16" },
  u32: { type: "INT32", converted_type: "UINT_32" },
  i32: { type: "INT32" },
  i64: { type: "INT64" },
  f64: { type: "DOUBLE" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  time: {
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
};

/** A hyparquet writer whose buffer is emptied into the file after every row group. */
class FileByteWriter extends ByteWriter {
  constructor(readonly file: HashedFile) {
    super();
  }
  flush(): void {
    this.file.write(new Uint8Array(this.buffer, 0, this.index));
    this.index = 0;
  }
  override finish(): void {
    this.flush();
  }
}

export class ParquetFile {
  readonly #file: HashedFile;
  readonly #writer: ParquetWriter;

  constructor(path: string, table: TableDefinition) {
    this.#file = new HashedFile(path);
    this.#writer = new ParquetWriter({
      writer: new FileByteWriter(this.#file),
      schema: [
        { name: "root", num_children: table.columns.length },
        ...table.columns.map(
          ({ name, type }): SchemaElement => ({
            name,
            repetition_type: "OPTIONAL",
            ...parquetTypes[type],
          }),
        ),
      ],
      createdBy: "hivelab",
      kvMetadata: [
        { key: "hivelab.table", value: table.name },
        { key: "hivelab.meaning", value: table.meaning },
        { key: "hivelab.columns", value: JSON.stringify(columnNotes(table.columns)) },
      ],
    });
  }

  /** Writes the first `rows` of each column as one row group; the buffers may be reused. */
  writeBatch(columns: readonly ColumnBuffer[], rows: number): void {
    this.#writer.write({
      columnData: columns.map((buffer) => ({
        name: buffer.column.name,
        data: dataOf(buffer, rows),
      })),
      rowGroupSize: rows,
    });
  }

  finish(): StoredFile {
    this.#writer.finish();
    return this.#file.finish();
  }

  abort(): void {
    this.#file.abort();
  }
}

const columnNotes = (columns: readonly Column[]) =>
  Object.fromEntries(columns.map(({ name, unit, meaning }) => [name, { unit, meaning }]));

function dataOf({ values, isNull, nullCount }: ColumnBuffer, rows: number): ColumnData {
  const isBool = values instanceof Uint8Array;
  // As a typed array hyparquet-writer would not take a u32 over 2^31; as a plain array it does.
  const asIs = !isBool && !(values instanceof Uint32Array);
  if (nullCount === 0 && asIs) return values.slice(0, rows) as ColumnData;
  const cells = new Array(rows);
  for (let row = 0; row < rows; row++) {
    if (isNull[row] === 1) cells[row] = null;
    else cells[row] = isBool ? values[row] === 1 : values[row];
  }
  return cells;
}
