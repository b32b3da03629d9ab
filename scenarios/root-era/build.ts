/** From a checked scenario before dTAO to a world that is ready to run, and what must be said of it. */
import { MARKET } from "../../agents/root-era/agent.ts";
import type { RootEraAction } from "../../sim/bittensor/root-era/actions.ts";
import { RootEraChain } from "../../sim/bittensor/root-era/chain.ts";
import type { HotkeyId, TaoStakes } from "../../sim/bittensor/root-era/tao-stakes.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import { fixedTable } from "../../sim/bittensor/rules/fixed-table.ts";
import { rootWeights } from "../../sim/bittensor/rules/root-weights.ts";
import type { RuleLayer } from "../../sim/bittensor/rules/rule-set.ts";
import { randomSource } from "../../sim/random.ts";
import type { RecordSink } from "../../sim/records.ts";
import { World } from "../../sim/world.ts";
import { capturedStart } from "./captured-start.ts";
import { genesisStart } from "./genesis-start.ts";
import type { LoadedRootEraScenario } from "./load.ts";
import { CABAL_MINER, rootEraPopulation } from "./population.ts";
import { CABAL_OWNER, MINERS, type RootEraStart, type SelfMining } from "./start.ts";

export interface BuiltRootEraWorld {
  readonly world: World<RootEraView, RootEraAction>;
  readonly chain: RootEraChain;
  /** Coldkeys of delegators who act, and of those who run more than one neuron. */
  readonly delegators: readonly string[];
  readonly operators: readonly string[];
  readonly ruleSets: readonly RuleLayer[];
  readonly aggregated: readonly string[];
  readonly assumptions: readonly string[];
}

export function buildRootEraWorld(
  loaded: LoadedRootEraScenario,
  { sink, run = 0 }: { readonly sink: RecordSink; readonly run?: number },
): BuiltRootEraWorld {
  const { scenario, state, metagraphs, rootFromBlock, overrides, untilBlock } = loaded;
  const random = randomSource(scenario.seed, run);
  const { cabal } = scenario.agents;
  const selfMining =
    cabal.members > 0 && cabal.mining_share > 0
      ? (stakes: TaoStakes): SelfMining => ({
          netuid: cabal.netuid,
          hotkey: stakes.open(CABAL_MINER, CABAL_OWNER),
          part: cabal.mining_share,
        })
      : null;
  const start: RootEraStart =
    state.kind === "genesis"
      ? genesisStart(state, scenario, random, selfMining)
      : capturedStart({ state, scenario, metagraphs, random, selfMining });
  const { block } = state;
  const { agents, strategyOf } = rootEraPopulation({ start, scenario, block, random, metagraphs });
  const cabalMiner = start.stakes.idOfName(CABAL_MINER);
  const chain = new RootEraChain(
    {
      ...start,
      block,
      lastBlock: untilBlock,
      rootFromBlock,
      overrides,
      validators: start.validators.map(({ hotkey }) => hotkey),
      strategyOf,
      seats: start.validators
        .filter(({ isSeated }) => isSeated)
        .map(({ hotkey, weights }) => ({ hotkey, row: rowOf(weights) })),
      minersColdkey: MINERS,
      selfMining: selfMiners(cabalMiner, cabal.mining_share),
      roleOf: new Map([
        ...agents.map(({ id, role }) => [id, role] as const).filter(([id]) => !isScorer(id)),
        ...start.idle.map(({ coldkey, role }) => [coldkey, role] as const),
      ]),
    },
    sink,
  );
  const world = new World(chain, agents, random, {
    untilBlock,
    recordEveryBlocks: scenario.recording.every_blocks,
  });
  return {
    world,
    chain,
    delegators: start.delegators,
    operators: [
      ...start.operators.map(({ coldkey }) => coldkey),
      ...start.validators.filter((one) => one.neurons.length > 1).map((one) => one.coldkey),
    ],
    ruleSets: rulesOf(block, untilBlock, rootFromBlock),
    aggregated: aggregationNotes(loaded, start),
    assumptions: assumptionNotes(loaded),
  };
}

/** Validators of a detailed subnet set its weights under a name of their own; the wealth is root's. */
const isScorer = (id: string): boolean => id.startsWith("scores/");

const selfMiners = (hotkey: HotkeyId | undefined, part: number) =>
  new Map(hotkey === undefined ? [] : [[CABAL_OWNER, { hotkey, part }]]);

function rowOf(weights: ReadonlyMap<number, number>) {
  if (weights.size === 0) return null;
  return { netuids: [...weights.keys()], values: [...weights.values()] };
}

function rulesOf(fromBlock: number, untilBlock: number, rootFrom: number | null): RuleLayer[] {
  const hasRoot = rootFrom !== null && rootFrom <= untilBlock;
  const startsWithRoot = rootFrom !== null && rootFrom <= fromBlock;
  return [...(startsWithRoot ? [] : [fixedTable]), ...(hasRoot ? [rootWeights] : [])];
}

function aggregationNotes({ state, metagraphs }: LoadedRootEraScenario, start: RootEraStart) {
  const detailed = [...metagraphs.keys()];
  const notes = [
    "Subnets that are not simulated neuron by neuron have no weights of their own: their validators agree, so that dividends go by stake, and all miners of a subnet are one hotkey.",
    "Every root validator validates in every subnet, and so do those without a seat, who are one.",
    `All miners of such subnets are one account, all owners another; whoever buys what is sold is a third (${MARKET}), and stakes part of it.`,
  ];
  if (state.kind === "genesis") {
    notes.push(
      `Subnet 3 has its 4,096 hotkeys of March 2023; the 128 with the most stake validate, the others mine with skills that are drawn. ${start.validators.length} operators take others' stake.`,
    );
  }
  if (detailed.length > 0)
    notes.unshift(`Simulated neuron by neuron: subnet ${detailed.join(", ")}.`);
  return notes;
}

function assumptionNotes({ state, metagraphs }: LoadedRootEraScenario): string[] {
  const notes = [
    "Prices of TAO are not simulated: what is sold goes to buyers for money that is not counted.",
    "Registrations are by burn alone; until 2024 many were by work.",
    "What a hotkey earns is divided among its stakers at least once a day, as the chain did from September 2024; before, it did so after each epoch. Totals of hotkeys are right in every block.",
    "Child hotkeys, which the chain had from September 2024 on, are not simulated.",
  ];
  if (state.kind === "genesis") {
    notes.push(
      "What operators, delegators and founders do is assumed; who held and staked how much is as it was. Subnet 1 joins on 2023-04-13, other subnets of the first months are left out.",
      "Until the first root weights are set, the operators' table of emission holds; when they come, every root validator validates in subnets 1 and 3 too, and operators gather their stake.",
    );
  } else {
    notes.push(
      "Stakers of a validator are one account that neither comes nor goes, apart from the scenario's delegators; a validator's own part is taken from a table of October 2024, or is 0.5 %.",
      "Total issuance and all stake are interpolated between published figures of October 2024 and January 2025; lock and burn prices are of October 2024.",
      "Emission that hotkeys had earned and not been credited at the start is left out.",
    );
  }
  for (const [netuid, metagraph] of metagraphs) {
    notes.push(
      `Subnet ${netuid} has the weights of a metagraph captured at block ${metagraph.block}; who sets them are the root validators, rank for rank by stake. Its neurons are not replaced.`,
    );
  }
  return notes;
}
