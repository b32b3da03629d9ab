/** A scenario before dTAO, as a simulation. */
import { buildRootEraWorld } from "../../scenarios/root-era/build.ts";
import type { LoadedRootEraScenario } from "../../scenarios/root-era/load.ts";
import { rootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { wantedTables } from "../simulation.ts";
import { ChainSimulation } from "./chain-simulation.ts";

export const ROOT_ERA_ARITHMETIC =
  "amounts are whole rao; root shares, prices of places and lock costs in the chain's fixed point, Yuma in I32F32; what an agreed subnet's neurons get is floored from doubles";

export const rootEraWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables(rootEraTables, wanted);

export const rootEraSimulation = (
  loaded: LoadedRootEraScenario,
  sink: RecordSink,
): ChainSimulation =>
  new ChainSimulation(loaded, buildRootEraWorld(loaded, { sink }), ROOT_ERA_ARITHMETIC);
