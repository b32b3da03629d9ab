/**
 * Sensitivity of a finished sweep's outcomes to its parameters: Sobol indices of a Saltelli
 * design, Morris's measures of trajectories, and what any other sample shows; each with intervals,
 * and how they settled.
 */
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { morrisBlock, trajectoryOf } from "../plans/designs/morris.ts";
import { saltelliBlock } from "../plans/designs/saltelli.ts";
import type { PlanDefinition } from "../plans/plan.ts";
import { pointsOf } from "../plans/points.ts";
import { type BootstrapOptions, bootstrapped, type Estimate, usualBootstrap } from "./bootstrap.ts";
import { givenColumn, givenMeasures } from "./given-data.ts";
import { morrisMeasures } from "./morris-measures.ts";
import { chosenOutcomes, type FinishedSweep, meansByPoint } from "./read-sweep.ts";
import { sobolIndices } from "./sobol-indices.ts";

/** `first` and `total`, or `mu_star`, `mu` and `sigma`, or `first` and `rank`. */
export type Measure = "first" | "total" | "mu_star" | "mu" | "sigma" | "rank";

/** `given`: any sample that was not made for indices. */
export type AnalysisKind = "saltelli" | "morris" | "given";

export const MEASURES = {
  saltelli: ["first", "total"],
  morris: ["mu_star", "mu", "sigma"],
  given: ["first", "rank"],
} as const satisfies Record<string, readonly Measure[]>;

export interface ParameterSensitivity {
  readonly parameter: string;
  readonly measures: Readonly<Partial<Record<Measure, Estimate>>>;
}

export interface OutcomeSensitivity {
  readonly outcome: string;
  /** Blocks of runs that estimates rest on: base points, trajectories or points; and those left out. */
  readonly blocks: number;
  readonly missing: number;
  readonly parameters: readonly ParameterSensitivity[];
  /** The same from the first blocks alone, more and more of them. */
  readonly convergence: readonly {
    readonly blocks: number;
    readonly parameters: readonly ParameterSensitivity[];
  }[];
}

export interface Sensitivity {
  readonly kind: AnalysisKind;
  readonly name: string;
  readonly title: string;
  readonly seeds: number;
  readonly options: BootstrapOptions;
  readonly outcomes: readonly OutcomeSensitivity[];
}

export interface SensitivityOptions extends Partial<BootstrapOptions> {
  /** All of the sweep's where none are named. */
  readonly outcomes?: readonly string[];
}

/** Throws InputError for a design whose parameters cannot be told apart, or an unknown outcome. */
export function analyseSweep(sweep: FinishedSweep, options: SensitivityOptions = {}): Sensitivity {
  const { definition, name, dir } = sweep;
  const { design, parameters } = definition;
  const isZipped = design.kind === "zip" || (design.kind === "grid" && design.zip !== undefined);
  const problem =
    parameters.length === 0
      ? "varies no parameter"
      : isZipped
        ? "moves parameters together, so that nobody can tell them apart"
        : null;
  if (problem !== null) {
    const remedy = "make a sweep with `design: { kind: saltelli, ... }` or morris";
    throw new InputError([{ file: shownPath(dir), field: "design", problem, remedy }]);
  }
  const { outcomes: wanted = [], ...rest } = options;
  const bootstrap = { ...usualBootstrap, ...rest };
  const kind = design.kind === "saltelli" || design.kind === "morris" ? design.kind : "given";
  return {
    ...{ kind, name, title: definition.title, options: bootstrap },
    seeds: definition.seeds?.count ?? 1,
    outcomes: chosenOutcomes(sweep, wanted).map((outcome) => {
      const values = meansByPoint(sweep, outcome);
      if (kind !== "given") return outcomeSensitivity(definition, outcome, values, bootstrap);
      return settled(definition, outcome, givenEstimator(sweep, values), bootstrap);
    }),
  };
}

