/** The people of a FLock world, made from its configuration and the seed. */
import { colluder, honest, malicious } from "../../sim/flock/alliance/strategies.ts";
import { flockFromWei } from "../../sim/flock/amounts.ts";
import { multiplier } from "../../sim/flock/gmflock.ts";
import { type FlockParameters, flockParameters } from "../../sim/flock/parameters.ts";
import { mintDays } from "../../sim/flock/supply/emission.ts";
import { supplyOnDay } from "../../sim/flock/supply/supply.ts";
import type { FlockAgent } from "../../sim/flock/world/world.ts";
import { exp } from "../../sim/portable-math.ts";
import type { RandomSource, Stream } from "../../sim/random.ts";
import type { AgentSetting } from "./agent.ts";
import type { Beliefs } from "./beliefs.ts";
import { dayOfDate, type FlockConfig, overridesOf } from "./config.ts";
import { Delegator } from "./delegators.ts";
import { followers } from "./follower.ts";
import type { LockTaste } from "./locking.ts";
import { TrainingNode } from "./nodes.ts";
import type { OperatorTraits } from "./operators.ts";
import {
  AlliancePerson,
  creatorFlock,
  ModelUser,
  Researchers,
  TaskCreator,
  Treasury,
  Whale,
} from "./others.ts";
import { ArenaValidator, type ValidatorConduct } from "./validators.ts";

export interface FlockPopulation {
  readonly parameters: FlockParameters;
  readonly startDay: number;
  readonly agents: FlockAgent[];
}

/** All who are paid for research, as one. */
export const RESEARCHERS = "researchers/0";

/** Throws ParameterError for a parameter out of its bounds. */
export function flockPopulation(
  config: FlockConfig,
  random: RandomSource,
  /** Whether there are researchers who may be paid in FLOCK. */
  withResearchers = false,
): FlockPopulation {
  const parameters = flockParameters(overridesOf(config.parameters));
  const startDay = dayOfDate(config.start);
  const people = new People(config, parameters, startDay, random);
  const nodes = people.nodes();
  const agents = [
    people.creator(),
    ...nodes,
    ...people.validators(nodes.length),
    ...people.delegators(),
    ...people.whale(),
    ...people.alliance(),
    ...people.users(),
    ...(withResearchers
      ? [new Researchers(people.setting(RESEARCHERS, 0, 1, true), config.bridge.sell_share)]
      : []),
    new Treasury(
      people.setting("treasury/0", 0, config.treasury.every_days, true),
      config.treasury.burn_share,
    ),
    ...followers(config.follower, startDay),
  ];
  return { parameters, startDay, agents };
}

/** Someone who may lock: how patient, and how rich at the start. */
export interface Holder {
  readonly taste: LockTaste;
  readonly flock: number;
}

/** The delegators of a population, as far as their locks are concerned. */
export function delegatingHolders(config: FlockConfig, random: RandomSource): Holder[] {
  const parameters = flockParameters(overridesOf(config.parameters));
  return new People(config, parameters, dayOfDate(config.start), random).holders();
}

const lognormal = (median: number, spread: number, random: Stream): number =>
  median * exp(spread * random.normal());

