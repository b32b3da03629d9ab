/** Who lives in the network once subnets have pools: those of before as they then are, and new ones. */
import type { BittensorAgent } from "../../agents/bittensor.ts";
import { YieldSeeker } from "../../agents/delegators/yield-seeker.ts";
import { SkilledMiner } from "../../agents/miners/skilled-miner.ts";
import type { SkillField } from "../../agents/miners/skills.ts";
import { RootClaimer } from "../../agents/root/claimer.ts";
import { MARKET } from "../../agents/root-era/agent.ts";
import { ProportionalScores } from "../../agents/validators/proportional-scores.ts";
import { ScoringValidator } from "../../agents/validators/scoring-validator.ts";
import { BLOCKS_PER_DAY, raoFromTao } from "../../sim/amounts.ts";
import type { DetailedSubnet } from "../../sim/bittensor/chain/detailed-subnet.ts";
import { EVERYONE_ELSE } from "../../sim/bittensor/chain/genesis.ts";
import { exp } from "../../sim/portable-math.ts";
import type { RandomSource } from "../../sim/random.ts";
import { aggregateOf } from "../genesis.ts";
import {
  aggregateAgents,
  futureSlotAgents,
  ownerAgent,
  Schedule,
  subnetSeekers,
} from "../population.ts";
import type { DtaoSection } from "./dtao-section.ts";
import { sharesOf } from "./start.ts";

export interface DtaoPlan {
  readonly config: DtaoSection["agents"];
  readonly block: number;
  readonly random: RandomSource;
  readonly netuids: readonly number[];
  /** Slots that subnets may take. */
  readonly subnetLimit: number;
  /** Those simulated neuron by neuron, with what their miners can do. */
  readonly detailed: readonly { readonly subnet: DetailedSubnet; readonly skills: SkillField }[];
  /** Acting delegators of before. */
  readonly delegators: readonly string[];
  /** Root stake, each coldkey's with each hotkey. */
  readonly stakes: readonly Stake[];
  readonly wallets: readonly Wallet[];
  /** The first block in which dividends of root are claimed; null: never in the run. */
  readonly claimsFromBlock: number | null;
}

export interface Stake {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly stakeRao: bigint;
}

export interface Wallet {
  readonly coldkey: string;
  readonly balanceRao: bigint;
}

export interface DtaoPopulation {
  readonly agents: readonly BittensorAgent[];
  /** All free TAO, once new ones have been given theirs. */
  readonly wallets: readonly Wallet[];
}

export function dtaoPopulation(plan: DtaoPlan): DtaoPopulation {
  const { config, block, random, netuids, detailed, subnetLimit } = plan;
  const schedule = new Schedule(block, random);
  const neurons = new Set(detailed.map(({ subnet }) => subnet.netuid));
  const seekers = subnetSeekers(config, schedule);
  const newcomers = newcomersOf(plan);
  const wanted = [...newcomers, ...seekers.wallets];
  const agents: BittensorAgent[] = [
    ...netuids.map((netuid) => ownerAgent(netuid, config, schedule)),
    ...netuids
      .filter((netuid) => !neurons.has(netuid))
      .flatMap((netuid) => aggregateAgents(netuid, config, schedule)),
    ...detailed.flatMap((one) => neuronAgents(one, plan, schedule)),
    ...futureSlotAgents({ config, netuids, subnetLimit }, schedule),
    ...delegatorAgents(
      plan,
      newcomers.map(({ coldkey }) => coldkey),
      schedule,
    ),
    ...seekers.agents,
  ];
  agents.push(...claimers(plan, new Set(agents.map(({ id }) => id)), schedule));
  return { agents, wallets: endowed(plan.wallets, wanted) };
}

function neuronAgents(
  { subnet, skills }: DtaoPlan["detailed"][number],
  { config }: DtaoPlan,
  schedule: Schedule,
): BittensorAgent[] {
  const { netuid } = subnet;
  const { miners, validators } = config;
  const weightDays = validators.set_weights_every_blocks / BLOCKS_PER_DAY;
  return subnet.neurons.map(({ hotkey, coldkey, role }, uid): BittensorAgent => {
    const place = { id: coldkey, netuid, hotkey };
    if (role === "miner") {
      const firstBlock = schedule.firstBlock(coldkey, miners.sell_every_days);
      return new SkilledMiner({ ...place, seat: uid, firstBlock }, miners, skills);
    }
    const firstBlock = schedule.firstBlock(coldkey, weightDays);
    const mechanism = new ProportionalScores(validators, skills);
    return new ScoringValidator({ ...place, firstBlock }, validators, [mechanism]);
  });
}

