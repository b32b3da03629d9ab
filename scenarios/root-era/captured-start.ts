/**
 * A captured root network as a start: its validators with their stake, takes and weights, and its
 * subnets. The capture shows totals, not stakers: whoever stakes with a validator is one account.
 */
import { raoFromTao } from "../../sim/amounts.ts";
import { DetailedSubnet } from "../../sim/bittensor/chain/detailed-subnet.ts";
import { newSubnetParameters } from "../../sim/bittensor/chain/new-subnet.ts";
import {
  type RegistrationTerms,
  usualRegistration,
} from "../../sim/bittensor/root-era/parameters.ts";
import { minersOf } from "../../sim/bittensor/root-era/setup.ts";
import type {
  AgreedNeurons,
  SubnetStart,
  YumaNeurons,
} from "../../sim/bittensor/root-era/subnet.ts";
import { type HotkeyId, TaoStakes } from "../../sim/bittensor/root-era/tao-stakes.ts";
import { exp } from "../../sim/portable-math.ts";
import type { RandomSource } from "../../sim/random.ts";
import { neuronsOf } from "../genesis.ts";
import type { Metagraph } from "../metagraph.ts";
import type { RootEraScenario } from "./schema.ts";
import {
  CABAL_OWNER,
  HOLDERS,
  MINERS,
  OWNERS,
  type RootEraStart,
  type SelfMining,
  STAKERS,
  sharesOf,
} from "./start.ts";
import type { CapturedRoot, RootSubnetState, RootValidatorState } from "./state.ts";

/** Validators without a seat on root, as one: three of the ten largest had none. */
const UNSEATED = "unseated";
/** A validator's own part of its stake where it is not known: the middle of those that are. */
const OWN_PART = { numerator: 1n, denominator: 200n };
const USUAL_TEMPO = 360;
const USUAL_BURN_RAO = 1_000_000_000n;

export interface CapturedPlan {
  readonly state: CapturedRoot;
  readonly scenario: RootEraScenario;
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
  readonly random: RandomSource;
  readonly selfMining: ((stakes: TaoStakes) => SelfMining) | null;
}

export function capturedStart(plan: CapturedPlan): RootEraStart {
  const { state, scenario, random } = plan;
  const { agents } = scenario;
  const usualTake = Math.round(agents.root_validators.take_share * 65_535);
  const stakes = new TaoStakes();
  const seats = state.validators.map((validator, uid) => {
    const name = `validator/${uid}`;
    const hotkey = stakes.open(name, name, true, validator.takeU16 ?? usualTake);
    return { coldkey: name, name, hotkey, validator };
  });
  stakes.open(UNSEATED, STAKERS, false);
  const seatedRao = state.validators.reduce((sum, { stakeRao }) => sum + stakeRao, 0n);
  const grants = seats.flatMap(({ coldkey, hotkey, validator }) => {
    const { stakeRao, ownStakeRao } = validator;
    const known = ownStakeRao ?? (stakeRao * OWN_PART.numerator) / OWN_PART.denominator;
    const own = known < stakeRao ? known : stakeRao;
    return [
      { hotkey, coldkey, stakeRao: own },
      { hotkey, coldkey: STAKERS, stakeRao: stakeRao - own },
    ];
  });
  const own = plan.selfMining?.(stakes) ?? null;
  const details = [...plan.metagraphs].map(([netuid, metagraph]) => ({
    netuid,
    ...detailOf(netuid, metagraph, plan, stakes, seats),
  }));
  const minersRao = details.reduce((sum, { grantedRao }) => sum + grantedRao, 0n);
  const restRao = state.stakedRao - seatedRao - minersRao;
  const unseated = stakes.idOfName(UNSEATED) as HotkeyId;
  const subnets = state.subnets.map((subnet): SubnetStart => {
    const detail = details.find(({ netuid }) => netuid === subnet.netuid);
    return {
      ...startOf(subnet, state, agents.cabal),
      neurons: detail?.neurons ?? agreed(subnet.netuid, stakes, own),
    };
  });
  const free = freeWallets(state, subnets, agents, random);
  return {
    stakes,
    grants: [
      ...grants,
      ...details.flatMap((detail) => detail.grants),
      { hotkey: unseated, coldkey: STAKERS, stakeRao: restRao > 0n ? restRao : 0n },
    ],
    wallets: free.wallets,
    unseated: [unseated],
    validators: seats
      .map(({ coldkey, name, hotkey, validator }) => ({
        coldkey,
        name,
        hotkey,
        weights: weightsOf(validator),
        isSeated: true,
        neurons: [],
        stakeRao: validator.stakeRao,
      }))
      .sort((a, b) => Number(b.stakeRao - a.stakeRao) || a.hotkey - b.hotkey),
    operators: [],
    delegators: free.delegators,
    subnets,
    scheduled: [],
    lock: { lastLockRao: state.lastLockRao, lastLockBlock: state.lastLockBlock },
    idle: [
      { coldkey: STAKERS, role: "delegator" },
      { coldkey: HOLDERS, role: "holder" },
    ],
  };
}

const weightsOf = ({ weights }: RootValidatorState): Map<number, number> => {
  const shares = sharesOf(weights.map(({ weight }) => weight));
  return new Map(weights.map(({ netuid }, i) => [netuid, shares[i]]));
};

