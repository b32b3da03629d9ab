import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cell, defineTable } from "../../sim/records.ts";
import { readTable } from "./read-table.ts";
import { TableFileSink } from "./table-file-sink.ts";

const everyType = defineTable("every_type", "One column of each type.", [
  ["flag", "bool", "", "a flag"],
  ["netuid", "u16", "", "a small id"],
  ["block", "u32", "block", "a block"],
  ["delta", "i32", "1", "a signed number"],
  ["amount_rao", "i64", "rao", "an amount"],
  ["price", "f64", "TAO per alpha", "a price"],
  ["name", "text", "", "a name"],
  ["time", "time", "ms UTC", "a date"],
]);

const rows: readonly (readonly Cell[])[] = [
  [
    true,
    65_535,
    4_294_967_295,
    -2_147_483_648,
    2n ** 63n - 1n,
    0.1,
    "τao — Ω 🜲",
    1_787_000_000_123,
  ],
  [false, 0, 0, 2_147_483_647, -(2n ** 63n), -1e-308, "", 0],
  [null, null, null, null, null, null, null, null],
  [true, 1, 8_957_880, -1, 21_000_000_000_000_001n, Number.MAX_VALUE, 'a"<b>&\n\u0000', -1],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hivelab-tables-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function store(name: string, cells: readonly (readonly Cell[])[], batchRows?: number): string {
  const path = join(folder, name);
  const sink = new TableFileSink(path, [everyType], { batchRows });
  for (const row of cells) sink.append(everyType, row);
  sink.finish();
  return path;
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** The second reader: DuckDB, loaded only where it is needed. */
async function query(sql: string): Promise<Record<string, unknown>[]> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(sql);
  connection.closeSync();
  return reader.getRowObjectsJS();
}

describe("tables as Arrow", () => {
  test("every type comes back as it went in, null and extremes included", () => {
    const table = readTable(join(store("round", rows), "every_type.arrow"));
    const back = rows.map((_, row) => table.columns.map((column) => column.cell(row)));
    expect(back).toEqual(rows);
  });

  test("more rows than a batch keep their order, each batch a record batch", () => {
    const many = Array.from({ length: 10 }, (_, i) => rows[i % 4].with(2, i));
    const path = join(store("batches", many, 4), "every_type.arrow");
    expect([...readTable(path).column("block").numbers()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(tableFromIPC(readFileSync(path)).batches.map((batch) => batch.numRows)).toEqual([
      4, 4, 2,
    ]);
  });

  test("fields carry unit and meaning; times are milliseconds in UTC", () => {
    const path = join(store("units", rows), "every_type.arrow");
    const price = readTable(path).column("price");
    expect([price.unit, price.meaning]).toEqual(["TAO per alpha", "a price"]);
    const types = tableFromIPC(readFileSync(path)).schema.fields.map((field) => String(field.type));
    expect(types).toEqual([
      ...["Bool", "Uint16", "Uint32", "Int32", "Int64", "Float64", "Utf8"],
      "Timestamp<MILLISECOND, UTC>",
    ]);
  });

  test("a table without rows has its columns all the same", () => {
    const table = readTable(join(store("empty", []), "every_type.arrow"));
    expect(table.rows).toBe(0);
    expect(table.columns.map((column) => column.name)).toEqual(
      everyType.columns.map((column) => column.name),
    );
    expect([...table.column("price").numbers()]).toEqual([]);
  });

  test("columns as doubles say NaN for null, and money adds up exactly", () => {
    const table = readTable(join(store("sums", [...rows, rows[3]]), "every_type.arrow"));
    expect([...table.column("flag").numbers()]).toEqual([1, 0, Number.NaN, 1, 1]);
    const amounts = [...table.column("amount_rao").integers()];
    expect(amounts[2]).toBe(0n);
    expect(amounts.reduce((a, b) => a + b)).toBe(-1n + 2n * 21_000_000_000_000_001n);
    expect(table.column("name").texts()).toEqual([rows[0][6], ...["", "", rows[3][6], rows[3][6]]]);
    expect(() => table.column("nosuch")).toThrow("every_type has no column nosuch");
  });
});

describe("tables as Parquet, read by DuckDB", () => {
  test("types are the logical ones", async () => {
    const path = join(store("types", rows), "every_type.parquet");
    const described = await query(`DESCRIBE SELECT * FROM '${path}'`);
    expect(described.map((row) => [row.column_name, row.column_type])).toEqual([
      ["flag", "BOOLEAN"],
      ["netuid", "USMALLINT"],
      ["block", "UINTEGER"],
      ["delta", "INTEGER"],
      ["amount_rao", "BIGINT"],
      ["price", "DOUBLE"],
      ["name", "VARCHAR"],
      ["time", "TIMESTAMP WITH TIME ZONE"],
    ]);
  });

  test("values are the same, over several row groups", async () => {
    const path = join(store("values", [...rows, ...rows], 3), "every_type.parquet");
    const back = await query(`SELECT * REPLACE (epoch_ms(time) AS time) FROM '${path}'`);
    const expected = [...rows, ...rows].map((row) =>
      row.map((cell, i) => (i === 7 && cell !== null ? BigInt(cell as number) : cell)),
    );
    expect(back.map((row) => Object.values(row))).toEqual(expected);
  });

  test("sums of rao are exact where doubles would not be", async () => {
    const large = Array.from({ length: 1000 }, (_, i) => rows[3].with(4, 2n ** 60n + BigInt(i)));
    const path = join(store("exact", large, 256), "every_type.parquet");
    const [{ total }] = await query(`SELECT sum(amount_rao)::HUGEINT AS total FROM '${path}'`);
    expect(total).toBe(1000n * 2n ** 60n + 499_500n);
  });

  test("the metadata names unit and meaning of each column", async () => {
    const path = join(store("metadata", rows), "every_type.parquet");
    const [{ notes }] = await query(
      `SELECT decode(value) AS notes FROM parquet_kv_metadata('${path}')
       WHERE decode(key) = 'hivelab.columns'`,
    );
    const { price } = JSON.parse(notes as string);
    expect(price).toEqual({ unit: "TAO per alpha", meaning: "a price" });
  });

  test("a table without rows has its columns all the same", async () => {
    const path = join(store("none", []), "every_type.parquet");
    const [{ rows: count }] = await query(`SELECT count(*) AS rows FROM '${path}'`);
    expect(count).toBe(0n);
    expect(await query(`DESCRIBE SELECT * FROM '${path}'`)).toHaveLength(8);
  });
});

describe("table files", () => {
  test("the same rows give the same bytes, and the reported hash is the file's", () => {
    const [first, second] = ["once", "twice"].map((name) => store(name, rows));
    for (const file of ["every_type.arrow", "every_type.parquet"]) {
      expect(sha256(join(first, file))).toBe(sha256(join(second, file)));
    }
    const sink = new TableFileSink(join(folder, "hashed"), [everyType]);
    for (const row of rows) sink.append(everyType, row);
    const [stored] = sink.finish();
    expect(stored.rows).toBe(4);
    expect(stored.arrow.sha256).toBe(sha256(join(first, "every_type.arrow")));
    expect(stored.parquet.sha256).toBe(sha256(join(first, "every_type.parquet")));
    expect(stored.parquet.bytes).toBe(readFileSync(join(first, "every_type.parquet")).length);
  });

  test("nothing bears a table's name before it is complete, and nothing stays after an abort", () => {
    const path = join(folder, "aborted");
    const sink = new TableFileSink(path, [everyType], { batchRows: 2 });
    for (const row of rows) sink.append(everyType, row);
    expect(readdirSync(path).every((name) => name.endsWith(".partial"))).toBe(true);
    sink.abort();
    expect(readdirSync(path)).toEqual([]);
  });

  test.each([
    ["a double for rao", 4, 1.5, "every_type.amount_rao: number 1.5 is not a bigint"],
    ["rao over 64 bits", 4, 2n ** 63n, "is not within 64 signed bits"],
    ["a netuid over 16 bits", 1, 65_536, "every_type.netuid: number 65536 is not a u16"],
    ["a fraction of a block", 2, 0.5, "is not a u32"],
    ["not a number", 5, Number.NaN, "is not a finite number (write null"],
    ["a number for a name", 6, 7, "every_type.name: number 7 is not text"],
    ["a text for a flag", 0, "yes", "every_type.flag: string yes is not a boolean"],
    ["half a millisecond", 7, 0.5, "is not a whole number of milliseconds"],
  ])("refuses %s and names the column", (_, column, cell, message) => {
    const sink = new TableFileSink(join(folder, "refused"), [everyType]);
    expect(() => sink.append(everyType, rows[0].with(column, cell))).toThrow(message);
    sink.abort();
  });

  test("refuses a row of the wrong length", () => {
    const sink = new TableFileSink(join(folder, "short"), [everyType]);
    expect(() => sink.append(everyType, [true])).toThrow("every_type: a row of 1 cells");
    sink.abort();
  });
});
