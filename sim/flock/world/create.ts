/** A FLock world on its first day: accounts opened, supply in place, wallets filled. */
import { type AccountId, Ledger } from "../../ledger/ledger.ts";
import type { RandomSource } from "../../random.ts";
import { BPS_BASE, flockFromWei, PERCENT_BASE, scaledFraction, weiFromFlock } from "../amounts.ts";
import { delegationPool } from "../delegation.ts";
import { EAPY_WINDOW_DAYS } from "../eapy.ts";
import { flockMarket, microFromUsd } from "../market.ts";
import type { FlockParameters } from "../parameters.ts";
import { mintDays } from "../supply/emission.ts";
import { tranches, vestedWei } from "../supply/supply.ts";
import type { FlockAgent } from "./agent.ts";
import type {
  CommonAccounts,
  ContractRatios,
  FlockWorldState,
  Operator,
  Participant,
} from "./state.ts";
import { NOTHING_LOCKED } from "./totals.ts";

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

/** Throws FlockWorldError when wallets and market hold more than circulates on the first day. */
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
    participant.operator = newOperator(
      participant,
      role,
      operators.length,
      parameters.arena.firstSigma,
    );
    operators.push(participant.operator);
  }
  const { mintedWei, counter } = mintDays(startDay, parameters.supply);
  const world: FlockWorldState = {
    parameters,
    ledger,
    accounts,
    ratios: contractRatios(parameters),
    random: (name) => random.stream(`flock/${name}`),
    day: startDay,
    emission: counter,
    emissionFlock: flockFromWei(counter.dailyWei),
    grossMintedWei: mintedWei,
    tranches: trancheList,
    participants,
    wakes: {
      firstDay: Int32Array.from(agents, ({ wake }) => wake.firstDay),
      everyDays: Int32Array.from(agents, ({ wake }) => wake.everyDays),
    },
    operators,
    tasks: [],
    models: [],
    alliances: [],
    market: flockMarket(parameters.market),
    outsidePriceUsd: parameters.market.priceUsd,
    outsideRandom: random.stream("flock/outside price"),
    locked: NOTHING_LOCKED,
    feesTotalWei: 0n,
    refusals: new Map(),
    events: { locks: [], soldWei: new Map(), boughtWei: new Map(), alliance: [] },
  };
  fillAccounts(world, mintedWei);
  return world;
}

const contractRatios = ({ arena, market, supply }: FlockParameters): ContractRatios => ({
  delegationPart: scaledFraction(arena.delegationWeight, PERCENT_BASE),
  gammaPart: scaledFraction(arena.gamma, PERCENT_BASE),
  lockedPart: scaledFraction(arena.lockedFraction, PERCENT_BASE),
  operatorFeeBps: scaledFraction(arena.operatorClaimFee, BPS_BASE),
  delegatorFeeBps: scaledFraction(arena.delegatorClaimFee, BPS_BASE),
  gasMicro: microFromUsd(market.gasUsd),
  capWei: weiFromFlock(supply.capFlock),
  minimumStakeWei: weiFromFlock(arena.minimumStakeGmflock),
});

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
    locked: NOTHING_LOCKED,
    operator: null,
    delegatedTo: new Set(),
    totals: { soldWei: 0n, claimedWei: 0n, usdSpentMicro: 0n },
  };
}

const newOperator = (
  participant: Participant,
  role: "node" | "validator",
  index: number,
  firstSigma: number,
): Operator => ({
  index,
  participant,
  role,
  pool: delegationPool(),
  sigma: firstSigma,
  sigmaPart: scaledFraction(firstSigma, PERCENT_BASE),
  sigmaChangedDay: Number.NEGATIVE_INFINITY,
  stakedWei: 0n,
  task: null,
  leftTasks: [],
  claimableWei: 0n,
  grants: [],
  returns: new Float64Array(EAPY_WINDOW_DAYS),
  grossReturns: new Float64Array(EAPY_WINDOW_DAYS),
  returnDays: 0,
  rewardFlock: 0,
  standing: 0,
});

/**
 * Mints what exists on the first day, and fills wallets and the market's pool from it: out of the
 * emission first, then from holders of vested allocations.
 */
function fillAccounts(world: FlockWorldState, emittedWei: bigint): void {
  const { ledger, accounts, market, parameters } = world;
  for (const tranche of world.tranches) {
    const amount = vestedWei(tranche, world.day);
    const target = trancheAccount(world, tranche.name);
    ledger.move(accounts.mint, target, amount, `vested before the start: ${tranche.name}`);
    world.grossMintedWei += amount;
  }
  ledger.move(accounts.mint, accounts.outside, emittedWei, "emitted before the start");
  for (const { agent, flock } of world.participants) {
    const held = weiFromFlock(agent.initialFlock);
    fromHolders(world, flock, held, "held at the start", `initialFlock of ${agent.id}`);
  }
  fromHolders(world, accounts.market, market.flockWei, "liquidity at the start", "market.depthUsd");
  const { usdMarket, usdOutside } = accounts;
  ledger.move(
    usdOutside,
    usdMarket,
    microFromUsd(parameters.market.depthUsd),
    "liquidity at the start",
  );
}

function fromHolders(
  world: FlockWorldState,
  to: AccountId,
  amountWei: bigint,
  reason: string,
  field: string,
): void {
  const { ledger, accounts } = world;
  let missing = amountWei;
  for (const source of [accounts.outside, ...accounts.tranches.values()]) {
    if (missing === 0n) return;
    const has = ledger.balance(source);
    const amount = has < missing ? has : missing;
    ledger.move(source, to, amount, reason);
    missing -= amount;
  }
  if (missing > 0n) {
    throw new FlockWorldError(
      field,
      `more FLOCK than circulates on day ${world.day} outside the treasury`,
      "less, or a later start",
    );
  }
}

/** Where a tranche's tokens go when they vest; the treasury's are its own. */
export const trancheAccount = ({ accounts }: FlockWorldState, name: string): AccountId =>
  name === "treasury" ? accounts.treasury : (accounts.tranches.get(name) ?? accounts.outside);
