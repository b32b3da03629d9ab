/**
 * The genesis of March 2023: 4,096 neurons of 371 operators on subnet 3, and who held how much. The
 * largest hotkey of each of the richest operators takes others' stake.
 */

import {
  type RegistrationTerms,
  usualRegistration,
} from "../../sim/bittensor/root-era/parameters.ts";
import { minersOf } from "../../sim/bittensor/root-era/setup.ts";
import type { SubnetStart } from "../../sim/bittensor/root-era/subnet.ts";
import { type HotkeyId, TaoStakes } from "../../sim/bittensor/root-era/tao-stakes.ts";
import { exp } from "../../sim/portable-math.ts";
import type { RandomSource } from "../../sim/random.ts";
import { GENESIS_2023 } from "../genesis-2023.ts";
import type { RootEraScenario } from "./schema.ts";
import {
  HOLDERS,
  MINERS,
  OWNERS,
  type RootEraStart,
  type SelfMining,
  sharesOf,
  type ValidatorStart,
} from "./start.ts";
import type { GenesisRoot } from "./state.ts";

const TAO = 1_000_000_000n;
const PERMITS = 128;
/** Subnet 1 was added on 2023-04-13, with 1,024 places. */
const SUBNET_1 = { netuid: 1, block: 172_898, places: 1_024 } as const;
/** Two places in 112 blocks, as subnet 1 still had in October 2024. */
const registration: RegistrationTerms = { ...usualRegistration, target: 2, intervalBlocks: 112 };

export function genesisStart(
  { genesis }: GenesisRoot,
  { agents }: RootEraScenario,
  random: RandomSource,
  selfMining: ((stakes: TaoStakes) => SelfMining) | null,
): RootEraStart {
  const { freeRao, neurons } = genesis;
  const takeU16 = Math.round(agents.root_validators.take_share * 65_535);
  const coldkeyOf = (owner: number) => `operator/${owner}`;
  const nameOf = (uid: number) => `neuron/${uid}`;
  const uidsOf = new Map<number, number[]>();
  for (const [uid, { owner }] of neurons.entries()) {
    uidsOf.set(owner, [...(uidsOf.get(owner) ?? []), uid]);
  }
  const stakeOf = (uids: readonly number[]) =>
    uids.reduce((sum, uid) => sum + Number(neurons[uid].stakeRao), 0);
  const richest = [...uidsOf].sort((a, b) => stakeOf(b[1]) - stakeOf(a[1]) || a[0] - b[0]);
  const byStake = (a: number, b: number) =>
    Number(neurons[b].stakeRao - neurons[a].stakeRao) || a - b;
  const validatorUid = new Map(
    richest
      .slice(0, agents.root_validators.count)
      .map(([owner, uids]) => [owner, [...uids].sort(byStake)[0]]),
  );
  const taken = new Set(validatorUid.values());
  const stakes = new TaoStakes();
  const ids = neurons.map(({ owner }, uid) =>
    stakes.open(nameOf(uid), coldkeyOf(owner), taken.has(uid), takeU16),
  );
  const validators = [...validatorUid]
    .map(([owner, uid]): ValidatorStart & { readonly uid: number } => ({
      uid,
      coldkey: coldkeyOf(owner),
      hotkey: ids[uid],
      name: nameOf(uid),
      weights: new Map(),
      isSeated: false,
      neurons: (uidsOf.get(owner) ?? []).map(nameOf),
    }))
    .sort((a, b) => byStake(a.uid, b.uid));
  const free = freeWallets(freeRao, new Set(uidsOf.keys()), agents);
  const places = { ids, permitted: [...neurons.keys()].sort(byStake).slice(0, PERMITS), random };
  return {
    stakes,
    grants: neurons.map(({ owner, stakeRao }, uid) => ({
      hotkey: ids[uid],
      coldkey: coldkeyOf(owner),
      stakeRao,
    })),
    wallets: [
      ...[...uidsOf.keys()].map((owner) => ({
        coldkey: coldkeyOf(owner),
        balanceRao: freeRao[owner],
      })),
      ...free.wallets,
    ],
    unseated: [],
    validators,
    operators: [...uidsOf]
      .filter(([owner]) => !validatorUid.has(owner))
      .map(([owner, uids]) => ({ coldkey: coldkeyOf(owner), neurons: uids.map(nameOf) })),
    delegators: free.delegators,
    subnets: [subnet3(places, agents.miners.skill_spread, selfMining?.(stakes) ?? null)],
    scheduled: [subnet1(places, stakes)],
    lock: { lastLockRao: 100n * TAO, lastLockBlock: 0 },
    idle: [{ coldkey: HOLDERS, role: "holder" }],
  };
}

