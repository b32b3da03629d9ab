/** From the file of a supply scenario to a checked and completed one. */
import { raoFromTao } from "../sim/amounts.ts";
import { SupplyWorld } from "../sim/bittensor/supply/supply-world.ts";
import { randomSource } from "../sim/random.ts";
import { checkTree, inOrder } from "./check.ts";
import type { Source } from "./data-folder.ts";
import { rememberedTree } from "./extends.ts";
import { type Fault, InputError } from "./fault.ts";
import { InputMemory } from "./input-memory.ts";
import { projectFolder } from "./paths.ts";
import { applySets } from "./sets.ts";
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
  const { tree: fromFiles, files } = rememberedTree(path, projectFolder(path), memory);
  const { tree, faults } = applySets(fromFiles, sets);
  const found: Fault[] = [...faults];
  let scenario: SupplyScenario | undefined;
  try {
    scenario = checkTree(supplyScenarioSchema, tree, supplyScenarioFileSchema);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    found.push(...error.faults);
  }
  if (!scenario || found.length > 0) {
    const order = files.map(({ file }) => file.shownAs);
    throw new InputError(inOrder(found, order));
  }
  const sources = files.map(({ file }) => ({
    ...{ path: file.source, sha256: file.sha256, source: "scenario" },
  }));
  return { scenario, sources };
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
