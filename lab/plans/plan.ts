/**
 * A plan: many runs of one scenario, each a pure function of the plan and its index. Nothing holds
 * a list of all runs: a plan of a billion costs as much memory as one of ten.
 */
import type { Source } from "../../scenarios/data-folder.ts";
import type { TableDefinition } from "../../sim/records.ts";
import type { Outcome } from "../outcomes/outcome.ts";
import type { Axis } from "./axis.ts";
import type { Value } from "./expression.ts";
import type { DesignFile } from "./schema.ts";
import type { SubjectKind } from "./subject.ts";

export interface PlannedRun {
  readonly index: number;
  /** The point of the design, and which of its seeds this is; both from 0. */
  readonly point: number;
  readonly replicate: number;
  readonly seed: string;
  /** Every `path=value` over the scenario, the seed included: all that tells this run apart. */
  readonly sets: readonly string[];
  /** By name: those of the design, then derived ones. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** The constraint that this point breaks, so that it is not run; null where it is. */
  readonly rejected: string | null;
}

export interface PlanParameter {
  readonly name: string;
  /** Fields of the scenario that it sets; none where only formulas use it. */
  readonly paths: readonly string[];
  readonly axis: Axis;
}

export interface DerivedParameter {
  readonly name: string;
  readonly paths: readonly string[];
  readonly value: string;
}

export interface Seeds {
  /** The seeds themselves, or how many are made from one. */
  readonly list: readonly string[] | null;
  readonly count: number;
  readonly from: string;
  /** Whether every point has the same seeds. */
  readonly common: boolean;
}

/** Everything that decides what the runs of a plan are, as plain data that survives JSON. */
export interface PlanDefinition {
  readonly format: "hivelab plan 1";
  readonly title: string;
  readonly kind: SubjectKind;
  readonly scenario: { readonly sources: readonly Source[] };
  /** `path=value` in every run. */
  readonly set: readonly string[];
  readonly design: DesignFile;
  readonly parameters: readonly PlanParameter[];
  readonly derived: readonly DerivedParameter[];
  readonly constraints: readonly string[];
  /** Null where nothing is left to chance. */
  readonly seeds: Seeds | null;
  readonly outcomes: readonly Outcome[];
  /** Tables whose rows are kept. */
  readonly tables: readonly string[];
}

export interface PlanLimits {
  readonly run_seconds?: number;
  readonly run_memory_mb?: number;
}

export interface Plan {
  /** Of the plan's file, without its ending. */
  readonly name: string;
  readonly definition: PlanDefinition;
  /** The definition as JSON: the same text for the same plan, whatever the folder or machine. */
  readonly canonical: string;
  /** Where the scenario lies on this machine; for a worker on the same one. */
  readonly scenarioPath: string;
  readonly kind: SubjectKind;
  /** What a run records. */
  readonly recorded: readonly TableDefinition[];
  /** Runs, rejected ones included: indices are 0 ... size - 1. */
  readonly size: number;
  readonly points: number;
  readonly replicates: number;
  readonly parameters: readonly PlanParameter[];
  readonly outcomes: readonly Outcome[];
  readonly limits: PlanLimits;
  /** Throws RangeError for an index that is not of this plan. */
  at(index: number): PlannedRun;
}
