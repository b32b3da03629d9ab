/** `hivelab yuma CASE.yaml`: a case under several versions of Yuma, side by side. */
import { basename, relative } from "node:path";
import { type CaseRun, runLoadedCase, totals } from "../lab/cases/run.ts";
import { writeCase } from "../lab/cases/write.ts";
import { defaultRunFolder } from "../lab/run-folder.ts";
import { loadCase } from "../scenarios/cases/load.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { screenOf, table } from "./layout.ts";

export interface CaseFlags {
  readonly version: readonly string[];
  readonly set: readonly string[];
  readonly out?: string;
}

const MOST_VALIDATORS = 12;

export async function yumaCase(named: string, flags: CaseFlags): Promise<void> {
  try {
    const path = promptedFile(named, "cases");
    const loaded = loadCase(path, flags.set, flags.version);
    const run = runLoadedCase(loaded);
    const name = basename(path).replace(/\.ya?ml$/, "");
    const { writeCasePage } = await import("../reports/cases/case-page.ts");
    const outDir = flags.out ?? defaultRunFolder(`yuma-${name}`);
    const { dir, reportPath } = await writeCase({ loaded, run, name }, outDir, (folder, manifest) =>
      writeCasePage(folder, manifest, run, loaded.file),
    );
    printTotals(run, loaded.file.title, loaded.file.emission_per_epoch);
    console.log(`\ntables: ${relative(process.cwd(), dir) || "."}/tables`);
    console.log(`charts: ${relative(process.cwd(), reportPath)}`);
  } catch (error) {
    reportAndExit(error);
  }
}

function printTotals(run: CaseRun, title: string, emission: number): void {
  console.log(`${title}: ${run.epochs} epochs, ${emission} alpha each`);
  console.log("Mean dividends an epoch in alpha per 1,000 TAO of stake (and share of all)\n");
  const columns = run.versions.map(({ results }) => totals(run, results, emission));
  const largest = [...run.validators.keys()]
    .sort((a, b) => columns[0][b].dividendsAlpha - columns[0][a].dividendsAlpha)
    .slice(0, MOST_VALIDATORS)
    .sort((a, b) => a - b);
  const sums = columns.map((column) => column.reduce((sum, one) => sum + one.dividendsAlpha, 0));
  const rows = largest.map((v) => [
    run.validators[v],
    run.stakeTao[0][v].toFixed(1),
    ...columns.map((column, k) => {
      const share = sums[k] === 0 ? 0 : column[v].dividendsAlpha / sums[k];
      return `${column[v].perThousandTao.toFixed(3)} (${(share * 100).toFixed(1)} %)`;
    }),
  ]);
  const head = ["validator", "stake, TAO", ...run.versions.map(({ name }) => name)];
  console.log(table(head, rows, screenOf(process.stdout)));
  const left = run.validators.length - largest.length;
  if (left > 0) console.log(`and ${left} more validators, in the tables`);
}
