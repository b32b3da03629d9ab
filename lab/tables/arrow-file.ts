/**
 * Tables as Arrow IPC files, uncompressed so that a reader can map them (apache-arrow 21 writes
 * compressed files that other readers refuse). The unit and the meaning of a column stand in its
 * field's metadata.
 */
import {
  AsyncByteQueue,
  Bool,
  type Data,
  type DataType,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Uint16,
  Uint32,
  Utf8,
} from "apache-arrow";
import type { ColumnType, TableDefinition } from "../../sim/records.ts";
import type { ColumnBuffer } from "./column-buffer.ts";
import { HashedFile, type StoredFile } from "./hashed-file.ts";

const arrowTypes: Readonly<Record<ColumnType, () => DataType>> = {
  bool: () => new Bool(),
  u16: () => new Uint16(),
  u32: () => new Uint32(),
  i32: () => new Int32(),
  i64: () => new Int64(),
  f64: () => new Float64(),
  text: () => new Utf8(),
  time: () => new TimestampMillisecond("UTC"),
};

export function arrowSchema(table: TableDefinition): Schema {
  const fields = table.columns.map(({ name, type, unit, meaning }) => {
    const metadata = new Map([
      ["unit", unit],
      ["meaning", meaning],
    ]);
    return new Field(name, arrowTypes[type](), true, metadata);
  });
  return new Schema(
    fields,
    new Map([
      ["table", table.name],
      ["meaning", table.meaning],
    ]),
  );
}

/** The queue that apache-arrow writes into, made to go straight to the file. */
class FileQueue extends AsyncByteQueue {
  constructor(readonly file: HashedFile) {
    super();
  }
  override write(chunk: Uint8Array): void {
    this.file.write(chunk);
  }
  override close(): void {}
}

export class ArrowFile {
  readonly #file: HashedFile;
  readonly #schema: Schema;
  readonly #writer = new RecordBatchFileWriter({ autoDestroy: false });

  constructor(path: string, table: TableDefinition) {
    this.#file = new HashedFile(path);
    this.#schema = arrowSchema(table);
    this.#writer.reset(new FileQueue(this.#file) as never, this.#schema);
  }

  /** Writes the first `rows` of each column as one record batch; the buffers may be reused. */
  writeBatch(columns: readonly ColumnBuffer[], rows: number): void {
    const children = columns.map((column, i) => dataOf(column, this.#schema.fields[i].type, rows));
    const type = new Struct(this.#schema.fields);
    const data = makeData({ type, length: rows, nullCount: 0, children });
    this.#writer.write(new RecordBatch(this.#schema, data));
  }

  finish(): StoredFile {
    this.#writer.finish();
    return this.#file.finish();
  }

  abort(): void {
    this.#file.abort();
  }
}

function dataOf(buffer: ColumnBuffer, type: DataType, rows: number): Data {
  const { values, nullCount, isNull } = buffer;
  const nullBitmap = nullCount > 0 ? bitmap(rows, (row) => isNull[row] === 0) : undefined;
  const common = { length: rows, nullCount, nullBitmap };
  if (Array.isArray(values)) {
    const { data, valueOffsets } = utf8(values, rows);
    return makeData({ ...common, type: type as Utf8, data, valueOffsets });
  }
  const data =
    values instanceof Uint8Array
      ? bitmap(rows, (row) => values[row] === 1)
      : values.subarray(0, rows);
  return makeData({ ...common, type: type as Int64, data: data as BigInt64Array });
}

/** One bit a row, least significant bit first, padded to 8 bytes as Arrow wants its buffers. */
function bitmap(rows: number, isSet: (row: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(rows / 64) * 8);
  for (let row = 0; row < rows; row++) if (isSet(row)) bits[row >> 3] |= 1 << (row & 7);
  return bits;
}

const encoder = new TextEncoder();

function utf8(texts: readonly string[], rows: number) {
  const valueOffsets = new Int32Array(rows + 1);
  let data = new Uint8Array(rows * 16 + 64);
  let used = 0;
  for (let row = 0; row < rows; row++) {
    const text = texts[row];
    if (data.length - used < text.length * 3) {
      const larger = new Uint8Array(data.length * 2 + text.length * 3);
      larger.set(data.subarray(0, used));
      data = larger;
    }
    used += encoder.encodeInto(text, data.subarray(used)).written;
    valueOffsets[row + 1] = used;
  }
  return { data: data.subarray(0, used), valueOffsets };
}
