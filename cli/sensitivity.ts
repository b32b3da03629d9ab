/** `hivelab sensitivity DIR`: what a finished sweep's outcomes depend on. */
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { analyseSweep, type Measure, type OutcomeSensitivity } from "../lab/sensitivity/analyse.ts";
import { readSweep } from "../lab/sensitivity/read-sweep.ts";
import { writingInto } from "../lab/store/make-folder.ts";
import { InputError } from "../scenarios/fault.ts";
import { reportAndExit } from "./failure.ts";
import { screenOf, strong, table } from "./layout.ts";

export interface SensitivityFlags {
  readonly outcome: readonly string[];
  readonly resamples: string;
  readonly seed: string;
  readonly json: boolean;
}

const PAGE = "sensitivity.html";
const DATA = "sensitivity.json";

export async function sensitivity(dir: string, flags: SensitivityFlags): Promise<void> {
  try {
    const analysis = analyseSweep(readSweep(dir), {
      outcomes: flags.outcome,
      resamples: resamplesOf(flags.resamples),
      seed: flags.seed,
    });
    if (flags.json) console.log(JSON.stringify(analysis, null, 2));
    else for (const one of analysis.outcomes) printOutcome(one);
    const [{ sensitivityPage }, { browserScript, pageMarkup }] = await Promise.all([
      import("../reports/sensitivity/sensitivity-page.ts"),
      import("../reports/page-shell.ts"),
    ]);
    const page = pageMarkup(sensitivityPage(analysis), browserScript());
    const write = () => {
      writeFileSync(join(dir, DATA), `${JSON.stringify(analysis, null, 1)}\n`);
      writeFileSync(join(dir, PAGE), page);
    };
    writingInto(dir, "data and page want a copy of the sweep that can be written to", write);
    if (flags.json) return;
    const place = relative(process.cwd(), dir) || ".";
    console.log(`data: ${place}/${DATA}\npage: ${place}/${PAGE}`);
  } catch (error) {
    reportAndExit(error);
  }
}

function resamplesOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 10 && count <= 100_000) return count;
  const problem = `${JSON.stringify(text)} is not right here`;
  const remedy = "a whole number from 10 to 100000";
  throw new InputError([{ file: "--resamples", field: "", problem, remedy }]);
}

function short(value: number): string {
  if (!Number.isFinite(value)) return "-";
  return Math.abs(value) >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

function printOutcome({ outcome, blocks, missing, parameters }: OutcomeSensitivity): void {
  const screen = screenOf(process.stdout);
  const measures = Object.keys(parameters[0]?.measures ?? {}) as Measure[];
  const left = missing > 0 ? `, ${missing} left out for want of a value` : "";
  console.log(`${strong(outcome, screen)} (${blocks} blocks of runs${left})`);
  const rows = parameters.map(({ parameter, measures: own }) => [
    parameter,
    ...measures.flatMap((measure) => {
      const { value, low, high } = own[measure]!;
      return [short(value), `${short(low)} ... ${short(high)}`];
    }),
  ]);
  const head = ["parameter", ...measures.flatMap((measure) => [measure, "interval"])];
  console.log(`${table(head, rows, screen)}\n`);
}
