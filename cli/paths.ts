/** `hivelab paths SCENARIO`: very many futures of supply and of one subnet's price. */
import { basename, join, relative } from "node:path";
import type { Quantile } from "../lab/ensemble/quantiles.ts";
import { chancesOf, halvingSpread, timeOfDay } from "../lab/paths/chances.ts";
import { pathModel } from "../lab/paths/from-scenario.ts";
import { momentsOf, type PathModel } from "../lab/paths/model.ts";
import { choosePathScreener, type PathsResult, runPaths } from "../lab/paths/run.ts";
import { type WrittenPaths, writePaths } from "../lab/paths/write.ts";
import { usualWorkers } from "../lab/pool.ts";
import { checkRunPlace } from "../lab/run-folder.ts";
import { screenedLine } from "../lab/screening.ts";
import { InputError } from "../scenarios/fault.ts";
import { type LoadedPathScenario, loadPathScenario } from "../scenarios/load-pool.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { screenOf, table } from "./layout.ts";
import { countText, startBar } from "./progress.ts";
import { stopOnSignals } from "./stopping.ts";
import { wholeFlag } from "./whole-flag.ts";

export interface PathFlags {
  readonly paths: string;
  readonly days?: string;
  readonly every?: string;
  readonly seed?: string;
  readonly priceBelow: readonly string[];
  readonly halvingBefore: readonly string[];
  readonly set: readonly string[];
  readonly backend: string;
  readonly workers?: string;
  readonly out?: string;
}

const MOST_PATHS = 1_000_000;
const MOST_DAYS = 3_652;
/** Values that are kept on disk until their quantiles are known: 8 bytes each. */
const MOST_VALUES = 1_000_000_000;

export interface AskedPaths {
  readonly name: string;
  readonly loaded: LoadedPathScenario;
  readonly model: PathModel;
  readonly count: number;
  readonly workers: number;
}

/** What the options ask for. Throws InputError. */
export function askedPaths(scenario: string, flags: PathFlags): AskedPaths {
  const count = wholeFlag("--paths", flags.paths, 2, MOST_PATHS);
  const workers = wholeFlag("--workers", flags.workers ?? String(usualWorkers()), 0, 64);
  const days = flags.days && wholeFlag("--days", flags.days, 1, MOST_DAYS);
  const every = flags.every && wholeFlag("--every", flags.every, 1, MOST_DAYS);
  const path = promptedFile(scenario, "scenarios");
  const loaded = loadPathScenario(path, setsOf(flags));
  const model = pathModel(loaded, {
    ...(days && { days }),
    ...(every && { everyDays: every }),
  });
  checkAmount(model, count);
  checkDates(loaded, model);
  return { name: basename(path).replace(/\.ya?ml$/, ""), loaded, model, count, workers };
}

export async function paths(scenario: string, flags: PathFlags): Promise<void> {
  const stopping = stopOnSignals();
  try {
    const { name, loaded, model, count, workers } = askedPaths(scenario, flags);
    const outDir = flags.out ?? join("runs", `paths-${name}`);
    checkRunPlace(outDir);
    const screener = await choosePathScreener(flags.backend);
    if (screener.note) console.error(screener.note);
    const bar = await startBar(count, (done, seconds) =>
      countText({ name: "paths", whole: count, before: 0 }, done, seconds),
    );
    const result = await runPaths({
      ...{ model, paths: count, screener, workers, signal: stopping.signal },
      onProgress: (done) => bar.at(done),
    }).finally(() => bar.stop());
    if (!result) {
      console.error("stopped; nothing is kept");
      process.exit(130);
    }
    const chances = chancesOf(result, {
      startMs: Date.parse(loaded.scenario.supply.start.time),
      halvingBefore: loaded.scenario.questions?.halving_before ?? [],
      priceBelow: model.priceBelow,
    });
    const written = { name, loaded, model, result, chances };
    await tell(written, outDir);
  } catch (error) {
    reportAndExit(error);
  } finally {
    stopping.done();
  }
}

