/** From a checked scenario to a world that is ready to run, and what must be said about it. */
import { raoFromTao } from "../sim/amounts.ts";
import type { BittensorAction } from "../sim/bittensor/chain/actions.ts";
import { BittensorChain, type ChainSetup } from "../sim/bittensor/chain/chain.ts";
import type { BittensorView } from "../sim/bittensor/chain/view.ts";
import type { RuleLayer } from "../sim/bittensor/rules/rule-set.ts";
import { type RandomSource, randomSource } from "../sim/random.ts";
import type { RecordSink } from "../sim/records.ts";
import { World } from "../sim/world.ts";
import { callAgents, swappedNames } from "./calls/agents.ts";
import type { DetailedSection } from "./detailed-section.ts";
import { notesOfEras } from "./era-notes.ts";
import { aggregateOf, chainGenesis, detailedGenesis, ROOT_STAKERS, stakersOf } from "./genesis.ts";
import { leaseTerms } from "./leases-section.ts";
import type { LoadedScenario } from "./load.ts";
import { mostMechanisms } from "./mechanisms.ts";
import { neuronNotes } from "./neuron-notes.ts";
import { copiersOf } from "./neuron-population.ts";
import { population } from "./population.ts";
import { subnetTermsOverrides } from "./registration-section.ts";
import { ruleBlock, runRules } from "./rules.ts";
import { startBlocks } from "./starts.ts";

export interface BuiltWorld {
  readonly world: World<BittensorView, BittensorAction>;
  readonly chain: BittensorChain;
  readonly ruleSets: readonly RuleLayer[];
  /** A sentence for each rule that the scenario lets begin at another time or never. */
  readonly bentRules: readonly string[];
  /** Sentences for the report: what stands for many, and what no source shows. */
  readonly aggregated: readonly string[];
  readonly assumptions: readonly string[];
}

export interface BuildOptions {
  readonly sink: RecordSink;
  readonly run?: number;
}

/** Throws InputError where the scenario asks for rules that cannot be simulated. */
export function buildWorld(loaded: LoadedScenario, options: BuildOptions): BuiltWorld {
  const { scenario, state, metagraphs, ruleChanges, untilBlock } = loaded;
  const { dated, ruleSets, bent } = runRules(scenario, state, ruleChanges, untilBlock);
  const random = randomSource(scenario.seed, options.run ?? 0);
  const { agents, wallets } = population({
    config: scenario.agents,
    state,
    metagraphs,
    random,
    mechanisms: mostMechanisms(scenario.chain),
    aliases: swappedNames(scenario.chain.calls),
    subnetLimit: scenario.chain.registration.subnet_limit ?? state.registration.subnetLimit,
  });
  const { holders, validators } = scenario.agents;
  const detailedNetuids = [...metagraphs.keys()];
  const aggregates = state.subnets
    .map(({ netuid }) => netuid)
    .filter((netuid) => !metagraphs.has(netuid))
    .map(aggregateOf);
  const stakers = state.subnets.map(({ netuid }) => [stakersOf(netuid), "delegator"] as const);
  const roleOf = new Map([...agents.map(({ id, role }) => [id, role] as const), ...stakers]);
  const callers = callAgents(scenario.chain.calls, state.block, roleOf);
  const chain = new BittensorChain(
    {
      genesis: chainGenesis({ state, metagraphs, holders, wallets }),
      parameters: dated,
      aggregates,
      detailed: detailedSubnets(loaded, random),
      rootValidators: metagraphs.size === 0 ? [{ hotkey: "root", coldkey: "root" }] : [],
      otherFeesRaoPerBlock: raoFromTao(scenario.chain.other_fees_tao_per_block),
      takeU16: Math.round(validators.take_share * 65_535),
      names: new Map(state.subnets.map(({ netuid, name }) => [netuid, name])),
      roleOf,
      rootClaims: { kind: scenario.agents.root.claim_type },
      leases: leaseTerms(scenario.chain.leases, state),
      subnetRules: {
        fixedBlock: ruleBlock(scenario.chain.rules.as_of),
        starts: startBlocks(scenario.chain.rules.starts, state),
        overrides: subnetTermsOverrides(scenario.chain.registration),
      },
    },
    options.sink,
  );
  const world = new World(chain, [...agents, ...callers], random, {
    untilBlock,
    recordEveryBlocks: scenario.recording.every_blocks,
  });
  return {
    world,
    chain,
    ruleSets,
    bentRules: bent,
    aggregated: aggregationNotes(aggregates.length, detailedNetuids),
    assumptions: [...assumptionNotes(loaded), ...notesOfEras(dated)],
  };
}

function registrationNote({ agents, chain }: LoadedScenario["scenario"]): string {
  if (agents.founders.count === 0) return "Nobody registers a subnet, so that none is pruned.";
  const days = chain.registration.emission_after_days;
  return (
    "A subnet that is registered in the run has one miner, one validator and its founder; those of " +
    "the slot's former subnet go on in it. Its miners burn nothing. What older subnets were locked " +
    "for is not in the capture, so that no owner of a pruned one is refunded. " +
    (days === undefined
      ? "Root leaves its emission switched off, as the chain's rule is."
      : `Root switches its emission on ${days} days after its start.`)
  );
}

function detailedSubnets(
  { scenario, metagraphs }: LoadedScenario,
  random: RandomSource,
): ChainSetup["detailed"] {
  const [firstNetuid = 0] = metagraphs.keys();
  const sections = scenario.chain.detailed_subnets;
  return [...metagraphs].map(([netuid, metagraph]) => {
    const section = sections.find((entry) => entry.netuid === netuid) as DetailedSection;
    const { agents: config } = scenario;
    const copiers = copiersOf({ netuid, metagraph, config, random, firstNetuid });
    return {
      subnet: detailedGenesis(section, metagraph, copiers),
      owner: aggregateOf(netuid).owner,
    };
  });
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function aggregationNotes(aggregates: number, detailed: readonly number[]): string[] {
  const notes = [
    `${aggregates} subnets are aggregates: one miner, one validator, one owner and one group of ` +
      "delegators each, without a Yuma epoch of their own; all coinbase arithmetic is per subnet.",
    "In an aggregate the miners' part that was burned in the captured epoch stays as captured.",
    `All root stakers apart from the scenario's delegators are one account (${ROOT_STAKERS}), and ` +
      "all validators' root dividend funds are one fund.",
  ];
  if (detailed.length > 0) {
    notes.unshift(`Simulated neuron by neuron: subnet ${detailed.join(", ")}.`);
  }
  return notes;
}

function assumptionNotes(loaded: LoadedScenario): string[] {
  const { scenario, state } = loaded;
  const { holders } = scenario.agents;
  const notes = [
    "Captures show each subnet's totals, not its holders: at the start its owner holds " +
      `${percent(holders.owner_share)} of the alpha outside the pool, its miners ` +
      `${percent(holders.miner_share)}, its validators ${percent(holders.validator_share)}, and ` +
      "delegators of its validators the rest.",
    "What subnets had saved up for their next epoch is not in the capture and starts at zero; " +
      "epochs are spread over the tempo by netuid.",
    registrationNote(scenario),
    `Governance does nothing after block ${state.block}; on the real chain subnets were switched ` +
      "on and off, and 172,001 TAO of root stake were repaired in September 2026.",
    `Everybody who is no agent pays ${scenario.chain.other_fees_tao_per_block} TAO of transaction ` +
      "fees a block, which is recycled.",
    "Delegators who are not agents of the scenario, and root stake, neither come nor go.",
  ];
  return [...notes, ...neuronNotes(loaded)];
}
