/**
 * What a run is judged by: one number a name. An outcome is measured on the rows that a run
 * records while they pass by, or computed from other outcomes and from the run's parameters.
 * Plain data: an outcome survives JSON and the way to a worker.
 */
import { z } from "zod";
import type { Cell } from "../../sim/records.ts";

/** From the values of a column to one number, in the order of the rows. */
export const REDUCTIONS = [
  "last",
  "first",
  "mean",
  "sum",
  "min",
  "max",
  "median",
  "quantile",
  "deviation",
  "gini",
  "count",
] as const;
export type Reduction = (typeof REDUCTIONS)[number];

export interface MeasuredOutcome {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** Only rows whose columns have these values. */
  readonly where: Readonly<Record<string, Cell>>;
  readonly at: Reduction;
  /** A column: `at` is taken for each of its values, and these numbers become one by `over`. */
  readonly per: string | null;
  readonly over: Reduction;
  /** Of `quantile`, from 0 to 1. */
  readonly q: number;
}

export interface ComputedOutcome {
  readonly name: string;
  /** A formula (lab/plans/expression.ts) over outcomes above it and parameters. */
  readonly value: string;
}

export type Outcome = MeasuredOutcome | ComputedOutcome;

export const isComputed = (outcome: Outcome): outcome is ComputedOutcome => "value" in outcome;

const reduction = z.enum(REDUCTIONS);

/** An outcome as a plan file writes it, below its name. */
export const outcomeSchema = z
  .strictObject({
    table: z.string().max(100).optional().meta({ description: "a table that a run records" }),
    column: z.string().max(100).optional().meta({ description: "a column of it, of numbers" }),
    where: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ description: "only rows whose columns have these values" }),
    at: reduction.optional().meta({ description: "how the rows become one number; `last`" }),
    per: z.string().max(100).optional().meta({
      description: "a column: `at` is taken for each of its values on its own",
    }),
    over: reduction.optional().meta({
      description: "with `per`: how those numbers become one; `mean`",
    }),
    q: z.number().min(0).max(1).optional().meta({ description: "which quantile; 0.5" }),
    value: z.string().min(1).max(1_000).optional().meta({
      description: "instead of a table: a formula over the outcomes above and the parameters",
    }),
  })
  .meta({ description: "one number that a run is judged by" });

export type OutcomeFile = z.output<typeof outcomeSchema>;

/** The tables that have to be recorded for these outcomes. */
export const tablesOf = (outcomes: readonly Outcome[]): ReadonlySet<string> =>
  new Set(outcomes.flatMap((outcome) => (isComputed(outcome) ? [] : [outcome.table])));

/** What a run has to record for its outcomes, and for tables that are kept. */
export interface WantedRows {
  readonly tables: readonly string[];
  /** Of a case; null for all of them. */
  readonly versions: readonly string[] | null;
}

export function wantedRows(outcomes: readonly Outcome[], kept: readonly string[] = []): WantedRows {
  const named = outcomes.flatMap((one) => (isComputed(one) ? [] : [one.where.version]));
  const isNarrow = kept.length === 0 && named.every((name) => typeof name === "string");
  return {
    tables: [...new Set([...kept, ...tablesOf(outcomes)])],
    versions: isNarrow ? [...new Set(named)] : null,
  };
}