/** Weights that sum to 1, log-normal of that spread. */
function shares(count: number, spread: number, random: Stream): number[] {
  const weights = Array.from({ length: count }, () => lognormal(1, spread, random));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

class People {
  readonly #emittedFlock: number;
  /** The alliance's stakes come out of what is left of the emission, before wealth is divided. */
  readonly #allianceFlock: number;
  readonly #whaleFlock: number;
  readonly #streams = new Map<string, Stream>();
  readonly beliefs: Beliefs;

  constructor(
    readonly config: FlockConfig,
    readonly parameters: FlockParameters,
    readonly startDay: number,
    readonly source: RandomSource,
  ) {
    this.#emittedFlock =
      flockFromWei(mintDays(startDay, parameters.supply).mintedWei) * config.emitted_kept_share;
    const { crowd_share, history_days } = config.taste;
    this.beliefs = { crowdShare: crowd_share, historyDays: history_days };
    const members = parameters.alliance.activeTasks > 0 ? config.alliance.count : 0;
    this.#allianceFlock = members * parameters.alliance.stakeFlock * 1.5;
    const { circulatingFlock } = supplyOnDay(startDay, parameters);
    this.#whaleFlock = circulatingFlock * config.whale.share;
  }

  /**
   * The stream of a trait for a group, such as the tastes of delegators. People draw from it in
   * the order of their numbers, so that more people change nothing for those before them.
   */
  #drawFor(trait: string, id: string): Stream {
    const name = `${trait}/${id.split("/")[0]}`;
    const stream = this.#streams.get(name) ?? this.stream(name);
    this.#streams.set(name, stream);
    return stream;
  }

  stream(name: string): Stream {
    return this.source.stream(`flock/population/${name}`);
  }

  /** `atOnce`: there from the first day; otherwise some day of the arrival. */
  setting(id: string, initialFlock: number, everyDays: number, atOnce = false): AgentSetting {
    const { arrival_days } = this.config;
    const late =
      atOnce || arrival_days === 0 ? 0 : this.#drawFor("arrival", id).below(arrival_days);
    return { id, initialFlock, firstDay: this.startDay + 1 + late, everyDays };
  }

  taste(id: string): LockTaste {
    const { taste } = this.config;
    const random = this.#drawFor("taste", id);
    return {
      horizonDays: Math.max(1, lognormal(taste.horizon_days, taste.horizon_spread, random)),
      surprisesPerYear: taste.surprises_per_year,
      waitCostPerYear: lognormal(taste.wait_cost_per_year, taste.wait_cost_spread, random),
      requiredPerYear: lognormal(taste.required_per_year, taste.required_spread, random),
      matured: taste.matured_locks,
    };
  }

  /** FLOCK of each of a group that holds this part of what has been emitted. */
  #wealth(group: string, count: number, share: number, spread: number, least = 0): number[] {
    const left = this.#emittedFlock - this.#allianceFlock;
    const rest = Math.max(0, left * share - count * least);
    return shares(count, spread, this.stream(`wealth/${group}`)).map((part) => least + part * rest);
  }

  /** Enough to reach the minimum stake with the longest lock: without it nobody is an operator. */
  #leastOperatorFlock(): number {
    const { gmflock, arena } = this.parameters;
    return (1.05 * arena.minimumStakeGmflock) / multiplier(gmflock.fullLockDays, gmflock);
  }

  #operatorTraits(
    id: string,
    section: { sigma_every_days: number; sigma_step: number },
  ): OperatorTraits {
    return {
      taste: this.taste(id),
      beliefs: this.beliefs,
      claimMargin: this.config.claim_margin,
      lockEveryDays: this.config.taste.lock_every_days,
      sigmaEveryDays: section.sigma_every_days,
      sigmaStep: section.sigma_step,
    };
  }

  creator(): FlockAgent {
    const { arena } = this.parameters;
    const flock = creatorFlock(arena);
    return new TaskCreator(this.setting("creator/0", flock, arena.taskIntervalDays, true));
  }

  nodes(): FlockAgent[] {
    const { nodes } = this.config;
    const least = this.#leastOperatorFlock();
    const wealth = this.#wealth(
      "nodes",
      nodes.count,
      nodes.wealth_share,
      nodes.wealth_spread,
      least,
    );
    return wealth.map((flock, i) => {
      const id = `node/${i}`;
      const random = this.#drawFor("traits", id);
      return new TrainingNode(this.setting(id, flock, 3), {
        ...this.#operatorTraits(id, nodes),
        skill: random.uniform(),
        costFactor: lognormal(nodes.compute_cost, nodes.compute_cost_spread, random),
        stepsUsd: [25, 50, 100, 200, 400, 800],
        offersTokens: this.config.marketplace.offerings,
      });
    });
  }

  validators(nodes: number): FlockAgent[] {
    const { validators } = this.config;
    const least = this.#leastOperatorFlock();
    const wealth = this.#wealth(
      "validators",
      validators.count,
      validators.wealth_share,
      validators.wealth_spread,
      least,
    );
    const lazy = Math.round(validators.count * validators.lazy_share);
    const colluding = Math.round(validators.count * validators.colluding_share);
    // Nodes come first among the operators, so the ring is the first of them by number.
    const ring = Math.round(nodes * validators.ring_share);
    const conductOf = (i: number): ValidatorConduct => {
      if (i < lazy) return { kind: "lazy", guess: validators.guessed_loss };
      if (i < lazy + colluding) {
        return { kind: "colluding", friends: ring, praise: validators.praise };
      }
      return { kind: "honest" };
    };
    return wealth.map((flock, i) => {
      const id = `validator/${i}`;
      const random = this.#drawFor("traits", id);
      return new ArenaValidator(this.setting(id, flock, 3), {
        ...this.#operatorTraits(id, validators),
        conduct: conductOf(i),
        noise: lognormal(validators.noise, validators.noise_spread, random),
      });
    });
  }

  /** Delegators as holders, in the order of their numbers. */
  holders(): Holder[] {
    const { count, wealth_share, wealth_spread } = this.config.delegators;
    const wealth = this.#wealth("delegators", count, wealth_share, wealth_spread);
    return wealth.map((flock, i) => ({ flock, taste: this.taste(`delegator/${i}`) }));
  }

  delegators(): FlockAgent[] {
    const { delegators, claim_margin, taste: tastes } = this.config;
    return this.holders().map(({ flock, taste }, i) => {
      const id = `delegator/${i}`;
      return new Delegator(this.setting(id, flock, delegators.act_every_days), {
        taste,
        beliefs: this.beliefs,
        looksAt: delegators.looks_at,
        moveMargin: delegators.move_margin,
        claimMargin: claim_margin,
        lockEveryDays: tastes.lock_every_days,
      });
    });
  }

  whale(): FlockAgent[] {
    const { lock_days, dump_days } = this.config.whale;
    if (this.#whaleFlock === 0) return [];
    const setting = this.setting("whale/0", this.#whaleFlock, 1);
    return [
      new Whale(setting, {
        lockDays: lock_days,
        dumpDays: dump_days,
        beliefs: this.beliefs,
      }),
    ];
  }

  alliance(): FlockAgent[] {
    const { alliance } = this.config;
    if (this.#allianceFlock === 0) return [];
    const bad = Math.round(alliance.count * alliance.malicious_share);
    const colluding = Math.round(alliance.count * alliance.colluding_share);
    const flock = this.#allianceFlock / alliance.count;
    const idOf = (i: number) => `alliance/${i}`;
    const ring = new Set(Array.from({ length: colluding }, (_, i) => idOf(bad + i)));
    const strategyOf = (i: number) => {
      if (i < bad) return malicious(alliance.attack, alliance.strength);
      return ring.has(idOf(i)) ? colluder(ring) : honest();
    };
    return Array.from(
      { length: alliance.count },
      (_, i) => new AlliancePerson(this.setting(idOf(i), flock, 1, true), strategyOf(i)),
    );
  }

  users(): FlockAgent[] {
    const { user_count, raise_usd } = this.config.marketplace;
    const { revenueUsdPerDay } = this.parameters.marketplace;
    if (revenueUsdPerDay === 0) return [];
    return Array.from(
      { length: user_count },
      (_, i) =>
        new ModelUser(this.setting(`user/${i}`, 0, 1), {
          usdPerDay: revenueUsdPerDay / user_count,
          raiseUsd: raise_usd,
        }),
    );
  }
}
