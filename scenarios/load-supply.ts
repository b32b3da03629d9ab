/** From the file of a supply scenario to a checked and completed one. */
import { raoFromTao } from "../sim/amounts.ts";
import { SupplyWorld } from "../sim/bittensor/supply/supply-world.ts";
import { randomSource } from "../sim/random.ts";
import type { Source } from "./data-folder.ts";
import { InputMemory } from "./input-memory.ts";
import { Reading } from "./reading.ts";
import {
  type SupplyScenario,
  supplyScenarioFileSchema,
  supplyScenarioSchema,
} from "./supply-schema.ts";

export interface LoadedSupplyScenario {
  readonly scenario: SupplyScenario;
  readonly sources: readonly Source[];
}

/** Throws InputError with every fault that was found. */
export function loadSupplyScenario(
  path: string,
  sets: readonly string[] = [],
  memory = new InputMemory(),
): LoadedSupplyScenario {
  const reading = new Reading(path, sets, memory);
  const scenario = reading.scenario(supplyScenarioSchema, supplyScenarioFileSchema);
  return { scenario, sources: reading.sources };
}

export function buildSupplyWorld({ seed, supply }: SupplyScenario): SupplyWorld {
  const { start, recycling, one_off_mints } = supply;
  return new SupplyWorld(
    {
      start: { block: start.block, issuanceRao: raoFromTao(start.issuance_tao) },
      recycling: {
        meanShare: recycling.mean_share,
        meanDeviation: recycling.mean_deviation,
        dailyDeviation: recycling.daily_deviation,
        memoryDays: recycling.memory_days,
      },
      mints: one_off_mints.map(({ block, tao, name }) => ({
        ...{ block, amountRao: raoFromTao(tao), name },
      })),
    },
    randomSource(seed).stream("recycling"),
  );
}
