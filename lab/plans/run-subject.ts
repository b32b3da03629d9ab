/** One run of whatever a plan varies, into a sink; nothing is written anywhere. */
import { loadCase } from "../../scenarios/cases/load.ts";
import type { InputMemory } from "../../scenarios/input-memory.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import type { RecordSink } from "../../sim/records.ts";
import { runLoadedCase } from "../cases/run.ts";
import { recordCase } from "../cases/write.ts";
import { simulateScenario } from "../engine.ts";
import { tellingSets } from "./set-faults.ts";
import type { SubjectKind } from "./subject.ts";

export interface RunOptions {
  readonly memory?: InputMemory;
  /** Names of tables whose rows are wanted, in place of the scenario's own. */
  readonly tables?: readonly string[];
  /** Of a case: versions whose rows are wanted, in place of all. */
  readonly versions?: readonly string[] | null;
  /** Called after each step of a world; returning false stops the run with RunStopped. */
  readonly onProgress?: () => boolean;
}

/** Throws InputError for what cannot be read or simulated. */
export function runSubject(
  { kind, path }: { readonly kind: SubjectKind; readonly path: string },
  sets: readonly string[],
  sink: RecordSink,
  { memory, tables, versions, onProgress }: RunOptions = {},
): void {
  if (kind === "case") {
    const whole = tellingSets(sets, () => loadCase(path, sets, [], memory));
    const wanted = whole.versions.filter(({ name }) => versions?.includes(name) ?? true);
    const loaded = { ...whole, versions: wanted };
    recordCase(sink, loaded, runLoadedCase(loaded));
    return;
  }
  simulateScenario(
    tellingSets(sets, () => loadAnyScenario(path, sets, memory)),
    sink,
    { tables, onProgress },
  );
}
