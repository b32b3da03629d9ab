import { join } from "node:path";
import { expect, test } from "vitest";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { type Outcome, wantedRows } from "../outcomes/outcome.ts";
import { OutcomeSink } from "../outcomes/outcome-sink.ts";
import { runSubject } from "./run-subject.ts";

const cabal = { kind: "case", path: join(scenariosFolder, "cases", "cabal.yaml") } as const;
const outcome = (name: string, where: Record<string, string>): Outcome => ({
  ...{ name, where, table: "case_validators", column: "dividends", at: "mean" },
  ...{ per: null, over: "mean", q: 0.5 },
});

function measured(outcomes: readonly Outcome[], versions: readonly string[] | null) {
  const sink = new OutcomeSink(outcomes);
  const seen = new Set<unknown>();
  const append: OutcomeSink["append"] = (table, row) => {
    seen.add(row[0]);
    sink.append(table, row);
  };
  runSubject(cabal, ["epochs=3"], { append }, { versions });
  return { values: sink.values(), seen: [...seen] };
}

test("a case runs under the versions that outcomes ask for, with the same outcomes", () => {
  const own = { validator: "cabal" };
  const outcomes = [
    outcome("third", { version: "yuma3", ...own }),
    outcome("none", { version: "yuma3-liquid", ...own }),
  ];
  const wanted = wantedRows([...outcomes, { name: "twice", value: "2 * third" }]).versions;
  expect(wanted).toEqual(["yuma3", "yuma3-liquid"]);
  const whole = measured(outcomes, null);
  const pruned = measured(outcomes, wanted);
  expect(whole.seen).toEqual(["yuma1-textbook", "yuma2", "yuma3"]);
  expect(pruned.seen).toEqual(["yuma3"]);
  expect(pruned.values).toEqual(whole.values);
  expect(pruned.values).toEqual({ third: expect.any(Number), none: null });
});

test("an outcome over rows of every version asks for all of them", () => {
  expect(wantedRows([outcome("all", { validator: "cabal" })]).versions).toBe(null);
  expect(wantedRows([outcome("own", { version: "yuma2" })], ["case_servers"])).toEqual({
    tables: ["case_servers", "case_validators"],
    versions: null,
  });
});

test("what a plan sets wrongly is told by its path and value", () => {
  const subject = { kind: "supply" as const, path: join(scenariosFolder, "tao-supply.yaml") };
  const run = (...sets: string[]) => runSubject(subject, sets, { append() {} });
  expect(() => run("supply.horizon_days=7", "supply.recycling.mean_share=7")).toThrow(
    "supply.recycling.mean_share=7: 7 is above 1; a number from 0 to 1",
  );
});
