/** Who lives in a Bittensor world: the agents of a scenario, each with its place and first waking. */
import type { BittensorAgent } from "../agents/bittensor.ts";
import type { AgentsConfig } from "../agents/config.ts";
import { YieldSeeker } from "../agents/delegators/yield-seeker.ts";
import { Founder } from "../agents/founders/founder.ts";
import { RootClaimer } from "../agents/root/claimer.ts";
import { SteadySeller } from "../agents/steady-seller.ts";
import { TakeoverAttacker } from "../agents/takeover/attacker.ts";
import { BLOCKS_PER_DAY, raoFromTao } from "../sim/amounts.ts";
import { exp } from "../sim/portable-math.ts";
import type { RandomSource } from "../sim/random.ts";
import type { BittensorState } from "./bittensor-state.ts";
import { aggregateOf, neuronsOf, ROOT_STAKERS, rootWeights } from "./genesis.ts";
import type { Metagraph } from "./metagraph.ts";
import { neuronPopulation } from "./neuron-population.ts";

export interface Population {
  readonly agents: readonly BittensorAgent[];
  /** Free TAO of those who start with some. */
  readonly wallets: readonly { readonly coldkey: string; readonly balanceRao: bigint }[];
}

export interface PopulationPlan {
  readonly config: AgentsConfig;
  readonly state: BittensorState;
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
  readonly random: RandomSource;
  /** Most mechanisms that a subnet ever has, by netuid; absent = 1. */
  readonly mechanisms?: ReadonlyMap<number, number>;
  /** New names of hotkeys that a call swaps, each with the old one. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Slots that subnets may take. */
  readonly subnetLimit: number;
}

/** Spreads first wakings over a period, so that not everybody acts in the same block. */
export class Schedule {
  constructor(
    readonly startBlock: number,
    private readonly random: RandomSource,
  ) {}

  firstBlock(id: string, everyDays: number): number {
    const everyBlocks = Math.max(1, Math.round(everyDays * BLOCKS_PER_DAY));
    return this.startBlock + 1 + this.random.stream(`first waking/${id}`).below(everyBlocks);
  }
}

export function population(plan: PopulationPlan): Population {
  const { config, state, metagraphs, random } = plan;
  const schedule = new Schedule(state.block, random);
  const [firstNetuid = 0] = metagraphs.keys();
  const agents: BittensorAgent[] = [];
  const wallets: Population["wallets"][number][] = [];
  for (const { netuid } of state.subnets) {
    const metagraph = metagraphs.get(netuid);
    agents.push(ownerAgent(netuid, config, schedule));
    if (metagraph) {
      const mechanisms = plan.mechanisms?.get(netuid) ?? 1;
      const { aliases = new Map<string, string>() } = plan;
      const common = { netuid, metagraph, config, schedule, random, firstNetuid };
      const own = { ...common, mechanisms, aliases };
      const neurons = neuronPopulation(own);
      agents.push(...neurons.agents);
      wallets.push(...neurons.wallets);
    } else {
      agents.push(...aggregateAgents(netuid, config, schedule));
    }
  }
  agents.push(new RootClaimer(ROOT_STAKERS, config.root, schedule.firstBlock(ROOT_STAKERS, 1)));
  const netuids = state.subnets.map(({ netuid }) => netuid);
  agents.push(...futureSlotAgents({ ...plan, netuids }, schedule));
  const newcomers = [delegatorAgents(plan, schedule), subnetSeekers(config, schedule)];
  return {
    agents: [...agents, ...newcomers.flatMap((some) => some.agents)],
    wallets: [...wallets, ...newcomers.flatMap((some) => some.wallets)],
  };
}

interface FutureSlots {
  readonly config: Pick<AgentsConfig, "founders" | "miners" | "validators">;
  /** Slots that are taken. */
  readonly netuids: readonly number[];
  readonly subnetLimit: number;
}

/** Miners and validators of slots that have no subnet yet and may get one. */
export function futureSlotAgents(
  { config, netuids, subnetLimit }: FutureSlots,
  schedule: Schedule,
): BittensorAgent[] {
  if (config.founders.count === 0) return [];
  const taken = new Set(netuids);
  const slots = Array.from({ length: subnetLimit }, (_, index) => index + 1);
  return slots
    .filter((netuid) => !taken.has(netuid))
    .flatMap((netuid) => aggregateAgents(netuid, config, schedule));
}

