/** `hivelab yuma guarantees`: the chain's consensus guarantees, published and recomputed. */
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { type ComparedThreshold, type GuaranteeMap, guaranteeMap } from "../lab/guarantees/run.ts";
import { writeGuarantees } from "../lab/guarantees/write.ts";
import { checkRunPlace } from "../lab/run-folder.ts";
import { chooseScreener, screenedLine } from "../lab/screening.ts";
import { InputError } from "../scenarios/fault.ts";
import { reportAndExit } from "./failure.ts";
import { screenOf, table } from "./layout.ts";

export interface GuaranteeFlags {
  readonly sigma: string;
  readonly seed: string;
  readonly quick: boolean;
  readonly wholeGrid: boolean;
  readonly backend: string;
  readonly workers?: string;
  readonly out: string;
}

/** Returns the exit code: 1 where a published threshold is missed. */
export async function yumaGuarantees(flags: GuaranteeFlags): Promise<number> {
  try {
    checkRunPlace(flags.out);
    const screener = await chooseScreener(flags.backend);
    if (screener.note !== null) console.error(screener.note);
    const map = await guaranteeMap({
      screener,
      sigma: number("--sigma", flags.sigma, 0, 2),
      seed: BigInt(wholeNumber("--seed", flags.seed, Number.MAX_SAFE_INTEGER)),
      quick: flags.quick,
      wholeGrid: flags.wholeGrid,
      workers: wholeNumber("--workers", flags.workers ?? String(usualWorkers()), 64),
    });
    printThresholds(map);
    const { writeRetentionPage } = await import("../reports/guarantees/retention-page.ts");
    const { reportPath, dir } = await writeGuarantees(map, flags.out, (folder, manifest) =>
      writeRetentionPage(folder, manifest, map),
    );
    console.log(`tables: ${relative(process.cwd(), dir) || "."}/tables`);
    console.log(`chart: ${relative(process.cwd(), reportPath)}`);
    return map.thresholds.every(({ ok }) => ok) ? 0 : 1;
  } catch (error) {
    return reportAndExit(error);
  }
}

const usualWorkers = (): number => Math.min(8, availableParallelism());

function number(flag: string, text: string, low: number, high: number): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= low && value <= high) return value;
  const problem = `${JSON.stringify(text)} is not right here`;
  throw new InputError([{ file: flag, field: "", problem, remedy: `${low} to ${high}` }]);
}

function wholeNumber(flag: string, text: string, high: number): number {
  const value = number(flag, text, 0, high);
  if (Number.isInteger(value)) return value;
  const remedy = `a whole number from 0 to ${high}`;
  throw new InputError([{ file: flag, field: "", problem: `${text} is no whole number`, remedy }]);
}

const percent = (share: number | null): string =>
  share === null ? "none" : `${(share * 100).toFixed(1)} %`;

function printThresholds(map: GuaranteeMap): void {
  const { thresholds, gridCells, seconds, cpuSeconds, options, screened } = map;
  console.log("Self weight that the honest side needs to keep its share of stake, at worst");
  console.log("(sigma 0.4, beta 1, kappa 0.5, xi 0.5 and 60 % of stake unless told)\n");
  const rows = thresholds.map((one) => [
    one.name,
    percent(one.published),
    percent(one.ours),
    differenceText(one),
    one.ok ? "" : "MISSED",
    one.source,
  ]);
  const head = ["varied", "published", "ours", "difference", "", "source"];
  console.log(table(head, rows, screenOf(process.stdout)));
  const threads = options.workers === 0 ? "no worker" : `${options.workers} workers`;
  console.log(
    `\n${gridCells.toLocaleString("en")} cells of 512 neurons in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU, ${threads}, seed ${options.seed})`,
  );
  console.log(screenedLine(screened));
}

const differenceText = ({ difference }: ComparedThreshold): string =>
  difference === null
    ? ""
    : `${difference >= 0 ? "+" : "-"}${Math.abs(difference * 100).toFixed(1)} points`;
