/** Which of two points is better: those that meet the conditions first, then by the objective. */
import type { OutcomeValues } from "../outcomes/outcome-sink.ts";
import { type Expression, parseExpression, type Values } from "../plans/expression.ts";
import type { SearchDefinition, SearchPoint } from "./search-plan.ts";

/** One run's verdict, in the direction of the search: smaller is better. */
export interface Verdict {
  /** The objective times its sign; infinite where the run failed or has no value. */
  readonly loss: number;
  /** By how much conditions are missed, 0 where they hold. */
  readonly missed: number;
}

export class Judge {
  private readonly objective: Expression;
  private readonly sign: number;
  private readonly conditions: readonly Expression[];

  constructor({ objective, subjectTo }: SearchDefinition) {
    this.objective = parseExpression(objective.formula);
    this.sign = objective.sign;
    this.conditions = subjectTo.map((text) => parseExpression(text));
  }

  /** `outcomes` are null where the run failed. */
  verdict({ parameters }: SearchPoint, outcomes: OutcomeValues | null): Verdict {
    if (outcomes === null) return { loss: Number.POSITIVE_INFINITY, missed: Infinity };
    const values: Values = { ...parameters, ...outcomes };
    const value = this.objective.compute(values);
    const loss = typeof value === "number" ? this.sign * value : Number.POSITIVE_INFINITY;
    const margins = this.conditions.map((one) => one.margin(values) ?? Number.NEGATIVE_INFINITY);
    return { loss: Number.isNaN(loss) ? Infinity : loss, missed: -Math.min(0, ...margins) };
  }
}

/** The means over a point's seeds. */
export function meanVerdict(verdicts: readonly Verdict[]): Verdict {
  const mean = (of: (verdict: Verdict) => number) =>
    verdicts.reduce((sum, one) => sum + of(one), 0) / verdicts.length;
  return { loss: mean(({ loss }) => loss), missed: mean(({ missed }) => missed) };
}

/** Negative where the first is better (after Deb, 2000); 0 where neither is. */
export function compareVerdicts(a: Verdict, b: Verdict): number {
  if (a.missed === 0 && b.missed === 0) return difference(a.loss, b.loss);
  return difference(a.missed, b.missed) || difference(a.loss, b.loss);
}

const difference = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