/** New delegators, with their shares of `wealth_tao`. */
function newcomersOf({ config, random }: DtaoPlan): Wallet[] {
  const { count, wealth_tao: wealthTao, wealth_spread: spread } = config.delegators;
  if (count === 0) return [];
  const stream = random.stream("buyers/wealth");
  const drawn = Array.from({ length: count }, () => exp(spread * stream.normal()));
  return sharesOf(drawn).map((part, index) => ({
    coldkey: `buyer/${index}`,
    balanceRao: raoFromTao(Math.floor(part * wealthTao * 1e6) / 1e6),
  }));
}

function delegatorAgents(
  { config, random, delegators, stakes, detailed }: DtaoPlan,
  newcomers: readonly string[],
  schedule: Schedule,
): BittensorAgent[] {
  const root = new Map<string, number>();
  const own = new Map<string, string>();
  for (const { hotkey, coldkey, stakeRao } of stakes) {
    root.set(hotkey, (root.get(hotkey) ?? 0) + Number(stakeRao));
    if (!own.has(coldkey)) own.set(coldkey, hotkey);
  }
  return [...delegators, ...newcomers].map((id) => {
    const choose = random.stream(`${id}/hotkeys`);
    const favourites = new Map([[0, own.get(id) ?? drawnByStake(root, choose.uniform())]]);
    for (const { subnet } of detailed) {
      const validators = subnet.neurons.filter(({ role }) => role === "validator");
      if (validators.length === 0) continue;
      favourites.set(subnet.netuid, validators[choose.below(validators.length)].hotkey);
    }
    const hotkeyOn = (netuid: number, hasNeurons: boolean) =>
      ((netuid === 0 || hasNeurons) && favourites.get(netuid)) ||
      aggregateOf(netuid).validators.hotkey;
    const firstBlock = schedule.firstBlock(id, config.delegators.rebalance_every_days);
    return new YieldSeeker({ id, firstBlock, hotkeyOn }, config.delegators);
  });
}

/** A hotkey, by its root stake; `at` from 0 to 1. */
function drawnByStake(root: ReadonlyMap<string, number>, at: number): string {
  let left = at * [...root.values()].reduce((sum, stake) => sum + stake, 0);
  let last = "";
  for (const [hotkey, stake] of root) {
    last = hotkey;
    left -= stake;
    if (left < 0) break;
  }
  return last;
}

/** Root stakers with less than this part of root never claim. */
const LEAST_CLAIMER = 1_000n;

function claimers(
  { config, stakes, block, claimsFromBlock }: DtaoPlan,
  taken: ReadonlySet<string>,
  schedule: Schedule,
): BittensorAgent[] {
  if (claimsFromBlock === null) return [];
  const delay = Math.max(0, claimsFromBlock - block - 1);
  const held = new Map<string, bigint>();
  for (const { coldkey, stakeRao } of stakes) {
    held.set(coldkey, (held.get(coldkey) ?? 0n) + stakeRao);
  }
  const total = [...held.values()].reduce((sum, rao) => sum + rao, 0n);
  return [...held]
    .filter(([coldkey, rao]) => rao * LEAST_CLAIMER >= total && !taken.has(coldkey))
    .map(([id]) => new RootClaimer(id, config.root, schedule.firstBlock(id, 1) + delay));
}

/** What new ones begin with comes from those who hold: the market first, then everybody else. */
export function endowed(wallets: readonly Wallet[], wanted: readonly Wallet[]): Wallet[] {
  const balances = new Map(wallets.map(({ coldkey, balanceRao }) => [coldkey, balanceRao]));
  const sources = [MARKET, EVERYONE_ELSE];
  const thereRao = sources.reduce((sum, source) => sum + (balances.get(source) ?? 0n), 0n);
  const wantedRao = wanted.reduce((sum, { balanceRao }) => sum + balanceRao, 0n);
  for (const { coldkey, balanceRao } of wanted) {
    // Where there is less than that, all get the same part of what they were to have.
    const given = wantedRao <= thereRao ? balanceRao : (balanceRao * thereRao) / wantedRao;
    let missing = given;
    for (const source of sources) {
      const rest = balances.get(source) ?? 0n;
      const part = missing < rest ? missing : rest;
      balances.set(source, rest - part);
      missing -= part;
    }
    balances.set(coldkey, (balances.get(coldkey) ?? 0n) + given);
  }
  return [...balances].map(([coldkey, balanceRao]) => ({ coldkey, balanceRao }));
}