/** Those who would own a subnet: by registering one, or by taking one over. */
export function subnetSeekers(
  { founders, takeover }: Pick<AgentsConfig, "founders" | "takeover">,
  schedule: Schedule,
): Population {
  const ids = (kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${kind}/${index}`);
  const wallet = (tao: number) => (coldkey: string) => ({ coldkey, balanceRao: raoFromTao(tao) });
  const founderIds = ids("founder", founders.count);
  const attackerIds = ids("takeover", takeover.count);
  return {
    agents: [
      ...founderIds.map(
        (id) => new Founder(id, founders, schedule.firstBlock(id, founders.look_every_days)),
      ),
      ...attackerIds.map(
        (id) =>
          new TakeoverAttacker(id, takeover, schedule.firstBlock(id, takeover.buy_every_days)),
      ),
    ],
    wallets: [
      ...founderIds.map(wallet(founders.wealth_tao)),
      ...attackerIds.map(wallet(takeover.wealth_tao)),
    ],
  };
}

/** A subnet's owner, who sells its cut. */
export function ownerAgent(
  netuid: number,
  { owners }: Pick<AgentsConfig, "owners">,
  schedule: Schedule,
): BittensorAgent {
  const id = `owner/${netuid}`;
  return new SteadySeller({
    id,
    role: "owner",
    netuid,
    hotkey: id,
    firstBlock: schedule.firstBlock(id, owners.sell_every_days),
    sellShare: owners.sell_share,
    everyDays: owners.sell_every_days,
  });
}

/** The miner and the validator of a subnet that is not simulated neuron by neuron. */
export function aggregateAgents(
  netuid: number,
  { miners, validators }: Pick<AgentsConfig, "miners" | "validators">,
  schedule: Schedule,
): BittensorAgent[] {
  const subnet = aggregateOf(netuid);
  const seller = (role: "miner" | "validator", id: string, sellShare: number, everyDays: number) =>
    new SteadySeller({
      id,
      role,
      netuid,
      hotkey: id,
      firstBlock: schedule.firstBlock(id, everyDays),
      sellShare,
      everyDays,
    });
  return [
    seller("miner", subnet.miners.coldkey, miners.sell_share, miners.sell_every_days),
    seller(
      "validator",
      subnet.validators.coldkey,
      validators.sell_share,
      validators.sell_every_days,
    ),
  ];
}

function delegatorAgents(plan: PopulationPlan, schedule: Schedule): Population {
  const { config, metagraphs, random } = plan;
  const { count, wealth_tao: wealthTao, wealth_spread: spread } = config.delegators;
  const root = rootWeights(metagraphs);
  const wealth = random.stream("delegators/wealth");
  const shares = Array.from({ length: count }, () => exp(spread * wealth.normal()));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const agents: BittensorAgent[] = [];
  const wallets: { coldkey: string; balanceRao: bigint }[] = [];
  for (const [index, share] of shares.entries()) {
    const id = `delegator/${index}`;
    const choose = random.stream(`${id}/hotkeys`);
    const favourites = new Map<number, string>([[0, root[choose.below(root.length)].hotkey]]);
    for (const [netuid, metagraph] of metagraphs) {
      const validators = neuronsOf(netuid, metagraph).filter(({ role }) => role === "validator");
      if (validators.length > 0) {
        favourites.set(netuid, validators[choose.below(validators.length)].hotkey);
      }
    }
    // A slot that was simulated neuron by neuron may have another subnet since.
    const hotkeyOn = (netuid: number, hasNeurons: boolean) =>
      ((netuid === 0 || hasNeurons) && favourites.get(netuid)) ||
      aggregateOf(netuid).validators.hotkey;
    const firstBlock = schedule.firstBlock(id, config.delegators.rebalance_every_days);
    agents.push(new YieldSeeker({ id, firstBlock, hotkeyOn }, config.delegators));
    wallets.push({ coldkey: id, balanceRao: raoFromTao((wealthTao * share) / total) });
  }
  return { agents, wallets };
}
