/** From the file of a FLock scenario to a checked and completed one. */
import { dayOfDate, overridesOf } from "../agents/flock/config.ts";
import { flockParameters } from "../sim/flock/parameters.ts";
import { inOrder } from "./check.ts";
import type { Source } from "./data-folder.ts";
import { type Fault, InputError } from "./fault.ts";
import {
  type FlockScenario,
  flockScenarioFileSchema,
  flockScenarioSchema,
} from "./flock-schema.ts";
import { InputMemory } from "./input-memory.ts";
import { type LoadedScenario, loadScenario } from "./load.ts";
import { type LoadedSupplyScenario, loadSupplyScenario } from "./load-supply.ts";
import { attempted, Reading, treeWithSets } from "./reading.ts";
import {
  beginsBeforePools,
  type LoadedRootEraScenario,
  loadRootEraScenario,
  refuseLaterStart,
} from "./root-era/load.ts";
import { fieldName, nodeAt, type Path, placeAt, type Tree } from "./tree.ts";

export interface LoadedFlockScenario {
  readonly scenario: FlockScenario;
  /** Every file that went in. */
  readonly sources: readonly Source[];
}

/** Two economies in one scenario: FLock, and the chain on which its research subnet lives. */
export interface LoadedBoth {
  readonly chain: LoadedScenario;
  readonly flock: LoadedFlockScenario;
}

export type AnyLoadedScenario =
  | { readonly kind: "bittensor"; readonly loaded: LoadedScenario }
  | { readonly kind: "flock"; readonly loaded: LoadedFlockScenario }
  | { readonly kind: "both"; readonly loaded: LoadedBoth }
  | { readonly kind: "supply"; readonly loaded: LoadedSupplyScenario }
  | { readonly kind: "root era"; readonly loaded: LoadedRootEraScenario };

export type WorldKind = AnyLoadedScenario["kind"];

/**
 * What a scenario simulates: a `flock` section means FLock, a `chain` section beside it both, a
 * `supply` section alone the supply of TAO,
 * `chain.from` before dTAO the chain of that time.
 */
export function worldKind(
  path: string,
  sets: readonly string[] = [],
  memory = new InputMemory(),
): WorldKind {
  const tree = treeOf(path, sets, memory);
  if (!nodeAt(tree, ["flock"])) {
    if (beginsBeforePools(tree)) return "root era";
    return nodeAt(tree, ["supply"]) && !nodeAt(tree, ["chain"]) ? "supply" : "bittensor";
  }
  return nodeAt(tree, ["chain"]) ? "both" : "flock";
}

const treeOf = (path: string, sets: readonly string[], memory: InputMemory): Tree =>
  treeWithSets(path, sets, memory).tree;

/** Sections of the chain's world, and of FLock's. */
const CHAIN_SECTIONS = ["chain", "agents", "recording"];
const FLOCK_SECTIONS = ["flock"];

/**
 * Throws InputError with every fault that was found; nothing is written anywhere. Files that the
 * memory knows are not read again.
 */
export function loadAnyScenario(
  path: string,
  sets: readonly string[] = [],
  memory = new InputMemory(),
): AnyLoadedScenario {
  const kind = worldKind(path, sets, memory);
  if (kind === "flock") return { kind, loaded: loadFlockScenario(path, sets, [], memory) };
  if (kind === "supply") return { kind, loaded: loadSupplyScenario(path, sets, memory) };
  if (kind === "root era") return { kind, loaded: loadRootEraScenario(path, sets, memory) };
  refuseLaterStart(treeOf(path, sets, memory));
  if (kind === "bittensor") return { kind, loaded: loadScenario(path, sets, [], memory) };
  return { kind, loaded: loadBoth(path, sets, memory) };
}

function loadBoth(path: string, sets: readonly string[], memory: InputMemory): LoadedBoth {
  const faults: Fault[] = [];
  const chain = attempted(faults, () => loadScenario(path, sets, FLOCK_SECTIONS, memory));
  const flock = attempted(faults, () => loadFlockScenario(path, sets, CHAIN_SECTIONS, memory));
  if (chain && flock) faults.push(...bothFaults(chain, flock, treeOf(path, sets, memory)));
  if (!chain || !flock || faults.length > 0) throw new InputError(inOrder(faults));
  return { chain, flock };
}

