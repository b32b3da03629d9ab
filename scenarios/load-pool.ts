/** From a supply scenario's `pool` section to numbers: what is not set is read off a captured state. */
import { taoFromRao } from "../sim/amounts.ts";
import { blockEmissionRao } from "../sim/bittensor/emission/block-emission.ts";
import { type BittensorState, readBittensorState, type SubnetState } from "./bittensor-state.ts";
import { countCell, readCsv, wholeCell } from "./csv.ts";
import { DataFolder, type DataReference } from "./data-folder.ts";
import { InputError } from "./fault.ts";
import { InputMemory } from "./input-memory.ts";
import { worldKind } from "./load-flock.ts";
import { type LoadedSupplyScenario, loadSupplyScenario } from "./load-supply.ts";
import type { PoolSection } from "./pool-section.ts";
import { Reading } from "./reading.ts";

export interface StartingPool {
  readonly netuid: number;
  /** Empty where none is known. */
  readonly name: string;
  readonly tao: number;
  readonly alpha: number;
  /** Parts of all new TAO. */
  readonly emissionShare: number;
  readonly boughtShare: number;
  /** Of the subnet's people. */
  readonly alphaPerDay: number;
  /** The block at whose end the state was taken. */
  readonly block: number;
}

export interface LoadedPathScenario extends LoadedSupplyScenario {
  /** Null for supply alone. */
  readonly pool: StartingPool | null;
}

const MAX_RAO = 21_000_000_000_000_000n;
const BLOCKS_PER_DAY = 7_200;
const EMISSION_FILE = "next-block.csv";

/** Throws InputError with every fault that was found. */
export function loadPathScenario(path: string, sets: readonly string[] = []): LoadedPathScenario {
  const memory = new InputMemory();
  const reading = new Reading(path, sets, memory);
  if (worldKind(path, sets, memory) !== "supply") {
    const problem = "simulates more than supply";
    reading.add([], problem, "a scenario with a section `supply`, such as alpha-price");
    throw reading.told();
  }
  const { scenario, sources } = loadSupplyScenario(path, sets, memory);
  if (scenario.supply.one_off_mints.length > 0) {
    const remedy = "leave them out; `hivelab ensemble` has them";
    reading.add(["supply", "one_off_mints"], "paths have no single mints", remedy);
    throw reading.told();
  }
  const section = scenario.pool;
  if (!section) return { scenario, sources, pool: null };
  const reference = reading.reference(["pool", "state"], section.state);
  const state = readBittensorState(reference);
  const subnet = state.subnets.find(({ netuid }) => netuid === section.netuid);
  if (!subnet) {
    const problem = `${section.netuid} does not exist in ${section.state}`;
    reading.add(["pool", "netuid"], problem, "a subnet of the state");
    throw reading.told();
  }
  const emission = readEmission(reference, section, state);
  const pool = startingPool(section, subnet, emission, state);
  if (pool.tao === 0 || pool.alpha === 0) {
    const problem = `the pool of ${section.netuid} is empty`;
    reading.add(["pool", "netuid"], problem, "a subnet with a pool, or pool.tao and pool.alpha");
    throw reading.told();
  }
  if (pool.emissionShare + pool.boughtShare > 1) {
    const problem = "injections and chain buys take more than all new TAO";
    reading.add(["pool", "bought_share"], problem, "shares that sum to at most 1");
    throw reading.told();
  }
  return { scenario, sources: [...sources, ...state.sources, ...emission.sources], pool };
}

/** What the block after the state gave a subnet, as parts of the block's TAO and in alpha. */
interface CapturedEmission {
  readonly emissionShare: number;
  readonly boughtShare: number;
  readonly alphaPerBlock: number;
  readonly sources: BittensorState["sources"];
}

const whole = wholeCell(MAX_RAO);
const columns = {
  netuid: countCell(1, 65_535),
  tao_in_emission_rao: whole,
  excess_tao_rao: whole,
  alpha_out_emission_rao: whole,
};

/** Nothing is read where the scenario says all of it. */
function readEmission(
  reference: DataReference,
  { netuid, emission_share, bought_share, flows }: PoolSection,
  state: BittensorState,
): CapturedEmission {
  const isGiven = emission_share !== undefined && bought_share !== undefined;
  const nothing = { emissionShare: 0, boughtShare: 0, alphaPerBlock: 0, sources: [] };
  if (isGiven && flows.sold_alpha_per_day !== undefined) return nothing;
  const folder = DataFolder.open(reference, "subnets.csv");
  const rows = readCsv(withRemedy(folder), columns);
  const row = rows.find((one) => one.netuid === netuid);
  if (!row) return nothing;
  const block = Number(blockEmissionRao(state.totalIssuanceRao));
  return {
    emissionShare: Number(row.tao_in_emission_rao) / block,
    boughtShare: Number(row.excess_tao_rao) / block,
    alphaPerBlock: taoFromRao(row.alpha_out_emission_rao),
    sources: folder.sourcesFrom(state.sources[0].source),
  };
}

/** A state of which no next block was captured says what to give instead. */
function withRemedy(folder: DataFolder) {
  try {
    return folder.read(EMISSION_FILE);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const remedy =
      "give pool.emission_share, pool.bought_share and pool.flows.sold_alpha_per_day, or a state with it";
    throw new InputError(error.faults.map((fault) => ({ ...fault, remedy })));
  }
}

const startingPool = (
  section: PoolSection,
  { netuid, name, taoReserveRao, alphaInRao }: SubnetState,
  { emissionShare, boughtShare, alphaPerBlock }: CapturedEmission,
  { block }: BittensorState,
): StartingPool => ({
  ...{ netuid, name, block },
  tao: section.tao ?? taoFromRao(taoReserveRao),
  alpha: section.alpha ?? taoFromRao(alphaInRao),
  emissionShare: section.emission_share ?? emissionShare,
  boughtShare: section.bought_share ?? boughtShare,
  alphaPerDay: alphaPerBlock * BLOCKS_PER_DAY,
});
