/** Who lives in a world before dTAO: the agents of a scenario, each with its place and first waking. */
import { SkillField } from "../../agents/miners/skills.ts";
import { MARKET, type RootEraAgent } from "../../agents/root-era/agent.ts";
import { Delegator, MarketBuyers } from "../../agents/root-era/delegator.ts";
import { NeuronMiner, NeuronValidator } from "../../agents/root-era/neurons.ts";
import { Operator } from "../../agents/root-era/operator.ts";
import { RootValidator, type Strategy } from "../../agents/root-era/root-validator.ts";
import { SubnetMiners } from "../../agents/root-era/subnet-miners.ts";
import { BribingOwner, SubnetOwners } from "../../agents/root-era/subnet-owners.ts";
import { SubnetValues } from "../../agents/root-era/subnet-values.ts";
import { validatorsConfig } from "../../agents/validators/config.ts";
import { ProportionalScores } from "../../agents/validators/proportional-scores.ts";
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { RandomSource, Stream } from "../../sim/random.ts";
import type { Metagraph } from "../metagraph.ts";
import type { RootEraScenario } from "./schema.ts";
import { CABAL_OWNER, MINERS, OWNERS, type RootEraStart, type ValidatorStart } from "./start.ts";

export interface RootEraPopulation {
  readonly agents: readonly RootEraAgent[];
  readonly strategyOf: ReadonlyMap<string, string>;
}

interface Plan {
  readonly start: RootEraStart;
  readonly scenario: RootEraScenario;
  readonly block: number;
  readonly random: RandomSource;
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
}

/** Hotkey with which a cabal's owner mines in its own subnet. */
export const CABAL_MINER = "cabal/miners";
/** Before there are subnets to favour, self-interested validators pick slots. */
const FIRST_SLOTS = 32;

export function rootEraPopulation(plan: Plan): RootEraPopulation {
  const { start, scenario, block, random } = plan;
  const { agents: config } = scenario;
  const firstBlock = (id: string, everyDays: number) =>
    block +
    1 +
    random.stream(`first waking/${id}`).below(Math.max(1, Math.round(everyDays * BLOCKS_PER_DAY)));
  const values = new SubnetValues();
  const netuids = start.subnets.map(({ netuid }) => netuid);
  values.startFromShares(meanWeights(start.validators, start), netuids);
  const agents: RootEraAgent[] = [];
  const strategyOf = new Map<string, string>();
  const cabal = cabalMembers(start, config.cabal);
  const choice = random.stream("root validators/strategies");
  for (const validator of start.validators) {
    const isMember = cabal.includes(validator);
    const interested = choice.uniform() < config.root_validators.self_interested_share;
    const own = twoOf(netuids.length > 1 ? netuids : firstSlots(), choice);
    const strategy: Strategy = isMember ? "cabal" : interested ? "self-interested" : "proportional";
    strategyOf.set(validator.name, strategy);
    agents.push(
      new RootValidator(
        {
          id: validator.coldkey,
          hotkey: validator.name,
          firstBlock: firstBlock(validator.coldkey, config.root_validators.weigh_every_days),
          strategy,
          favours: isMember ? [config.cabal.netuid] : interested ? own : [],
          favourShare: isMember
            ? config.cabal.weight_share
            : config.root_validators.self_weight_share,
          favourFromBlock: isMember
            ? block + Math.round(config.cabal.delay_days * BLOCKS_PER_DAY)
            : 0,
          startWeights: validator.weights,
        },
        config.root_validators,
        values,
        validator.neurons.length > 1
          ? operatorOf(validator.coldkey, validator.neurons, validator.name, plan, block + 1)
          : null,
      ),
    );
  }
  for (const { coldkey, neurons } of start.operators) {
    const first = firstBlock(coldkey, config.operators.sell_every_days);
    agents.push(operatorOf(coldkey, neurons, null, plan, first));
  }
  for (const coldkey of start.delegators) {
    const first = firstBlock(coldkey, config.delegators.rebalance_every_days);
    agents.push(new Delegator(coldkey, first, config.delegators));
  }
  agents.push(
    new MarketBuyers(MARKET, firstBlock(MARKET, 1), config.delegators),
    new SubnetMiners(MINERS, firstBlock(MINERS, 0.01), config.miners),
    new SubnetOwners(OWNERS, firstBlock(OWNERS, 1), config.owners, values),
  );
  if (cabal.length > 0) {
    agents.push(
      new BribingOwner({
        id: CABAL_OWNER,
        hotkey: CABAL_MINER,
        firstBlock: firstBlock(CABAL_OWNER, 1),
        fromBlock: block + Math.round(config.cabal.delay_days * BLOCKS_PER_DAY),
        members: cabal.map(({ coldkey, name }) => ({ coldkey, hotkey: name })),
        bribeShare: config.cabal.bribe_share,
        sellShare: config.owners.sell_share,
      }),
    );
  }
  agents.push(...neuronAgents(plan, firstBlock));
  return { agents, strategyOf };
}

