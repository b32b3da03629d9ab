/** From the file of a scenario before dTAO to a checked and completed one, with its data. */
import { dirname, resolve } from "node:path";
import {
  LAST_ROOT_ERA_BLOCK,
  REVOLUTION_BLOCK,
  rootEraCalendar,
} from "../../sim/bittensor/root-era/calendar.ts";
import type { RootEraOverrides } from "../../sim/bittensor/root-era/parameters.ts";
import { checkTree } from "../check.ts";
import type { DataReference, Source } from "../data-folder.ts";
import { type Fault, InputError } from "../fault.ts";
import { InputMemory } from "../input-memory.ts";
import { type Metagraph, readMetagraph } from "../metagraph.ts";
import { slashedFrom } from "../paths.ts";
import { Reading } from "../reading.ts";
import { fieldName, nodeAt, type Path, placeAt, shown, type Tree } from "../tree.ts";
import { type LoadedDtao, loadDtao } from "./load-dtao.ts";
import {
  type RootEraScenario,
  rootEraScenarioFileSchema,
  rootEraScenarioSchema,
} from "./schema.ts";
import { type RootEraState, readRootEraState } from "./state.ts";

export interface LoadedRootEraScenario {
  readonly scenario: RootEraScenario;
  readonly state: RootEraState;
  /** By netuid of the subnets that are simulated neuron by neuron. */
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
  /** The first block in which root weights divide the emission; null for never. */
  readonly rootFromBlock: number | null;
  readonly overrides: RootEraOverrides;
  readonly untilBlock: number;
  /** What comes after the last block without pools, where the run goes so far. */
  readonly dtao: LoadedDtao | null;
  readonly sources: readonly Source[];
}

/** One that goes on with pools. */
export type CrossingScenario = LoadedRootEraScenario & { readonly dtao: LoadedDtao };

export const isCrossing = (loaded: LoadedRootEraScenario): loaded is CrossingScenario =>
  loaded.dtao !== null;

const DTAO_DATE = "2025-02-13";
const BLOCKS_PER_DAY = 7_200;

/** Whether `chain.from` names a date or block before dTAO: a world of its own. */
export function beginsBeforePools(tree: Tree): boolean {
  const node = nodeAt(tree, ["chain", "from"]);
  if (node?.kind !== "scalar") return false;
  const { value } = node;
  if (typeof value === "number") return value <= LAST_ROOT_ERA_BLOCK;
  return typeof value === "string" && /^\d{4}-/.test(value) && value < DTAO_DATE;
}

/** Throws InputError for a `chain.from` in a scenario of the chain with pools, which has none. */
export function refuseLaterStart(tree: Tree): void {
  const path: Path = ["chain", "from"];
  const node = nodeAt(tree, path);
  if (node?.kind !== "scalar" || node.value === null) return;
  const problem = `${shown(node.value)} is no start before dTAO`;
  const remedy = `a date before ${DTAO_DATE} or a block up to ${LAST_ROOT_ERA_BLOCK}; with pools the run starts from chain.state, and has no \`from\``;
  throw new InputError([{ ...placeAt(tree, path), field: fieldName(path), problem, remedy }]);
}

/** Throws InputError with every fault that was found. */
export function loadRootEraScenario(
  path: string,
  sets: readonly string[] = [],
  memory = new InputMemory(),
): LoadedRootEraScenario {
  const reading = new Reading(path, sets, memory);
  const { tree } = reading;
  const scenario = reading.attempt(() =>
    checkTree(rootEraScenarioSchema, tree, rootEraScenarioFileSchema),
  );
  if (!scenario) throw reading.told();
  const reference: Referrer = (at, text) => reading.reference(at, text);
  const { chain } = scenario;
  const state = reading.attempt(() => readRootEraState(reference(["chain", "state"], chain.state)));
  const metagraphs = new Map<number, Metagraph>();
  chain.detailed_subnets.forEach(({ netuid, metagraph }, index) => {
    const at: Path = ["chain", "detailed_subnets", index];
    const read = reading.attempt(() => readMetagraph(reference([...at, "metagraph"], metagraph)));
    if (read) metagraphs.set(netuid, read);
  });
  if (!state) throw reading.told();
  const untilBlock = state.block + Math.max(1, Math.round(chain.horizon_days * BLOCKS_PER_DAY));
  const after = loadDtao(scenario, tree, state.block, untilBlock);
  reading.faults.push(...crossFaults(scenario, state, tree), ...after.faults);
  if (reading.faults.length > 0) throw reading.told();
  const completed: RootEraScenario = {
    ...scenario,
    chain: { ...chain, ...movedPaths(scenario, path, reference) },
  };
  // What comes after is part of a run that goes so far, given or by default, and of no other.
  if (after.dtao) completed.dtao = after.dtao.section;
  else delete completed.dtao;
  const data = [state, ...metagraphs.values()].flatMap(({ sources }) => sources);
  return {
    scenario: completed,
    state,
    metagraphs,
    rootFromBlock: rootFrom(chain.rules.root_weights_from),
    overrides: overridesOf(chain.rules),
    untilBlock,
    dtao: after.dtao,
    sources: [...reading.sources, ...data],
  };
}

