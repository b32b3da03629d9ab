/** A FLock world on its first day: accounts opened, supply in place, wallets filled. */
import { type AccountId, Ledger } from "../../ledger/ledger.ts";
import type { RandomSource } from "../../random.ts";
import { weiFromFlock } from "../amounts.ts";
import { delegationPool } from "../delegation.ts";
import { EAPY_WINDOW_DAYS } from "../eapy.ts";
import { flockMarket } from "../market.ts";
import type { FlockParameters } from "../parameters.ts";
import { mintDays } from "../supply/emission.ts";
import { tranches, vestedWei } from "../supply/supply.ts";
import type { FlockAgent } from "./agent.ts";
import type { CommonAccounts, FlockWorldState, Operator, Participant } from "./state.ts";

export const FLOCK = "FLOCK";
export const GMFLOCK = "gmFLOCK";
export const USD = "USD";

export interface FlockWorldSettings {
  readonly parameters: FlockParameters;
  /** Days from the launch; the first simulated day is the next one. */
  readonly startDay: number;
  readonly agents: readonly FlockAgent[];
  readonly random: RandomSource;
  /** For tests: books that make a mistake. */
  readonly ledger?: Ledger;
}

/** Settings of a world that cannot be. `field` names the setting. */
export class FlockWorldError extends Error {
  override readonly name = "FlockWorldError";