function givenEstimator({ definition }: FinishedSweep, values: Float64Array): Estimator {
  const { at, replicates } = pointsOf(definition);
  const whole = Array.from(values, (_, k) => k).filter((k) => Number.isFinite(values[k]));
  const points = whole.map((point) => at(point * replicates).parameters);
  const columns = definition.parameters.map(({ name }) =>
    givenColumn(points.map((parameters) => parameters[name])),
  );
  const outcome = Float64Array.from(whole, (k) => values[k]);
  return {
    blocks: whole.length,
    missing: values.length - whole.length,
    measures: MEASURES.given,
    estimate: (chosen) => givenMeasures(columns, outcome, chosen),
  };
}

/** The fewest blocks that anything is said from. */
const FEWEST = 4;

/** `values` are an outcome's by point of the design. */
export function outcomeSensitivity(
  definition: Pick<PlanDefinition, "design" | "parameters">,
  outcome: string,
  values: Float64Array,
  options: BootstrapOptions,
): OutcomeSensitivity {
  return settled(definition, outcome, estimatorOf(definition, values), options);
}

function settled(
  definition: Pick<PlanDefinition, "parameters">,
  outcome: string,
  { blocks, missing, measures, estimate }: Estimator,
  options: BootstrapOptions,
): OutcomeSensitivity {
  const names = definition.parameters.map(({ name }) => name);
  const upTo = (count: number): ParameterSensitivity[] => {
    const estimates = bootstrapped(count, estimate, options);
    return names.map((parameter, k) => ({
      parameter,
      measures: Object.fromEntries(
        measures.map((measure, m) => [measure, estimates[m * names.length + k]]),
      ),
    }));
  };
  if (blocks < FEWEST) {
    const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    const parameters = names.map((parameter) => ({
      parameter,
      measures: Object.fromEntries(measures.map((measure) => [measure, nothing])),
    }));
    return { outcome, blocks, missing, parameters, convergence: [] };
  }
  const convergence = stages(blocks).map((count) => ({ blocks: count, parameters: upTo(count) }));
  return { outcome, blocks, missing, parameters: convergence.at(-1)!.parameters, convergence };
}

/** Twelve numbers of blocks or fewer, equal factors apart; all of them last. */
function stages(blocks: number): number[] {
  const found = new Set<number>();
  for (let k = 11; k >= 0; k--) {
    const count = Math.round(blocks / 2 ** (k / 2));
    if (count >= FEWEST * 2 || k === 0) found.add(count);
  }
  return [...found];
}

interface Estimator {
  readonly blocks: number;
  readonly missing: number;
  readonly measures: readonly Measure[];
  readonly estimate: (chosen: Uint32Array) => Float64Array;
}

function estimatorOf(
  { design, parameters }: Pick<PlanDefinition, "design" | "parameters">,
  values: Float64Array,
): Estimator {
  const dimensions = parameters.length;
  const isSaltelli = design.kind === "saltelli";
  const size = isSaltelli ? saltelliBlock(dimensions) : morrisBlock(dimensions);
  const all = values.length / size;
  const whole = Array.from({ length: all }, (_, k) => k).filter((block) =>
    values.subarray(block * size, (block + 1) * size).every(Number.isFinite),
  );
  const common = { blocks: whole.length, missing: all - whole.length };
  const column = (part: number) => Float64Array.from(whole, (block) => values[block * size + part]);
  if (isSaltelli) {
    const outcomes = {
      a: column(0),
      b: column(1),
      mixed: parameters.map((_, k) => column(2 + k)),
    };
    const estimate = (chosen: Uint32Array) => sobolIndices(outcomes, chosen);
    return { ...common, measures: MEASURES.saltelli, estimate };
  }
  if (design.kind !== "morris") throw new Error(`no indices of ${design.kind}`);
  const effects = parameters.map(() => new Float64Array(whole.length));
  whole.forEach((block, at) => {
    const { order, steps } = trajectoryOf(block, dimensions, design.levels, design.seed);
    order.forEach((parameter, move) => {
      const from = values[block * size + move];
      effects[parameter][at] = (values[block * size + move + 1] - from) / steps[parameter];
    });
  });
  const estimate = (chosen: Uint32Array) => morrisMeasures(effects, chosen);
  return { ...common, measures: MEASURES.morris, estimate };
}