interface Places {
  /** Hotkeys by uid. */
  readonly ids: readonly HotkeyId[];
  /** uids with a permit: the most stake. */
  readonly permitted: readonly number[];
  readonly random: RandomSource;
}

const operatorsSubnet = {
  ownerColdkey: null,
  tempoBlocks: GENESIS_2023.tempoBlocks,
  lockedRao: 0n,
  maxValidators: PERMITS,
  burnRao: TAO,
  registration,
} as const;

/** Who has no permit mines, with a skill of its own. */
function subnet3(
  { ids, permitted, random }: Places,
  spread: number,
  own: SelfMining | null,
): SubnetStart {
  const stream = random.stream("genesis/skills");
  const validates = new Set(permitted);
  const miners = [...ids.keys()].filter((uid) => !validates.has(uid));
  const incentive = sharesOf(miners.map(() => exp(spread * stream.normal())));
  const others = own ? 1 - own.part : 1;
  return {
    ...operatorsSubnet,
    netuid: GENESIS_2023.netuid,
    name: "",
    registeredBlock: 0,
    maxUids: ids.length,
    neurons: {
      kind: "agreed",
      validators: permitted.map((uid) => ids[uid]),
      miners: [...miners.map((uid) => ids[uid]), ...(own ? [own.hotkey] : [])],
      incentive: [...incentive.map((part) => part * others), ...(own ? [own.part] : [])],
    },
  };
}

function subnet1({ ids, permitted }: Places, stakes: TaoStakes): SubnetStart {
  return {
    ...operatorsSubnet,
    netuid: SUBNET_1.netuid,
    name: "",
    registeredBlock: SUBNET_1.block,
    maxUids: SUBNET_1.places,
    neurons: {
      kind: "agreed",
      validators: permitted.map((uid) => ids[uid]),
      miners: [stakes.open(minersOf(SUBNET_1.netuid), MINERS)],
      incentive: [1],
    },
  };
}

/** Free TAO of those without neurons: the richest delegate, the next found subnets, others hold. */
function freeWallets(
  freeRao: BigUint64Array,
  operators: ReadonlySet<number>,
  { delegators, owners, miners }: RootEraScenario["agents"],
) {
  const holders = [...freeRao.keys()]
    .filter((owner) => !operators.has(owner))
    .sort((a, b) => Number(freeRao[b] - freeRao[a]) || a - b);
  const names: string[] = [];
  const wallets: { coldkey: string; balanceRao: bigint }[] = [];
  let restRao = 0n;
  for (const [rank, owner] of holders.entries()) {
    if (rank < delegators.count) {
      const coldkey = `delegator/${rank}`;
      names.push(coldkey);
      wallets.push({ coldkey, balanceRao: freeRao[owner] });
    } else restRao += freeRao[owner];
  }
  const give = (coldkey: string, tao: number) => {
    const wantedRao = BigInt(Math.round(tao * 1e6)) * 1_000n;
    const balanceRao = wantedRao < restRao ? wantedRao : restRao;
    restRao -= balanceRao;
    wallets.push({ coldkey, balanceRao });
  };
  give(OWNERS, owners.capital_tao);
  give(MINERS, miners.capital_tao);
  wallets.push({ coldkey: HOLDERS, balanceRao: restRao });
  return { delegators: names, wallets };
}