  constructor(
    readonly field: string,
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${field}: ${problem}; ${remedy}`);
  }
}

/** Throws FlockWorldError when the wallets hold more than has been emitted by the first day. */
export function createFlockWorld(settings: FlockWorldSettings): FlockWorldState {
  const { parameters, startDay, agents, random } = settings;
  const ledger = settings.ledger ?? new Ledger();
  const trancheList = tranches(parameters);
  const accounts = openAccounts(
    ledger,
    trancheList.map(({ name }) => name),
  );
  const participants = agents.map((agent, index) => openParticipant(ledger, agent, index, random));
  const operators: Operator[] = [];
  for (const participant of participants) {
    const { role } = participant.agent;
    if (role !== "node" && role !== "validator") continue;
    participant.operator = newOperator(participant, role, operators.length);
    operators.push(participant.operator);
  }
  const { mintedWei, counter } = mintDays(startDay, parameters.supply);
  const world: FlockWorldState = {
    parameters,
    ledger,
    accounts,
    random: (name) => random.stream(`flock/${name}`),
    day: startDay,
    emission: counter,
    emissionFlock: 0,
    grossMintedWei: mintedWei,
    tranches: trancheList,
    participants,
    operators,
    tasks: [],
    models: [],
    alliances: [],
    market: flockMarket(parameters.market),
    outsidePriceUsd: parameters.market.priceUsd,
    feesTotalWei: 0n,
    refusals: new Map(),
    events: { locks: [], soldWei: new Map(), boughtWei: new Map(), alliance: [] },
  };
  fillAccounts(world, mintedWei);
  return world;
}

function openAccounts(ledger: Ledger, trancheNames: readonly string[]): CommonAccounts {
  const flock = (name: string) => ledger.holding(FLOCK, name);
  const tranche = (name: string): [string, AccountId] => [name, flock(`outside/${name}`)];
  return {
    mint: ledger.boundary(FLOCK, "mint"),
    burn: ledger.boundary(FLOCK, "burn"),
    exchange: flock("gmflock/principal"),
    tokenContract: flock("token contract/fees"),
    taskManager: flock("arena/task manager"),
    claimable: flock("arena/claimable"),
    lockedRewards: flock("arena/locked rewards"),
    pools: flock("arena/delegation pools"),
    vesting: flock("arena/vesting"),
    alliancePools: flock("alliance/pools"),
    allianceStakes: flock("alliance/stakes"),
    curves: flock("marketplace/curves"),
    treasury: flock("treasury"),
    market: flock("market/pool"),
    outside: flock("outside/holders"),
    tranches: new Map(trancheNames.map(tranche)),
    gmMint: ledger.boundary(GMFLOCK, "mint"),
    gmTasks: ledger.holding(GMFLOCK, "arena/stakes"),
    gmPools: ledger.holding(GMFLOCK, "arena/delegated"),
    usdMarket: ledger.holding(USD, "market/pool"),
    usdOutside: ledger.boundary(USD, "outside"),
    usdCompute: ledger.boundary(USD, "compute"),
    usdTreasury: ledger.holding(USD, "treasury"),
  };
}

function openParticipant(
  ledger: Ledger,
  agent: FlockAgent,
  index: number,
  random: RandomSource,
): Participant {
  return {
    index,
    agent,
    random: random.stream(`flock/agent/${agent.id}`),
    flock: ledger.holding(FLOCK, `wallet/${agent.id}`),
    gm: ledger.holding(GMFLOCK, `wallet/${agent.id}`),
    usd: ledger.boundary(USD, `bank/${agent.id}`),
    locks: [],
    operator: null,
    delegatedTo: new Set(),
    totals: { soldWei: 0n, claimedWei: 0n, usdSpentMicro: 0n },
  };
}

/** The sharing ratio of an operator who has not chosen one: the documentation's example. */
const FIRST_SIGMA = 0.4;

const newOperator = (
  participant: Participant,
  role: "node" | "validator",
  index: number,
): Operator => ({
  index,
  participant,
  role,
  pool: delegationPool(),
  sigma: FIRST_SIGMA,
  sigmaChangedDay: Number.NEGATIVE_INFINITY,
  stakedWei: 0n,
  task: null,
  claimableWei: 0n,
  grants: [],
  returns: new Float64Array(EAPY_WINDOW_DAYS),
  returnDays: 0,
  rewardFlock: 0,
  standing: 0,
});

/** Mints what exists on the first day: vested allocations, and the emission so far into wallets. */
function fillAccounts(world: FlockWorldState, emittedWei: bigint): void {
  const { ledger, accounts, parameters } = world;
  for (const tranche of world.tranches) {
    const amount = vestedWei(tranche, world.day);
    const target = trancheAccount(world, tranche.name);
    ledger.move(accounts.mint, target, amount, `vested before the start: ${tranche.name}`);
    world.grossMintedWei += amount;
  }
  let left = emittedWei;
  for (const { agent, flock } of world.participants) {
    const amount = weiFromFlock(agent.initialFlock);
    if (amount > left) {
      throw new FlockWorldError(
        "initialFlock",
        `the agents' wallets hold more FLOCK than had been emitted by day ${world.day}`,
        "give them less, or start later",
      );
    }
    ledger.move(accounts.mint, flock, amount, "emitted before the start");
    left -= amount;
  }
  ledger.move(accounts.mint, accounts.outside, left, "emitted before the start");
  stockMarket(world, parameters);
}

/** The pool's FLOCK comes from holders outside, the airdrop first. */
function stockMarket(world: FlockWorldState, parameters: FlockParameters): void {
  const { ledger, accounts, market } = world;
  let missing = market.flockWei;
  for (const source of [...accounts.tranches.values(), accounts.outside]) {
    const has = ledger.balance(source);
    const amount = has < missing ? has : missing;
    ledger.move(source, accounts.market, amount, "liquidity before the start");
    missing -= amount;
  }
  if (missing > 0n) {
    throw new FlockWorldError(
      "market.depthUsd",
      `the pool needs ${parameters.market.depthUsd / parameters.market.priceUsd} FLOCK, more than circulates`,
      "a smaller depth",
    );
  }
  ledger.move(
    accounts.usdOutside,
    accounts.usdMarket,
    market.usdMicro,
    "liquidity before the start",
  );
}

/** Where a tranche's tokens go when they vest; the treasury's are its own. */
export const trancheAccount = ({ accounts }: FlockWorldState, name: string): AccountId =>
  name === "treasury" ? accounts.treasury : (accounts.tranches.get(name) ?? accounts.outside);