function setsOf({ set, seed, priceBelow, halvingBefore }: PathFlags): string[] {
  return [
    ...set,
    ...(seed === undefined ? [] : [`seed=${JSON.stringify(seed)}`]),
    ...(priceBelow.length > 0 ? [`questions.price_below=[${priceBelow.join(", ")}]`] : []),
    ...(halvingBefore.length > 0
      ? [`questions.halving_before=${JSON.stringify(halvingBefore)}`]
      : []),
  ];
}

function checkAmount(model: PathModel, count: number): void {
  const moments = momentsOf(model).length;
  if (moments * count <= MOST_VALUES) return;
  const problem = `${moments} values of ${count.toLocaleString("en")} paths are ${Math.ceil((moments * count * 8) / 1e9)} GB`;
  const remedy = "fewer moments or paths: at most 8 GB";
  throw new InputError([{ file: "--every", field: "", problem, remedy }]);
}

/** What lies past the horizon cannot be counted. */
function checkDates({ scenario }: LoadedPathScenario, { days }: PathModel): void {
  const end = timeOfDay(Date.parse(scenario.supply.start.time), days);
  const late = (scenario.questions?.halving_before ?? []).find((date) => Date.parse(date) > end);
  if (late === undefined) return;
  const problem = `${late} is after the last day, ${new Date(end).toISOString().slice(0, 10)}`;
  const remedy = "more --days, or an earlier date";
  throw new InputError([{ file: "--halving-before", field: "", problem, remedy }]);
}

async function tell(written: WrittenPaths, outDir: string): Promise<void> {
  const { writePathsPage } = await import("../reports/paths/page.ts");
  const { dir, reportPath } = await writePaths(written, outDir, (folder, manifest) =>
    writePathsPage(folder, manifest, written),
  );
  const { result, model, chances, loaded } = written;
  const { paths: seconds, quantiles } = result.seconds;
  const count = result.paths.toLocaleString("en");
  console.log(
    `${count} paths of ${model.days} days: ${seconds.toFixed(1)} s, quantiles ${quantiles.toFixed(1)} s`,
  );
  console.log(`${screenedLine(result.screened)}\n`);
  const screen = screenOf(process.stdout);
  const head = ["at the end", "5 %", "25 %", "median", "75 %", "95 %", "median, 95 % interval"];
  console.log(table(head, lastRows(result, model), screen));
  const startMs = Date.parse(loaded.scenario.supply.start.time);
  const halving = halvingSpread(result.halvings);
  if (halving) {
    const date = (day: number) => new Date(timeOfDay(startMs, day)).toISOString().slice(0, 10);
    const error = Number.isNaN(halving.meanError) ? "" : ` +- ${halving.meanError.toFixed(2)} days`;
    console.log(
      `\nnext halving: mean ${date(halving.meanDays)}${error}, median ${date(halving.medianDay)}, ` +
        `from ${date(halving.firstDay)} to ${date(halving.lastDay)}`,
    );
  }
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const rows = chances.map(({ question, paths: own, chance, low, high }) => [
    ...[question, percent(chance), `${percent(low)} to ${percent(high)}`],
    own.toLocaleString("en"),
  ]);
  console.log(`\n${table(["how likely is", "", "95 % interval", "paths"], rows, screen)}`);
  console.log(`\ntables: ${relative(process.cwd(), dir) || "."}/tables`);
  console.log(`report: ${relative(process.cwd(), reportPath)}`);
}

function lastRows({ moments }: PathsResult, { days }: PathModel): string[][] {
  const show = (value: number) => value.toLocaleString("en", { maximumSignificantDigits: 7 });
  const row = (name: string, quantiles: readonly Quantile[]) => {
    const { low, high } = quantiles[2];
    return [name, ...quantiles.map(({ value }) => show(value)), `${show(low)} to ${show(high)}`];
  };
  return moments
    .filter(({ moment }) => moment.day === days)
    .map(({ moment, quantiles }) => row(moment.series.replaceAll("_", " "), quantiles));
}
