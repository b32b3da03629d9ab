/**
 * A search: CMA-ES over the plan's parameters, generations ranked by races of seeds, restarted
 * with twice the population when it has settled and runs are left (Auger and Hansen, 2005). The
 * best points of all generations meet in a last race, and the winner is confirmed on fresh seeds
 * beside the scenario as it is. What it does depends on its definition alone.
 */
import { randomSource } from "../../sim/random.ts";
import { type Axis, levelCount, valueAt } from "../plans/axis.ts";
import type { Value } from "../plans/expression.ts";
import { CmaEs, type Drawn, inCube } from "./cma-es.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Measured } from "./measurer.ts";
import { race, ranked } from "./race.ts";
import { compareVerdicts, Judge, meanVerdict, type Verdict } from "./score.ts";
import {
  pointsOfSearch,
  type SearchDefinition,
  type SearchPoint,
  setsWithSeed,
} from "./search-plan.ts";

export interface GenerationRow {
  /** From 0. */
  readonly restart: number;
  readonly generation: number;
  /** Runs asked for until then. */
  readonly used: number;
  /** The generation's best, by its mean over the seeds that it was tried on. */
  readonly objective: number | null;
  readonly missed: number;
  readonly parameters: SearchPoint["parameters"];
  /** Mean standard deviation of the distribution, in parts of the ranges. */
  readonly spread: number;
}

export interface SearchOutcome {
  readonly generations: readonly GenerationRow[];
  readonly best: SearchPoint;
  /** Of the last race: seeds that the winner was tried on, and its mean there. */
  readonly raced: { readonly seeds: number; readonly objective: number | null; missed: number };
  /** On fresh seeds, which played no part in the search. */
  readonly confirmed: Confirmation;
  /** The scenario as it is, on the same seeds. */
  readonly asItIs: Confirmation;
  /** Descents after the first. */
  readonly restarts: number;
  readonly used: number;
  readonly failed: number;
  /** How many of the distributions settled before the budget ended. */
  readonly settled: number;
}

export interface Confirmation {
  readonly seeds: readonly string[];
  /** By seed; null where the run failed. */
  readonly runs: readonly Measured["outcomes"][];
  readonly objectives: readonly (number | null)[];
  /** Seeds on which every condition held. */
  readonly valid: number;
}

export interface SearchProgress {
  readonly used: number;
  readonly budget: number;
  readonly best: number | null;
}

/** Points of all generations that meet in the last race. */
const FINALISTS = 8;
const FIRST_SIGMA = 0.3;
/** Draws until one meets the constraints on parameters. */
const MAX_DRAWS = 100;
/** Generations without a better point after which a restart is due, and their part per dimension. */
const PATIENCE = 20;

interface Finalist {
  readonly point: SearchPoint;
  readonly verdict: Verdict;
}

export async function search(
  definition: SearchDefinition,
  evaluator: Evaluator,
  onGeneration: (progress: SearchProgress) => void = () => {},
): Promise<SearchOutcome> {
  return new Search(definition, evaluator, onGeneration).run();
}

class Search {
  private readonly judge: Judge;
  private readonly axes: readonly Axis[];
  private readonly pointOf: (values: readonly Value[]) => SearchPoint;
  private readonly generations: GenerationRow[] = [];
  private finalists: Finalist[] = [];

  constructor(
    private readonly definition: SearchDefinition,
    private readonly evaluator: Evaluator,
    private readonly onGeneration: (progress: SearchProgress) => void,
  ) {
    this.judge = new Judge(definition);
    this.pointOf = pointsOfSearch(definition);
    this.axes = definition.parameters.map(({ axis }) => axis);
  }

  async run(): Promise<SearchOutcome> {
    let restart = 0;
    let settled = 0;
    while (this.hasRoom(restart)) {
      if (await this.descend(restart)) settled++;
      restart++;
    }
    const { used } = this.evaluator;
    const { point, verdicts } = await this.lastRace();
    const mean = meanVerdict(verdicts);
    const confirmed = await this.confirm(point);
    const asItIs = await this.confirm(this.scenarioItself());
    return {
      generations: this.generations,
      best: point,
      raced: {
        seeds: verdicts.length,
        objective: this.objectiveOf(mean.loss),
        missed: mean.missed,
      },
      ...{ confirmed, asItIs, restarts: restart - 1, used, settled },
      failed: this.evaluator.failed,
    };
  }

  /** Whether the budget holds one more generation. */
  private hasRoom(restart: number): boolean {
    const { definition, evaluator } = this;
    const first = definition.seeds?.first ?? 1;
    const population = this.populationOf(restart);
    return (
      this.generations.length === 0 || evaluator.used + population * first <= definition.budget
    );
  }

  private populationOf(restart: number): number {
    const usual = new CmaEs(this.settings(0)).population;
    return usual * 2 ** restart;
  }

  private settings(restart: number) {
    const { population, seed, parameters } = this.definition;
    const random = randomSource(seed).stream(`search/${restart}/start`);
    return {
      // The first search starts in the middle, others anywhere.
      start: parameters.map(() => (restart === 0 ? 0.5 : random.uniform())),
      sigma: FIRST_SIGMA,
      population,
      cells: this.axes.map((axis) => {
        const levels = levelCount(axis);
        if (levels !== null) return 1 / levels;
        return axis.kind === "range" && axis.whole ? 1 / (axis.to - axis.from + 1) : 0;
      }),
    };
  }

