/**
 * SQL over the tables of a run or a sweep, by DuckDB, where it is installed. Reads only: one SELECT
 * that sees nothing but these tables.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../scenarios/fault.ts";
import { shownPath } from "../scenarios/paths.ts";
import { checkIsWhole, readSweepFile } from "./sweep/sweep-folder.ts";

export interface QueryLimits {
  /** More rows than these are not fetched. */
  readonly rows: number;
  readonly seconds: number;
  readonly memoryMb: number;
}

export const USUAL_LIMITS: QueryLimits = { rows: 1_000, seconds: 60, memoryMb: 1_000 };

export interface Answer {
  readonly columns: readonly string[];
  /** Cells as JSON has them; 64-bit integers as text, so that none loses a digit. */
  readonly rows: readonly (readonly unknown[])[];
  /** There were more. */
  readonly isCut: boolean;
}

const refuse = (file: string, problem: string, remedy: string): InputError =>
  new InputError([{ file, field: "", problem, remedy }]);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The tables of a folder by name. Throws InputError where there are none. */
export function tableFiles(dir: string): ReadonlyMap<string, string> {
  const folder = join(resolve(dir), "tables");
  const names =
    existsSync(folder) && statSync(folder).isDirectory()
      ? readdirSync(folder).filter((name) => name.endsWith(".parquet"))
      : [];
  if (names.length === 0) {
    const isBegun = existsSync(join(dir, "sweep.json"));
    if (!isBegun) {
      throw refuse(shownPath(dir), "holds no tables", "name the folder of a run or a sweep");
    }
    checkIsWhole(dir, readSweepFile(dir));
    const remedy = "give its `hivelab sweep` again to finish it";
    throw refuse(shownPath(dir), "is a sweep without tables yet", remedy);
  }
  const found = names.sort().map((name) => [name.slice(0, -".parquet".length), name] as const);
  return new Map(found.map(([name, file]) => [name, join(folder, file)]));
}

async function duckdb() {
  try {
    return await import("@duckdb/node-api");
  } catch {
    const problem = "DuckDB is not installed";
    const remedy = "npm install @duckdb/node-api (tables/*.parquet can be read by anything else)";
    throw refuse("hivelab query", problem, remedy);
  }
}

/** Throws InputError for a folder without tables, for SQL that DuckDB refuses, and at a limit. */
export async function query(
  dir: string,
  sql: string,
  limits: QueryLimits = USUAL_LIMITS,
): Promise<Answer> {
  const files = tableFiles(dir);
  if (sql.trim() === "") throw refuse("hivelab query", "the SQL is empty", "one SELECT");
  const { DuckDBInstance, StatementType } = await duckdb();
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${limits.memoryMb}MB`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  const wrong = (error: unknown): InputError => {
    const [line] = String(error instanceof Error ? error.message : error).split("\n");
    return refuse("hivelab query", line, `tables are ${[...files.keys()].join(", ")}`);
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    connection.interrupt();
  }, limits.seconds * 1_000);
  try {
    for (const [name, file] of files) {
      await connection.run(
        `CREATE VIEW ${quoted(name)} AS SELECT * FROM read_parquet(${text(file)})`,
      );
    }
    const allowed = [...files.values()].map(text).join(", ");
    await connection.run(`SET allowed_paths = [${allowed}]`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    const statements = await connection.extractStatements(sql).catch((error: unknown) => {
      throw wrong(error);
    });
    if (statements.count !== 1) {
      throw refuse("hivelab query", `${statements.count} statements`, "one SELECT");
    }
    const prepared = await statements.prepare(0).catch((error: unknown) => {
      throw wrong(error);
    });
    if (prepared.statementType !== StatementType.SELECT) {
      throw refuse("hivelab query", "is not a SELECT", "tables can be read, and not changed");
    }
    const reader = await prepared.streamAndReadUntil(limits.rows + 1);
    const rows = reader.getRowsJson();
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: rows.slice(0, limits.rows),
      isCut: rows.length > limits.rows,
    };
  } catch (error) {
    if (isLate)
      throw refuse("hivelab query", `took longer than ${limits.seconds} s`, "--seconds N");
    throw error instanceof InputError ? error : wrong(error);
  } finally {
    clearTimeout(timer);
    connection.closeSync();
    instance.closeSync();
  }
}
