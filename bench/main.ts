/**
 * npm run bench -- [filter] [--json] [--whole-year]: measures the suites and figures whose names hold
 * the filter. With --whole-year the suite "year" simulates all of it. With --json one array of {name, value, unit, reference, ratio} goes to standard output.
 */
import { cpus } from "node:os";
import Table from "cli-table3";
import { type Figure, measure } from "./suite.ts";
import { suites } from "./suites.ts";

const rest = process.argv.slice(2);
const asJson = rest.includes("--json");
const wholeYear = rest.includes("--whole-year");
const flags = ["--json", "--whole-year"];
const [filter = "", ...extra] = rest.filter((argument) => !flags.includes(argument));
if (extra.length > 0 || filter.startsWith("-")) {
  console.error("usage: npm run bench -- [part of a name] [--json] [--whole-year]");
  process.exit(2);
}

const digits = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const figures: Figure[] = [];
if (!asJson) console.log(`Node ${process.version}, ${process.arch}, ${cpus()[0]?.model ?? "?"}`);
for (const suite of suites) {
  const passes = (name: string) => suite.name.includes(filter) || name.includes(filter);
  const measured = await measure(suite, passes, undefined, { wholeYear });
  figures.push(...measured);
  if (measured.length > 0 && !asJson) console.log(`\n${suite.name}\n${tableOf(measured)}`);
}
if (asJson) console.log(JSON.stringify(figures, null, 2));
if (figures.length === 0) {
  console.error(`hivelab: no figure's name holds "${filter}"`);
  process.exit(2);
}

function tableOf(measured: readonly Figure[]): string {
  const table = new Table({
    head: ["what", "value", "unit", "times", "reference"],
    colAligns: ["left", "right", "left", "right", "left"],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, value, unit, ratio, reference } of measured) {
    const times = ratio === null ? "" : digits.format(ratio);
    table.push([name, digits.format(value), unit, times, reference ?? ""]);
  }
  return table.toString();
}
