/** The options that make up a plan at the prompt, and what `--dry-run` prints. */
import type { Command } from "commander";
import { counted, thousands } from "../lab/plans/confirm.ts";
import type { Estimate } from "../lab/plans/estimate.ts";
import type { PlanFlags } from "../lab/plans/from-flags.ts";
import type { Plan, PlannedRun } from "../lab/plans/plan.ts";

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

export interface PlanOptions extends PlanFlags {
  readonly set: readonly string[];
}

/** Adds what describes a plan; the command adds what it does with it. */
export const withPlanOptions = (command: Command): Command =>
  command
    .option("--param <path=values>", "vary a field: =a,b,c or =from:to:steps[:log]", collect)
    .option("--design <kind[:size]>", "grid, zip, random, latin_hypercube, sobol, saltelli, morris")
    .option("--seeds <count>", "runs of each point with seeds of their own, or their seeds: a,b,c")
    .option("--constraint <formula>", "points for which it is false are not run", collect)
    .option("--outcome <name=what>", "measure table.column[@how], or a formula", collect)
    .option("--keep <table>", "keep this table's rows, not only outcomes", collect)
    .option("--set <path=value>", "override a value of the scenario (repeatable)", collect, []);

/** Throws InputError with a line a fault. */
export async function planOfOptions(path: string, options: PlanOptions): Promise<Plan> {
  const { planSource } = await import("../lab/plans/from-flags.ts");
  const { planFrom } = await import("../lab/plans/load.ts");
  return planFrom(planSource(path, options), options.set);
}

/** Times a probe run and prints what the plan would cost. */
export async function printDryRun(plan: Plan, workers: number): Promise<void> {
  const { estimatePlan } = await import("../lab/plans/estimate.ts");
  console.log(dryRunText(plan, estimatePlan(plan, workers)));
}

export function dryRunText(plan: Plan, estimate: Estimate): string {
  const { rejected, isSampled, probe, secondsPerRun, workers } = estimate;
  const about = isSampled ? "about " : "";
  const made = plan.size - rejected;
  const lines = [
    `runs      ${thousands(plan.size)}: ${counted(plan.points, "point")} x ${counted(plan.replicates, "seed")}`,
    ...(rejected > 0 ? [`rejected  ${about}${thousands(rejected)} by constraints`] : []),
    `first     ${probe ? runText(probe) : "none: every point that was looked at is rejected"}`,
    `time      about ${spanText(estimate.seconds)}: ${counted(made, "run")} of ${spanText(secondsPerRun)} ${workers === 0 ? "one after another, without threads" : `on ${counted(workers, "worker")}`}`,
    `rows      ${thousands(estimate.rowsPerRun)} kept of a run; ${counted(plan.outcomes.length, "outcome")}`,
    `disk      about ${sizeText(estimate.bytes)}`,
  ];
  return lines.join("\n");
}

const runText = ({ parameters, seed }: PlannedRun): string =>
  [
    ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    // Nothing in a case is left to chance.
    ...(seed === "" ? [] : [`seed ${seed}`]),
  ].join("  ");

export function spanText(seconds: number): string {
  if (seconds < 1) return `${Math.max(1, Math.round(1_000 * seconds))} ms`;
  if (seconds < 90) return `${Number(seconds.toPrecision(2))} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  if (hours < 48) return `${Math.round(hours)} h`;
  const days = hours / 24;
  return days < 1_000 ? `${Math.round(days)} days` : `${thousands(days / 365.25)} years`;
}

export function sizeText(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB", "PB"];
  const power = bytes < 1 ? 0 : Math.min(5, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
