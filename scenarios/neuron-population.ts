/**
 * Who lives on a subnet that is simulated neuron by neuron: its miners and validators, those who
 * wait outside, and those who cheat.
 */
import type { BittensorAgent } from "../agents/bittensor.ts";
import type { AgentsConfig } from "../agents/config.ts";
import { WeightCopier } from "../agents/copiers/weight-copier.ts";
import { EntrantMiner } from "../agents/entrants/entrant-miner.ts";
import { FlockoffMechanism } from "../agents/flockoff/mechanism.ts";
import { ResearchField } from "../agents/flockoff/research-field.ts";
import { ResearchMiner } from "../agents/flockoff/research-miner.ts";
import { type MinerPlace, SkilledMiner } from "../agents/miners/skilled-miner.ts";
import { SkillField } from "../agents/miners/skills.ts";
import { RegistrationSpammer } from "../agents/spammers/registration-spammer.ts";
import { Undercutter } from "../agents/undercutters/undercutter.ts";
import type { Mechanism } from "../agents/validators/mechanism.ts";
import { ProportionalScores } from "../agents/validators/proportional-scores.ts";
import { ScoringValidator } from "../agents/validators/scoring-validator.ts";
import { BLOCKS_PER_DAY, raoFromTao } from "../sim/amounts.ts";
import type { RandomSource } from "../sim/random.ts";
import { neuronsOf } from "./genesis.ts";
import type { Metagraph } from "./metagraph.ts";
import type { Population, Schedule } from "./population.ts";

export interface NeuronPlan {
  readonly netuid: number;
  readonly metagraph: Metagraph;
  readonly config: AgentsConfig;
  readonly schedule: Schedule;
  readonly random: RandomSource;
  /** The first subnet of the scenario that is simulated neuron by neuron. */
  readonly firstNetuid: number;
  /** New names of hotkeys that a call swaps, each with the old one, in the order of the calls. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Most mechanisms that the subnet ever has in the run. */
  readonly mechanisms: number;
}

/** Who may copy: a validator whose stake counts. */
const COPIER_STAKE_RAO = raoFromTao(1_000);

/** Whether a kind of agent lives on a subnet. */
const isOn = (
  { count, netuid }: { readonly count: number; readonly netuid?: number | undefined },
  plan: Pick<NeuronPlan, "netuid" | "firstNetuid">,
): boolean => count > 0 && (netuid ?? plan.firstNetuid) === plan.netuid;

/** Validators of a metagraph that could copy weights instead of scoring miners. */
export const copierCandidates = (netuid: number, metagraph: Metagraph): string[] =>
  neuronsOf(netuid, metagraph)
    .filter(({ role }, uid) => role === "validator" && metagraph.stakeRao[uid] >= COPIER_STAKE_RAO)
    .map(({ hotkey }) => hotkey);

/** Hotkeys of the validators that copy, drawn by the run's seed. */
export function copiersOf(plan: Omit<NeuronPlan, "schedule" | "mechanisms">): Set<string> {
  const { config } = plan;
  if (!isOn(config.copiers, plan)) return new Set();
  return new Set(drawnValidators(plan, "copiers", config.copiers.count));
}

/** So many of the validators whose stake counts, each kind drawn from a stream of its own. */
function drawnValidators(
  { netuid, metagraph, random }: Pick<NeuronPlan, "netuid" | "metagraph" | "random">,
  kind: string,
  count: number,
): string[] {
  const left = copierCandidates(netuid, metagraph);
  const draw = random.stream(`${kind}/${netuid}`);
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [hotkey] = left.splice(draw.below(left.length), 1);
    return hotkey;
  });
}

function undercutterAgents(plan: NeuronPlan): BittensorAgent[] {
  const { netuid, config, schedule } = plan;
  const { undercutters } = config;
  if (!isOn(undercutters, plan)) return [];
  const after = Math.round(undercutters.start_after_days * BLOCKS_PER_DAY);
  return drawnValidators(plan, "undercutters", undercutters.count).map((account) => {
    const firstBlock = schedule.firstBlock(`take/${account}`, undercutters.decide_every_days);
    return new Undercutter({ account, netuid, firstBlock: after + firstBlock }, undercutters);
  });
}

