/** From a plan's definition and an index to that run: nothing else plays a part. */
import { type Axis, valueAt } from "./axis.ts";
import { gridPoint, gridSize } from "./designs/grid.ts";
import { latinHypercube, randomPoints } from "./designs/latin.ts";
import { morris } from "./designs/morris.ts";
import { saltelli } from "./designs/saltelli.ts";
import { sobolSequence } from "./designs/sobol.ts";
import type { UnitDesign } from "./designs/unit-design.ts";
import { type Expression, ExpressionError, parseExpression, type Value } from "./expression.ts";
import type { PlanDefinition, PlannedRun } from "./plan.ts";
import { settingsOf } from "./settings.ts";

export interface Points {
  readonly points: number;
  readonly replicates: number;
  readonly size: number;
  at(index: number): PlannedRun;
}

/** The runs of a plan. The definition must be one that the loader has checked. */
export function pointsOf(definition: PlanDefinition): Points {
  const axes = definition.parameters.map(({ axis }) => axis);
  const design = designOf(definition, axes);
  const replicates = definition.seeds?.count ?? 1;
  const size = design.points * replicates;
  const constraints = definition.constraints.map((text) => parseExpression(text));
  const settings = settingsOf(definition);
  const at = (index: number): PlannedRun => {
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`run ${index} of a plan of ${size}`);
    }
    const point = Math.floor(index / replicates);
    const replicate = index % replicates;
    const seed = seedOf(definition, point, replicate);
    const { parameters, sets, missing } = settings(design.at(point));
    const planned = { index, point, replicate, seed, parameters };
    // What has no value sets nothing, and its point is not run.
    if (missing)
      return { ...planned, sets, rejected: `${missing.name}: ${missing.value} has no value` };
    const seeded = definition.seeds ? [...sets, `seed=${JSON.stringify(seed)}`] : sets;
    return { ...planned, sets: seeded, rejected: brokenOf(constraints, parameters) };
  };
  return { points: design.points, replicates, size, at };
}

/** The first constraint that does not hold, with why where it cannot be computed; or null. */
function brokenOf(constraints: readonly Expression[], parameters: PlannedRun["parameters"]) {
  for (const one of constraints) {
    try {
      if (one.compute(parameters) !== true) return one.text;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return `${one.text}: ${error.problem}`;
    }
  }
  return null;
}

function seedOf({ seeds }: PlanDefinition, point: number, replicate: number): string {
  if (!seeds) return "";
  if (seeds.list) return seeds.list[replicate];
  if (!seeds.common) return `${seeds.from}/${point}/${replicate}`;
  return seeds.count === 1 ? seeds.from : `${seeds.from}/${replicate}`;
}

interface Design {
  readonly points: number;
  at(point: number): readonly Value[];
}

function designOf({ design, parameters }: PlanDefinition, axes: readonly Axis[]): Design {
  if (design.kind !== "grid" && design.kind !== "zip") {
    const { points, unit } = unitDesign(design, axes.length);
    const at = (point: number) => unit(point).map((coordinate, k) => valueAt(axes[k], coordinate));
    return { points, at };
  }
  const groups = groupsOf(
    design,
    parameters.map(({ name }) => name),
  );
  return {
    points: gridSize(axes, groups),
    at: (point) => gridPoint(axes, groups, point),
  };
}

type UnitDesignFile = Exclude<PlanDefinition["design"], { kind: "grid" | "zip" }>;

export function unitDesign(design: UnitDesignFile, dimensions: number): UnitDesign {
  const { seed } = design;
  switch (design.kind) {
    case "random":
      return randomPoints(design.points, dimensions, seed);
    case "latin_hypercube":
      return latinHypercube(design.points, dimensions, seed);
    case "sobol":
      return sobolSequence(design.points, dimensions, design.scramble === "owen" ? seed : null);
    case "saltelli":
      return saltelli(design.base, dimensions, seed);
    case "morris":
      return morris(design.trajectories, dimensions, design);
  }
}

/** Which parameters go together, by position. */
export function groupsOf(design: PlanDefinition["design"], names: readonly string[]): number[][] {
  if (design.kind === "zip") return names.length === 0 ? [] : [names.map((_, k) => k)];
  const zipped = (design.kind === "grid" ? (design.zip ?? []) : []).map((group) =>
    group.map((name) => names.indexOf(name)),
  );
  const alone = names.map((_, k) => k).filter((k) => !zipped.some((group) => group.includes(k)));
  return [...zipped, ...alone.map((k) => [k])].sort((a, b) => Math.min(...a) - Math.min(...b));
}
