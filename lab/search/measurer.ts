/** Makes a search's runs one by one: what a worker does, and this thread where there are none. */
import { InputMemory } from "../../scenarios/input-memory.ts";
import { type Outcome, type WantedRows, wantedRows } from "../outcomes/outcome.ts";
import { OutcomeSink, type OutcomeValues } from "../outcomes/outcome-sink.ts";
import type { Value } from "../plans/expression.ts";
import { runSubject } from "../plans/run-subject.ts";
import type { SubjectKind } from "../plans/subject.ts";

/** What is the same for all runs of a search. */
export interface MeasureJob {
  readonly kind: SubjectKind;
  readonly scenarioPath: string;
  readonly outcomes: readonly Outcome[];
  readonly runSeconds: number | null;
}

export interface MeasureItem {
  /** Every `path=value`, the seed included. */
  readonly sets: readonly string[];
  readonly parameters: Readonly<Record<string, Value>>;
}

export type Measured =
  | { readonly outcomes: OutcomeValues; readonly error?: undefined }
  | { readonly outcomes: null; readonly error: string };

const MAX_ERROR_CHARACTERS = 300;

export class Measurer {
  private readonly memory = new InputMemory();
  private readonly wanted: WantedRows;

  constructor(private readonly job: MeasureJob) {
    this.wanted = wantedRows(job.outcomes);
  }

  /** A run that fails is a result too: its error, in a line. */
  measure({ sets, parameters }: MeasureItem): Measured {
    const { kind, scenarioPath: path, outcomes, runSeconds } = this.job;
    const sink = new OutcomeSink(outcomes, parameters);
    const start = performance.now();
    const onProgress = () => {
      if (runSeconds !== null && performance.now() - start > 1_000 * runSeconds) {
        throw new Error(`took longer than ${runSeconds} s`);
      }
      return true;
    };
    try {
      runSubject({ kind, path }, sets, sink, {
        ...{ memory: this.memory, ...this.wanted, onProgress },
      });
      return { outcomes: sink.values() };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { outcomes: null, error: text.split("\n")[0].slice(0, MAX_ERROR_CHARACTERS) };
    }
  }
}
