/**
 * A world that is being simulated, whatever its kind: what the lab steps, records and says about
 * it. The kinds stand in worlds/; engine.ts picks the one that a scenario asks for.
 */
import type { TableDefinition } from "../sim/records.ts";
import type { RunFacts } from "./manifest.ts";

export interface RunSpan {
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Milliseconds since 1970, UTC, of the first block. */
  readonly fromTime: number;
  /** What is counted, where it is not blocks of 12 seconds. */
  readonly unit?: { readonly name: string; readonly seconds: number };
}

/** What a manifest says of a world, apart from its name and how long it took. */
export type WorldFacts = Pick<
  RunFacts,
  | "seed"
  | "span"
  | "rule_sets"
  | "bent_rules"
  | "data"
  | "arithmetic"
  | "aggregated"
  | "assumptions"
> & {
  readonly title: string;
  /** The scenario with every default filled in. */
  readonly completed: RunFacts["scenario"]["completed"];
};

export interface Simulation {
  readonly span: RunSpan;
  /** The last block (or day) that is complete. */
  readonly position: number;
  readonly isDone: boolean;
  /** All that changes, for a checkpoint: plain data in members of named classes; else all of it. */
  readonly state?: object;
  /** Which of its stages it is in, where each is built anew from the end of the one before. */
  readonly stage?: number;
  /** The next step begins another stage. */
  readonly endsStage?: boolean;
  /** To the next moment at which something happens; throws ConservationError for wrong books. */
  step(): void;
  /** The last checks of the books. Call once, when done. */
  close(): void;
  facts(): WorldFacts;
}

/** Names of tables that a scenario wants, from its `recording.tables`. */
export function wantedTables(
  all: readonly TableDefinition[],
  wanted: "all" | readonly string[],
): TableDefinition[] {
  return all.filter(({ name }) => wanted === "all" || wanted.includes(name));
}