const firstSlots = (): number[] => Array.from({ length: FIRST_SLOTS }, (_, i) => i + 1);

function twoOf(netuids: readonly number[], stream: Stream): number[] {
  const first = netuids[stream.below(netuids.length)];
  const others = netuids.filter((netuid) => netuid !== first);
  return [first, others[stream.below(others.length)]];
}

function operatorOf(
  id: string,
  neurons: readonly string[],
  validator: string | null,
  { scenario }: Plan,
  firstBlock: number,
): Operator {
  const { operators, delegators } = scenario.agents;
  const role = validator ? "validator" : "miner";
  const place = { id, role, hotkeys: neurons, validator, firstBlock } as const;
  return new Operator(place, operators, delegators.take_sensitivity);
}

function cabalMembers(
  { validators }: RootEraStart,
  { members, first_rank: rank }: RootEraScenario["agents"]["cabal"],
): readonly ValidatorStart[] {
  return validators.slice(rank - 1, rank - 1 + members);
}

/** What validators weigh subnets at the start, by their stake. */
function meanWeights(
  validators: readonly ValidatorStart[],
  { grants }: RootEraStart,
): Map<number, number> {
  const stakeOf = new Map<number, number>();
  for (const { hotkey, stakeRao } of grants) {
    stakeOf.set(hotkey, (stakeOf.get(hotkey) ?? 0) + Number(stakeRao));
  }
  const mean = new Map<number, number>();
  for (const { hotkey, weights } of validators) {
    for (const [netuid, weight] of weights) {
      mean.set(netuid, (mean.get(netuid) ?? 0) + weight * (stakeOf.get(hotkey) ?? 0));
    }
  }
  return mean;
}

function neuronAgents(
  { start, scenario, metagraphs }: Plan,
  firstBlock: (id: string, everyDays: number) => number,
): RootEraAgent[] {
  const { miners } = scenario.agents;
  const scoring = validatorsConfig.parse({});
  const weightDays = scoring.set_weights_every_blocks / BLOCKS_PER_DAY;
  return start.subnets.flatMap(({ netuid, neurons }) => {
    const metagraph = metagraphs.get(netuid);
    if (neurons.kind !== "yuma" || !metagraph) return [];
    const list = neurons.subnet.neurons;
    const skills = new SkillField(list.length);
    skills.startFromWeights(weightSums(metagraph), miners.skill_spread);
    for (const [uid, { hotkey }] of list.entries()) skills.place(hotkey, uid);
    const minerUids = [...list.keys()].filter((uid) => list[uid].role === "miner");
    const hotkeys = minerUids.map((uid) => list[uid].hotkey);
    return list.map(({ hotkey, coldkey, role }) => {
      if (role === "miner") {
        return new NeuronMiner(
          coldkey,
          hotkey,
          firstBlock(coldkey, miners.sell_every_days),
          miners,
        );
      }
      const id = `scores/${netuid}/${hotkey}`;
      const first = firstBlock(id, weightDays);
      const place = { id, netuid, hotkey, minerUids, miners: hotkeys, firstBlock: first };
      return new NeuronValidator(place, scoring, new ProportionalScores(scoring, skills));
    });
  });
}

/** Each miner's weights, rows scaled to one, summed over who sets them by their stake. */
export function weightSums({ stakeRao, weights }: Metagraph): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [validator, row] of weights.entries()) {
    const total = row.reduce((sum, { weightU16 }) => sum + weightU16, 0);
    for (const { uid, weightU16 } of row) {
      sums.set(uid, (sums.get(uid) ?? 0) + (Number(stakeRao[validator]) * weightU16) / total);
    }
  }
  for (const [uid, row] of weights.entries()) if (row.length > 0) sums.delete(uid);
  return sums;
}
