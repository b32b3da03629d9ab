/** `hivelab query DIR "select ..."`: SQL over the tables of a run or a sweep. */
import { type Answer, query as ask, tableFiles, USUAL_LIMITS } from "../lab/query.ts";
import { reportAndExit } from "./failure.ts";
import { plainData } from "./json.ts";
import { screenOf, table } from "./layout.ts";
import { wholeFlag } from "./whole-flag.ts";

export interface QueryFlags {
  readonly limit: string;
  readonly seconds: string;
  readonly json: boolean;
}

/** Without SQL it lists the tables with their columns. */
export async function query(dir: string, sql: string | undefined, flags: QueryFlags) {
  try {
    const limits = {
      ...USUAL_LIMITS,
      rows: wholeFlag("--limit", flags.limit, 1, 10_000_000),
      seconds: wholeFlag("--seconds", flags.seconds, 1, 86_400),
    };
    const answer = await ask(dir, sql ?? columnsOf(dir), limits);
    print(answer, flags.json);
    if (answer.isCut) console.error(`only the first ${limits.rows} rows; --limit N shows more`);
  } catch (error) {
    reportAndExit(error);
  }
}

const columnsOf = (dir: string): string => {
  const names = [...tableFiles(dir).keys()].map((name) => `'${name}'`).join(", ");
  return `select table_name as "table", column_name as "column", data_type as type
    from information_schema.columns where table_name in (${names}) order by 1, ordinal_position`;
};

function print({ columns, rows }: Answer, json: boolean): void {
  if (json) {
    const objects = rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]])));
    console.log(plainData(objects));
    return;
  }
  const cell = (value: unknown): string =>
    value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  console.log(
    table(
      [...columns],
      rows.map((row) => row.map(cell)),
      screenOf(process.stdout),
    ),
  );
}