/** The day of FLock at whose end the chain's state was taken. */
export const chainStartDay = ({ state }: LoadedScenario): number =>
  dayOfDate(new Date(state.timeMs).toISOString().slice(0, 10));

/** FLock must have begun when the chain starts, and they must share a subnet. */
function bothFaults(chain: LoadedScenario, { scenario }: LoadedFlockScenario, tree: Tree): Fault[] {
  const stateDate = new Date(chain.state.timeMs).toISOString().slice(0, 10);
  const startsAfter = dayOfDate(scenario.flock.start) > chainStartDay(chain) + 1;
  const found: Fault[] = [];
  const add = (path: Path, problem: string, remedy: string) =>
    found.push({ ...placeAt(tree, path), field: fieldName(path), problem, remedy });
  if (startsAfter) {
    const problem = `${scenario.flock.start} is after the chain's start`;
    add(["flock", "start"], problem, `${stateDate} or earlier`);
  }
  if (chain.scenario.agents.flockoff.netuid === 0) {
    const remedy = "a netuid of chain.detailed_subnets";
    add(["agents", "flockoff", "netuid"], "no subnet pays for FLock's research", remedy);
  }
  return found;
}

/** Throws InputError with every fault that was found. */
export function loadFlockScenario(
  path: string,
  sets: readonly string[] = [],
  /** Sections at the top that are another world's. */
  others: readonly string[] = [],
  memory = new InputMemory(),
): LoadedFlockScenario {
  const reading = new Reading(path, sets, memory, others);
  const scenario = reading.scenario(flockScenarioSchema, flockScenarioFileSchema, sumFaults);
  return { scenario, sources: reading.sources };
}

/** What no single field can see: dates before the launch, and shares of more than a whole. */
function sumFaults({ flock }: FlockScenario, tree: Tree): Fault[] {
  const { marketplace, allocations } = flockParameters(overridesOf(flock.parameters));
  const { nodes, validators, delegators } = flock;
  const checks: readonly (readonly [
    path: Path,
    wrong: boolean,
    problem: string,
    remedy: string,
  ])[] = [
    [
      ["flock", "start"],
      dayOfDate(flock.start) < 0,
      `${flock.start} is before the launch of the token`,
      "2024-12-31 or later",
    ],
    [
      ["flock", "nodes", "wealth_share"],
      nodes.wealth_share + validators.wealth_share + delegators.wealth_share > 1 + 1e-9,
      "nodes, validators and delegators together hold more than all",
      "wealth shares that sum to at most 1",
    ],
    [
      ["flock", "parameters", "marketplace"],
      marketplace.modelBuybackShare +
        marketplace.flockBuybackShare +
        marketplace.treasuryRevenueShare >
        1 + 1e-9,
      "buybacks and treasury take more than the net revenue",
      "shares that sum to at most 1",
    ],
    [
      ["flock", "parameters", "allocations"],
      allocations.teamInvestorsShare +
        allocations.treasuryShare +
        allocations.airdropShare +
        allocations.reserveShare >
        1 + 1e-9,
      "the allocations are more than the cap",
      "shares that sum to at most 1",
    ],
    [
      ["flock", "validators", "lazy_share"],
      validators.lazy_share + validators.colluding_share > 1 + 1e-9,
      "lazy and colluding validators are more than all",
      "shares that sum to at most 1",
    ],
    [
      ["flock", "alliance", "malicious_share"],
      flock.alliance.malicious_share + flock.alliance.colluding_share > 1 + 1e-9,
      "malicious and colluding people are more than all",
      "shares that sum to at most 1",
    ],
  ];
  return checks
    .filter(([, wrong]) => wrong)
    .map(([path, , problem, remedy]) => ({
      ...placeAt(tree, path),
      field: fieldName(path),
      problem,
      remedy,
    }));
}