export function neuronPopulation(plan: NeuronPlan): Population {
  const { netuid, metagraph, config, schedule } = plan;
  const { miners, validators, entrants } = config;
  const neurons = neuronsOf(netuid, metagraph);
  const outside = isOn(entrants, plan) ? entrants.count : 0;
  const skills = new SkillField(neurons.length + outside);
  skills.startFromWeights(meanWeights(metagraph), miners.skill_spread);
  for (const [uid, { hotkey }] of neurons.entries()) skills.place(hotkey, uid);
  const minerUids = [...neurons.keys()].filter((uid) => neurons[uid].role === "miner");
  const trade = config.flockoff.netuid === netuid ? flockoffTrade : plainTrade;
  const { miner, mechanism } = trade(plan, skills, minerUids);
  const waiting = entrantAgents(plan, skills, neurons.length, outside);
  for (const [name, old] of plan.aliases ?? []) {
    const seat = skills.seatOf(old);
    if (seat !== null) skills.place(name, seat);
  }
  const judges = [mechanism, ...furtherMechanisms(plan, skills)];
  const copiers = copiersOf(plan);
  const weightDays = validators.set_weights_every_blocks / BLOCKS_PER_DAY;
  const inside = neurons.map(({ hotkey: id, role }, uid): BittensorAgent => {
    const place = { id, netuid, hotkey: id };
    if (role === "miner") {
      const days = outside > 0 ? entrants.decide_every_days : miners.sell_every_days;
      return miner({ ...place, seat: uid, firstBlock: schedule.firstBlock(id, days) });
    }
    const judging = { ...place, firstBlock: schedule.firstBlock(id, weightDays) };
    return copiers.has(id)
      ? new WeightCopier(judging, validators)
      : new ScoringValidator(
          judging,
          validators,
          judges.map((make) => make()),
        );
  });
  const attackers = spammerAgents(plan);
  return {
    agents: [...inside, ...waiting.agents, ...attackers.agents, ...undercutterAgents(plan)],
    wallets: [...waiting.wallets, ...attackers.wallets],
  };
}

/**
 * How validators judge in the subnet's second mechanism and those after it: in each, miners have
 * skills of their own. A new mechanism for every validator, as in Trade.
 */
function furtherMechanisms(plan: NeuronPlan, skills: SkillField): (() => Mechanism)[] {
  const { netuid, config, random, mechanisms } = plan;
  const { mechanism_correlation: correlation, skill_spread: spread } = config.miners;
  return Array.from({ length: mechanisms - 1 }, (_, k) => {
    const field = new SkillField(skills.lnSkill.length, skills.effort);
    field.startFrom(skills, correlation, spread, random.stream(`mechanism/${netuid}/${k + 1}`));
    return () => new ProportionalScores(config.validators, field);
  });
}

function entrantAgents(
  { netuid, config, schedule, random }: NeuronPlan,
  skills: SkillField,
  firstSeat: number,
  count: number,
): Population {
  const { entrants, miners } = config;
  const skill = random.stream(`entrants/${netuid}/skill`);
  const agents = Array.from({ length: count }, (_, index) => {
    const id = `entrant/${netuid}/${index}`;
    const seat = firstSeat + index;
    skills.place(id, seat);
    skills.lnSkill[seat] = entrants.skill_offset + miners.skill_spread * skill.normal();
    const firstBlock = schedule.firstBlock(id, entrants.decide_every_days);
    const place = { id, netuid, hotkey: id, seat, firstBlock };
    return new EntrantMiner(place, entrants, miners, skills, false);
  });
  const balanceRao = raoFromTao(entrants.wealth_tao);
  return { agents, wallets: agents.map(({ id }) => ({ coldkey: id, balanceRao })) };
}

function spammerAgents(plan: NeuronPlan): Population {
  const { netuid, config, schedule } = plan;
  const { spammers } = config;
  const { startBlock } = schedule;
  const count = isOn(spammers, plan) ? spammers.count : 0;
  const agents = Array.from(
    { length: count },
    (_, index) =>
      new RegistrationSpammer({ id: `spammer/${netuid}/${index}`, netuid, startBlock }, spammers),
  );
  const balanceRao = raoFromTao(spammers.budget_tao);
  return { agents, wallets: agents.map(({ id }) => ({ coldkey: id, balanceRao })) };
}

/** What a subnet's miners do, and how its validators weigh them. */
interface Trade {
  miner(place: MinerPlace): BittensorAgent;
  /** A new one for every validator: it remembers what that one has seen. */
  mechanism(): Mechanism;
}

type TradeMaker = (plan: NeuronPlan, skills: SkillField, minerUids: readonly number[]) => Trade;

const plainTrade: TradeMaker = (plan, skills) => {
  const { miners, validators, entrants } = plan.config;
  const isOpen = isOn(entrants, plan);
  return {
    // Who did no work at the start has no skill to come back with.
    miner: (place) =>
      isOpen && skills.lnSkill[place.seat] > -Infinity
        ? new EntrantMiner(place, entrants, miners, skills, true)
        : new SkilledMiner(place, miners, skills),
    mechanism: () => new ProportionalScores(validators, skills),
  };
};

const flockoffTrade: TradeMaker = ({ config }, skills, minerUids) => {
  const { miners, flockoff } = config;
  const field = new ResearchField(skills);
  return {
    miner: (place) => new ResearchMiner(place, miners, flockoff, field),
    mechanism: () => new FlockoffMechanism(minerUids, flockoff, field),
  };
};

/** Each miner's weight, averaged over validators by their stake. */
function meanWeights({ stakeRao, weights }: Metagraph): Map<number, number> {
  const mean = new Map<number, number>();
  for (const [validator, row] of weights.entries()) {
    const total = row.reduce((sum, { weightU16 }) => sum + weightU16, 0);
    for (const { uid, weightU16 } of row) {
      const part = (Number(stakeRao[validator]) * weightU16) / total;
      mean.set(uid, (mean.get(uid) ?? 0) + part);
    }
  }
  for (const [uid, row] of weights.entries()) if (row.length > 0) mean.delete(uid);
  return mean;
}