type Referrer = (path: Path, text: string) => DataReference;

/** Paths of data as they would be written in the scenario's own file. */
function movedPaths({ chain }: RootEraScenario, scenarioPath: string, reference: Referrer) {
  const moved = (path: Path, text: string): string => {
    if (!/^\.|[/\\]/.test(text)) return text;
    const target = resolve(dirname(reference(path, text).base), text);
    const way = slashedFrom(dirname(resolve(scenarioPath)), target);
    return way.startsWith(".") ? way : `./${way}`;
  };
  return {
    state: moved(["chain", "state"], chain.state),
    detailed_subnets: chain.detailed_subnets.map((subnet, index) => ({
      ...subnet,
      metagraph: moved(["chain", "detailed_subnets", index, "metagraph"], subnet.metagraph),
    })),
  };
}

/** The first block of a date, or the block itself. */
const blockOf = (when: string | number): number =>
  typeof when === "number" ? when : rootEraCalendar.blockAt(Date.parse(when));

function rootFrom(when: string | number): number | null {
  if (when === "never") return null;
  return when === "timeline" ? REVOLUTION_BLOCK : blockOf(when);
}

function overridesOf(rules: RootEraScenario["chain"]["rules"]): RootEraOverrides {
  const u16 = (share: number) => Math.round(share * 65_535);
  const all: { [K in keyof RootEraOverrides]: RootEraOverrides[K] | undefined } = {
    rootRho: rules.root_rho,
    rootKappa: rules.root_kappa_share,
    ownerCutU16: rules.owner_cut_share === undefined ? undefined : u16(rules.owner_cut_share),
    subnetLimit: rules.subnet_limit,
    subnetImmunityBlocks: rules.subnet_immunity_blocks,
    subnetRateLimitBlocks: rules.subnet_rate_limit_blocks,
    minLockRao:
      rules.min_lock_tao === undefined
        ? undefined
        : BigInt(Math.round(rules.min_lock_tao * 1e6)) * 1_000n,
    lockReductionBlocks: rules.lock_reduction_blocks,
    hotkeyCreditBlocks: rules.hotkey_credit_blocks,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as RootEraOverrides;
}

const isoDay = (block: number): string =>
  new Date(rootEraCalendar.timeOf(block)).toISOString().slice(0, 10);

/** What no single field can see. */
function crossFaults({ chain, agents }: RootEraScenario, state: RootEraState, tree: Tree): Fault[] {
  const faults: Fault[] = [];
  const add = (path: Path, problem: string, remedy: string) =>
    faults.push({ ...placeAt(tree, path), field: fieldName(path), problem, remedy });
  const isStart =
    typeof chain.from === "number"
      ? chain.from === state.block
      : chain.from === isoDay(state.block);
  if (!isStart) {
    const remedy = `${isoDay(state.block)} or ${state.block}, or another state: finney-genesis-2023 is of 2023-03-20, finney-root-2024 of 2024-11-24`;
    add(["chain", "from"], `${chain.from} is not when ${chain.state} was taken`, remedy);
  }
  const netuids = state.kind === "genesis" ? [3] : state.subnets.map(({ netuid }) => netuid);
  const listed = new Set<number>();
  for (const [index, { netuid }] of chain.detailed_subnets.entries()) {
    const path: Path = ["chain", "detailed_subnets", index, "netuid"];
    if (state.kind === "genesis") {
      add(path, "the state of March 2023 has no weights", "no detailed subnets");
    } else if (!netuids.includes(netuid)) {
      add(path, `${netuid} does not exist in ${chain.state}`, "a subnet of the state");
    } else if (listed.has(netuid)) add(path, `${netuid} is listed twice`, "list it once");
    listed.add(netuid);
  }
  if (agents.cabal.members > 0) {
    const { netuid, members, first_rank: rank } = agents.cabal;
    const validators =
      state.kind === "genesis" ? agents.root_validators.count : state.validators.length;
    if (rank + members - 1 > validators) {
      const problem = `ranks ${rank} to ${rank + members - 1}, but there are ${validators} validators`;
      add(["agents", "cabal", "members"], problem, "fewer members, or a higher rank");
    }
    if (!netuids.includes(netuid)) {
      const problem = `${netuid} does not exist in ${chain.state}`;
      add(["agents", "cabal", "netuid"], problem, "a subnet that the run starts with");
    } else if (listed.has(netuid)) {
      const problem = `${netuid} is simulated neuron by neuron`;
      add(["agents", "cabal", "netuid"], problem, "a subnet whose miners are one");
    }
  }
  if (state.kind === "captured") {
    const { delegators, owners, miners } = agents;
    const locked = state.subnets.reduce((sum, { lockRao }) => sum + (lockRao ?? 0n), 0n);
    const freeTao = Number(state.totalIssuanceRao - state.stakedRao - locked) / 1e9;
    if (delegators.wealth_tao + owners.capital_tao + miners.capital_tao > freeTao) {
      const problem = `delegators, founders and miners would hold more than the ${Math.floor(freeTao)} TAO that are free`;
      add(["agents", "delegators", "wealth_tao"], problem, "less wealth_tao or capital_tao");
    }
  }
  return faults;
}
