/** `hivelab search PLAN`: the parameters for which an outcome is smallest or largest. */
import { renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { SearchStopped } from "../lab/search/evaluator.ts";
import {
  againstLine,
  confirmationLine,
  runSearch,
  type SearchResult,
} from "../lab/search/run-search.ts";
import { SEARCH_PAGE } from "../lab/search/search-folder.ts";
import { loadSearch, type SearchPlan } from "../lab/search/search-plan.ts";
import { isDiskFull } from "../lab/store/durable.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { countText, type Progress, startBar } from "./progress.ts";
import { stopOnSignals } from "./stopping.ts";
import { limitNote, workersOf } from "./workers-option.ts";

export interface SearchFlags {
  readonly set: readonly string[];
  readonly out?: string;
  readonly workers?: string;
}

export async function search(path: string, flags: SearchFlags): Promise<void> {
  const stopping = stopOnSignals();
  let bar: Progress | null = null;
  try {
    const plan = loadSearch(promptedFile(path, "searches"), flags.set);
    const workers = workersOf(flags.workers);
    const note = limitNote(plan.limits, workers);
    if (note) console.error(note);
    const { budget } = plan.definition;
    let best: number | null = null;
    const counted = { name: "runs", whole: budget, before: 0 };
    bar = await startBar(budget, (done, seconds) => {
      const text = countText(counted, done, seconds);
      return best === null ? text : `${text}   best ${Number(best.toPrecision(5))}`;
    });
    const result = await runSearch({
      ...{ plan, outDir: flags.out ?? join("runs", plan.name), workers },
      signal: stopping.signal,
      onRun: (settled) => bar?.at(settled),
      onGeneration: (progress) => {
        best = progress.best;
      },
    });
    bar.stop();
    await writePage(plan, result);
    print(plan, result);
  } catch (error) {
    bar?.stop();
    if (error instanceof SearchStopped) {
      console.error("stopped; every run is kept, and the same command goes on");
      process.exit(130);
    }
    if (isDiskFull(error)) {
      console.error("hivelab: the disk is full; every run is kept, and the same command goes on");
      process.exit(1);
    }
    reportAndExit(error);
  } finally {
    stopping.done();
  }
}

async function writePage({ definition }: SearchPlan, { dir, outcome, reproduces }: SearchResult) {
  const [{ searchPage }, { browserScript, pageMarkup }] = await Promise.all([
    import("../reports/search/search-page.ts"),
    import("../reports/page-shell.ts"),
  ]);
  const path = join(dir, SEARCH_PAGE);
  const page = searchPage({ definition, outcome, reproduces });
  writeFileSync(`${path}.partial`, pageMarkup(page, browserScript()));
  renameSync(`${path}.partial`, path);
}

function print({ definition }: SearchPlan, { dir, outcome, reproduces }: SearchResult): void {
  const { objective, subjectTo } = definition;
  const which = objective.sign === 1 ? "smallest" : "largest";
  const conditions = subjectTo.length > 0 ? `, where ${subjectTo.join(" and ")}` : "";
  console.log(`the ${which} ${objective.formula}${conditions}`);
  const known = new Set(definition.parameters.map(({ name }) => name));
  for (const [name, value] of Object.entries(outcome.best.parameters)) {
    if (known.has(name)) console.log(`  ${name} = ${shown(value)}`);
  }
  console.log(confirmationLine(outcome.confirmed, subjectTo));
  const against = againstLine(outcome, subjectTo);
  if (against !== null) console.log(against);
  const { used, restarts, settled, failed } = outcome;
  const parts = [
    `${used} runs`,
    `${settled} of ${restarts + 1} descents settled before the budget ended`,
    ...(failed > 0 ? [`${failed} runs failed`] : []),
  ];
  console.log(parts.join(", "));
  const place = relative(process.cwd(), dir) || ".";
  const same = reproduces
    ? "run again, it gave the same to the last bit"
    : "run again, it gave something else";
  console.log(`answer: ${place}/best.yaml (${same})\npage: ${place}/${SEARCH_PAGE}`);
}

const shown = (value: unknown): string =>
  typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