function startOf(
  subnet: RootSubnetState,
  state: CapturedRoot,
  { members, netuid }: RootEraScenario["agents"]["cabal"],
): Omit<SubnetStart, "neurons"> {
  const isCabals = members > 0 && netuid === subnet.netuid;
  // A bound of 0 is one that the table does not show.
  const orUsual = (rao: bigint | null, usual: bigint) => (rao ? rao : usual);
  const registration: RegistrationTerms = {
    ...usualRegistration,
    target: subnet.targetRegistrations ?? usualRegistration.target,
    alphaU64: subnet.adjustmentAlphaU64 ?? usualRegistration.alphaU64,
    minBurnRao: subnet.minBurnRao ?? usualRegistration.minBurnRao,
    maxBurnRao: orUsual(subnet.maxBurnRao, usualRegistration.maxBurnRao),
  };
  return {
    netuid: subnet.netuid,
    name: "",
    ownerColdkey: isCabals ? CABAL_OWNER : OWNERS,
    registeredBlock: subnet.registeredBlock ?? state.lastLockBlock,
    tempoBlocks: subnet.tempoBlocks ?? USUAL_TEMPO,
    maxUids: subnet.maxUids,
    maxValidators: subnet.maxValidators,
    lockedRao: subnet.lockRao ?? 0n,
    burnRao: subnet.burnRao ?? USUAL_BURN_RAO,
    registration,
  };
}

function agreed(netuid: number, stakes: TaoStakes, own: SelfMining | null): AgreedNeurons {
  const others = stakes.open(minersOf(netuid), MINERS);
  const isOwn = own?.netuid === netuid;
  return {
    kind: "agreed",
    validators: "root",
    miners: isOwn ? [others, own.hotkey] : [others],
    incentive: isOwn ? [1 - own.part, own.part] : [1],
  };
}

/**
 * Neurons of a metagraph: its validators are root's, rank for rank by stake; who is left over, and
 * every miner, is a hotkey of its own with the stake that the metagraph shows.
 */
function detailOf(
  netuid: number,
  metagraph: Metagraph,
  { state }: CapturedPlan,
  stakes: TaoStakes,
  seats: readonly {
    readonly name: string;
    readonly hotkey: HotkeyId;
    readonly validator: RootValidatorState;
  }[],
) {
  const listed = neuronsOf(netuid, metagraph);
  const falling = (rao: (index: number) => bigint) => (a: number, b: number) =>
    Number(rao(b) - rao(a)) || a - b;
  const ranked = [...seats.keys()].sort(falling((seat) => seats[seat].validator.stakeRao));
  const setters = [...listed.keys()]
    .filter((uid) => listed[uid].role === "validator")
    .sort(falling((uid) => metagraph.stakeRao[uid]));
  const seatOf = new Map(setters.map((uid, rank) => [uid, ranked[rank]]));
  const neurons = listed.map((neuron, uid) => {
    const seat = seatOf.get(uid);
    return seat === undefined
      ? neuron
      : { ...neuron, hotkey: seats[seat].name, coldkey: seats[seat].name };
  });
  const hotkeys = neurons.map(({ hotkey, coldkey }) => stakes.open(hotkey, coldkey));
  const grants = neurons.flatMap(({ coldkey }, uid) =>
    seatOf.get(uid) === undefined
      ? [{ hotkey: hotkeys[uid], coldkey, stakeRao: metagraph.stakeRao[uid] }]
      : [],
  );
  const weights = metagraph.weights.map((row) => ({
    columns: row.map(({ uid }) => uid),
    values: row.map(({ weightU16 }) => weightU16),
  }));
  // Neither Yuma 3 nor a least stake for weights: nine of its setters have under 1,000 TAO.
  const parameters = { ...newSubnetParameters, yuma3: false, stakeThresholdRao: 0n };
  const subnet = new DetailedSubnet(
    { netuid, neurons, weights, parameters, weightsRateLimitBlocks: 100, ownerUid: null },
    state.block,
  );
  return {
    neurons: { kind: "yuma", subnet, hotkeys } satisfies YumaNeurons,
    grants,
    grantedRao: grants.reduce((sum, { stakeRao }) => sum + stakeRao, 0n),
  };
}

function freeWallets(
  state: CapturedRoot,
  subnets: readonly SubnetStart[],
  { delegators, owners, miners }: RootEraScenario["agents"],
  random: RandomSource,
) {
  const lockedRao = subnets.reduce((sum, subnet) => sum + subnet.lockedRao, 0n);
  let leftRao = state.totalIssuanceRao - state.stakedRao - lockedRao;
  const wallets: { coldkey: string; balanceRao: bigint }[] = [];
  const give = (coldkey: string, tao: number) => {
    const balanceRao = raoFromTao(Math.floor(tao * 1e6) / 1e6);
    leftRao -= balanceRao;
    wallets.push({ coldkey, balanceRao });
  };
  const stream = random.stream("delegators/wealth");
  const names = Array.from({ length: delegators.count }, (_, i) => `delegator/${i}`);
  const drawn = names.map(() => exp(delegators.wealth_spread * stream.normal()));
  for (const [i, part] of sharesOf(drawn).entries()) give(names[i], part * delegators.wealth_tao);
  give(OWNERS, owners.capital_tao);
  give(MINERS, miners.capital_tao);
  wallets.push({ coldkey: HOLDERS, balanceRao: leftRao });
  return { delegators: names, wallets };
}