  /** One search from its start until it has settled (true) or the budget ends. */
  private async descend(restart: number): Promise<boolean> {
    const { definition } = this;
    const population = this.populationOf(restart);
    const cma = new CmaEs({ ...this.settings(restart), population });
    let best: Verdict | null = null;
    let since = 0;
    while (this.hasRoom(restart)) {
      const drawn = Array.from({ length: population }, (_, k) =>
        this.draw(cma, `${restart}/${cma.generation}/${k}`),
      );
      const verdicts = await this.judged(
        drawn.map(({ point }) => point),
        { salt: `${restart}.${cma.generation}`, winners: cma.parents },
      );
      const order = ranked(verdicts, cma.parents);
      const means = verdicts.map(meanVerdict);
      this.remember(order.slice(0, 2).map((k) => ({ point: drawn[k].point, verdict: means[k] })));
      const leader = means[order[0]];
      cma.tell(order.map((k) => drawn[k].at));
      this.record(cma, restart, { point: drawn[order[0]].point, verdict: leader });
      since = best === null || compareVerdicts(leader, best) < 0 ? 0 : since + 1;
      if (since === 0) best = leader;
      if (cma.hasConverged(definition.tolerance)) return true;
      if (since > PATIENCE + (30 * cma.dimensions) / population) return true;
    }
    return false;
  }

  private draw(cma: CmaEs, name: string): { at: Drawn; point: SearchPoint } {
    const random = randomSource(this.definition.seed).stream(`search/${name}`);
    let nearest: { at: Drawn; point: SearchPoint } | null = null;
    for (let attempt = 0; attempt < MAX_DRAWS; attempt++) {
      const at = cma.draw(random);
      const values = inCube(at).map((x, k) => valueAt(this.axes[k], x));
      const point = this.pointOf(values);
      if (point.margin >= 0) return { at, point };
      if (!nearest || point.margin > nearest.point.margin) nearest = { at, point };
    }
    return nearest!;
  }

  /** Verdicts by point and seed, as many seeds as the race took. */
  private async judged(
    points: readonly SearchPoint[],
    { salt, winners, most }: { salt: string; winners: number; most?: boolean },
  ): Promise<Verdict[][]> {
    const { seeds } = this.definition;
    const upTo = seeds?.most ?? 1;
    const first = most ? upTo : (seeds?.first ?? 1);
    return race(points.length, { first, most: upTo, winners }, async (who, from, to) => {
      const names = Array.from({ length: to - from }, (_, k) =>
        seeds === null ? null : `${seeds.from}/${salt}/${from + k}`,
      );
      // A point that breaks a constraint on parameters is not run.
      const tried = who.filter((k) => points[k].margin >= 0);
      const runs = await this.runsOf(
        tried.map((k) => points[k]),
        names,
      );
      return who.map((k) => {
        const own = runs[tried.indexOf(k)];
        if (own) return own.map(({ outcomes }) => this.judge.verdict(points[k], outcomes));
        return names.map(() => ({ loss: -points[k].margin, missed: Number.MAX_VALUE }));
      });
    });
  }

  private async runsOf(
    points: readonly SearchPoint[],
    seeds: readonly (string | null)[],
  ): Promise<Measured[][]> {
    const items = points.flatMap((point) =>
      seeds.map((seed) => ({
        sets: setsWithSeed(point, seed),
        parameters: point.parameters,
      })),
    );
    const flat = await this.evaluator.evaluate(items);
    return points.map((_, k) => flat.slice(k * seeds.length, (k + 1) * seeds.length));
  }

  /** Keeps the best of all so far, each point once. */
  private remember(found: readonly Finalist[]): void {
    const known = new Map<string, Finalist>();
    for (const one of [...this.finalists, ...found]) {
      const key = JSON.stringify(one.point.parameters);
      const other = known.get(key);
      if (!other || compareVerdicts(one.verdict, other.verdict) < 0) known.set(key, one);
    }
    this.finalists = [...known.values()]
      .sort((a, b) => compareVerdicts(a.verdict, b.verdict))
      .slice(0, FINALISTS);
  }

  private record(cma: CmaEs, restart: number, { point, verdict }: Finalist): void {
    const deviations = cma.deviations();
    this.generations.push({
      restart,
      generation: cma.generation - 1,
      used: this.evaluator.used,
      objective: this.objectiveOf(verdict.loss),
      missed: verdict.missed,
      parameters: point.parameters,
      spread: deviations.reduce((sum, one) => sum + one, 0) / deviations.length,
    });
    this.onGeneration({
      used: this.evaluator.used,
      budget: this.definition.budget,
      best: this.objectiveOf(this.finalists[0].verdict.loss),
    });
  }

  private async lastRace(): Promise<{ point: SearchPoint; verdicts: Verdict[] }> {
    const points = this.finalists.map(({ point }) => point);
    const verdicts = await this.judged(points, { salt: "final", winners: 1, most: true });
    const [winner] = ranked(verdicts, 1);
    return { point: points[winner], verdicts: verdicts[winner] };
  }

  private async confirm(point: SearchPoint): Promise<Confirmation> {
    const { seeds } = this.definition;
    const names: (string | null)[] =
      seeds === null
        ? [null]
        : Array.from({ length: seeds.confirm }, (_, k) => `${seeds.from}/confirm/${k}`);
    const [runs] = await this.runsOf([point], names);
    const verdicts = runs.map(({ outcomes }) => this.judge.verdict(point, outcomes));
    return {
      seeds: names.map((name) => name ?? ""),
      runs: runs.map(({ outcomes }) => outcomes),
      objectives: verdicts.map(({ loss }) => this.objectiveOf(loss)),
      valid: verdicts.filter(({ missed }) => missed === 0).length,
    };
  }

  /** What the plan sets in every run, and no more; formulas know the values that are written. */
  private scenarioItself(): SearchPoint {
    const { asItIs, set } = this.definition;
    return { parameters: asItIs, sets: set, margin: 0 };
  }

  private objectiveOf(loss: number): number | null {
    return Number.isFinite(loss) ? this.definition.objective.sign * loss : null;
  }
}
