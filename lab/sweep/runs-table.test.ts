import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { RunsTable } from "./runs-table.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-runs-table-"));
afterAll(() => rmSync(place, { recursive: true }));

function tableOf(body: string): RunsTable {
  const path = join(place, "plan.yaml");
  writeFileSync(path, `version: 1\ntitle: T\nscenario: tao-supply\n${body}`);
  return new RunsTable(loadPlan(path).definition);
}
const typesOf = ({ definition }: RunsTable) =>
  Object.fromEntries(definition.columns.map(({ name, type }) => [name, type]));

test("a derived number is a number in the table, also where the first point has none", () => {
  const body = `parameters: { a: { values: [0, 2] } }
derived:
  inverse: { value: 1 / a }
  word: { value: "if(a > 1, 'many', 'few')" }
  many: { value: a > 1 }
`;
  expect(typesOf(tableOf(body))).toMatchObject({
    a: "f64",
    inverse: "f64",
    word: "text",
    many: "bool",
  });
});

test("no parameter and no outcome has the name of a column of its own", () => {
  const body = `parameters: { seed: { values: [1] }, not: { values: [1] } }
derived: { key: { value: "1" } }
outcomes: { point: { value: "1" } }
`;
  expect(() => tableOf(body)).toThrow(
    ["seed is a column of every sweep", "not is a word of formulas", "key is", "point is"].reduce(
      (pattern, text) => new RegExp(`${pattern.source}[^]*${text}`),
      /^/,
    ),
  );
});
