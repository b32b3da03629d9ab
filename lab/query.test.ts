import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defineTable } from "../sim/records.ts";
import { query, USUAL_LIMITS } from "./query.ts";
import { TableFileSink } from "./tables/table-file-sink.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-query-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const parquet = join(folder, "tables", "pools.parquet");

beforeAll(() => {
  const pools = defineTable("pools", "Pools.", [
    ["netuid", "u16", "", "which"],
    ["tao_rao", "i64", "rao", "how much"],
    ["price", "f64", "1", "at which price"],
  ]);
  const sink = new TableFileSink(join(folder, "tables"), [pools]);
  for (let netuid = 1; netuid <= 5; netuid++) {
    sink.append(pools, [
      netuid,
      9_007_199_254_740_993n * BigInt(netuid),
      netuid === 5 ? null : 0.5,
    ]);
  }
  sink.finish();
});

const refused = async (sql: string, limits = USUAL_LIMITS): Promise<string> => {
  const error = (await query(folder, sql, limits).catch((one: unknown) => one)) as Error;
  expect(error.name).toBe("InputError");
  expect(error.message).not.toContain("\n");
  return error.message;
};

test("a select sees the tables by name, and loses no digit of rao", async () => {
  const sql = "select sum(tao_rao) as total, count(price) as priced from pools where netuid <> 4";
  expect(await query(folder, sql)).toEqual({
    columns: ["total", "priced"],
    rows: [[String(9_007_199_254_740_993n * 11n), "3"]],
    isCut: false,
  });
});

test("no more rows are fetched than asked for, and that is told", async () => {
  const sql = "select netuid from pools order by netuid desc";
  const answer = await query(folder, sql, { ...USUAL_LIMITS, rows: 2 });
  expect(answer).toEqual({ columns: ["netuid"], rows: [[5], [4]], isCut: true });
});

test("nothing can be changed, and nothing else be read", async () => {
  const before = readFileSync(parquet);
  writeFileSync(join(folder, "secret.csv"), "a,b\n1,2\n");
  const other = join(folder, "secret.csv");
  for (const sql of [
    `copy pools to '${parquet}'`,
    `copy (select 1) to '${join(folder, "new.csv")}'`,
    "drop view pools",
    "create table t as select 1",
    "set memory_limit = '10GB'",
    "install httpfs",
    `attach '${join(folder, "new.db")}'`,
  ]) {
    expect(await refused(sql)).toMatch(/is not a SELECT; tables can be read|Permission/);
  }
  expect(await refused("select 1; drop view pools")).toMatch(/2 statements; one SELECT/);
  expect(await refused(`select * from read_csv('${other}')`)).toMatch(/Permission|disabled/);
  expect(await refused(`select * from '${other}'`)).toMatch(/Permission|disabled|does not exist/);
  expect(readFileSync(parquet)).toEqual(before);
});

test("what DuckDB refuses is told in one line with the tables that there are", async () => {
  expect(await refused("select * from poools")).toMatch(/poools does not exist!.*tables are pools/);
  expect(await refused("selec 1")).toMatch(/syntax error/);
});

test("a query that takes too long is ended", async () => {
  const endless =
    "select count(*) from range(1e12::bigint) a, range(1e6::bigint) b where a.range*b.range=7";
  expect(await refused(endless, { ...USUAL_LIMITS, seconds: 0.3 })).toMatch(
    /took longer than 0.3 s/,
  );
});

test("a folder without tables is named", async () => {
  const error = (await query(join(folder, "tables"), "select 1").catch((one) => one)) as Error;
  expect(error.message).toMatch(/holds no tables; name the folder of a run or a sweep/);
});

test("no SQL at all is told as such", async () => {
  expect(await refused("  ")).toBe("hivelab query: the SQL is empty; one SELECT");
});
