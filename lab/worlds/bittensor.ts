/** A scenario of the chain alone, as a simulation. */
import { buildWorld } from "../../scenarios/build-world.ts";
import type { LoadedScenario } from "../../scenarios/load.ts";
import { bittensorTables } from "../../sim/bittensor/tables.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { wantedTables } from "../simulation.ts";
import { ChainSimulation } from "./chain-simulation.ts";
import { arithmeticLine } from "./facts.ts";

export const bittensorWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables(bittensorTables, wanted);

export const bittensorSimulation = (loaded: LoadedScenario, sink: RecordSink): ChainSimulation =>
  new ChainSimulation(loaded, buildWorld(loaded, { sink }), arithmeticLine(loaded));
