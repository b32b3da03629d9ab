/**
 * From the captured state to a chain's start: who holds what. Captures show each subnet's totals
 * but not their holders, so the totals are divided by the scenario's `agents.holders`, every rao.
 */
import type { HoldersConfig } from "../agents/holders/config.ts";
import type { Actor, AggregateSubnet } from "../sim/bittensor/chain/chain.ts";
import type { DetailedSubnetGenesis, Neuron } from "../sim/bittensor/chain/detailed-subnet.ts";
import type { ChainGenesis, StakeGrant } from "../sim/bittensor/chain/genesis.ts";
import type { BittensorState, SubnetState } from "./bittensor-state.ts";
import { type DetailedSection, subnetTerms } from "./detailed-section.ts";
import type { Metagraph } from "./metagraph.ts";

/** All who stake on root, apart from delegators that a scenario adds. */
export const ROOT_STAKERS = "root_stakers";

const actor = (id: string): Actor => ({ hotkey: id, coldkey: id });

/** One actor a role, for a subnet that is not simulated neuron by neuron. */
export const aggregateOf = (netuid: number): AggregateSubnet => ({
  netuid,
  owner: actor(`owner/${netuid}`),
  miners: actor(`miners/${netuid}`),
  validators: actor(`validators/${netuid}`),
});

/** Delegators of a subnet's validators who hold and do nothing else. */
export const stakersOf = (netuid: number): string => `stakers/${netuid}`;

/** A neuron that sets weights is a validator, every other one a miner. */
export function neuronsOf(netuid: number, metagraph: Metagraph): Neuron[] {
  return Array.from(metagraph.stakeRao, (_, uid) => {
    const role = metagraph.weights[uid].length > 0 ? ("validator" as const) : ("miner" as const);
    const id = `${role}/${netuid}/${uid}`;
    return { hotkey: id, coldkey: id, role, registeredAtBlock: 0 };
  });
}

/** `copiers`: hotkeys of validators that copy. */
export function detailedGenesis(
  section: DetailedSection,
  metagraph: Metagraph,
  copiers: ReadonlySet<string>,
): DetailedSubnetGenesis {
  const { netuid } = section;
  const neurons = neuronsOf(netuid, metagraph);
  return {
    ...subnetTerms(section, neurons.length),
    netuid,
    neurons: neurons.map((neuron) =>
      copiers.has(neuron.hotkey) ? { ...neuron, role: "copier" } : neuron,
    ),
    weights: metagraph.weights.map((row) => ({
      columns: row.map(({ uid }) => uid),
      values: row.map(({ weightU16 }) => weightU16),
    })),
    ownerUid: null,
  };
}

/** The root stake of each root validator: as the neurons of the metagraph share theirs. */
interface RootWeight {
  readonly hotkey: string;
  readonly weight: bigint;
}

export interface GenesisPlan {
  readonly state: BittensorState;
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
  readonly holders: HoldersConfig;
  /** Free TAO of those who act. */
  readonly wallets: readonly { readonly coldkey: string; readonly balanceRao: bigint }[];
}

export function chainGenesis({ state, metagraphs, holders, wallets }: GenesisPlan): ChainGenesis {
  const grants: StakeGrant[] = [];
  for (const subnet of state.subnets) {
    const metagraph = metagraphs.get(subnet.netuid);
    grants.push(
      ...(metagraph ? neuronGrants(subnet, metagraph, holders) : aggregateGrants(subnet, holders)),
    );
  }
  for (const { recipient, amountRao } of divide(state.rootTaoRao, rootWeights(metagraphs))) {
    grants.push({ netuid: 0, hotkey: recipient, coldkey: ROOT_STAKERS, stakeRao: amountRao });
  }
  return {
    block: state.block,
    timeMs: state.timeMs,
    totalIssuanceRao: state.totalIssuanceRao,
    gateBarBits: state.gateBarBits,
    lastLock: {
      block: state.registration.lastRegistrationBlock,
      lockRao: state.registration.lastLockCostRao,
    },
    rootStakeRao: state.rootTaoRao,
    subnets: state.subnets,
    stakes: grants.filter(({ stakeRao }) => stakeRao > 0n),
    wallets,
  };
}

/** Hotkeys with root stake, and their weights in it. */
export function rootWeights(metagraphs: ReadonlyMap<number, Metagraph>): RootWeight[] {
  const [first] = metagraphs;
  if (!first) return [{ hotkey: "root", weight: 1n }];
  const [netuid, metagraph] = first;
  return neuronsOf(netuid, metagraph)
    .map(({ hotkey, role }, uid) => ({ hotkey, role, weight: metagraph.stakeRao[uid] }))
    .filter(({ role, weight }) => role === "validator" && weight > 0n)
    .map(({ hotkey, weight }) => ({ hotkey, weight }));
}

const outstandingRao = ({ alphaOutRao, protocolAlphaRao }: SubnetState): bigint =>
  alphaOutRao - protocolAlphaRao;

function aggregateGrants(subnet: SubnetState, holders: HoldersConfig): StakeGrant[] {
  const { netuid } = subnet;
  const { owner, miners, validators } = aggregateOf(netuid);
  const totalRao = outstandingRao(subnet);
  const ownerRao = share(totalRao, holders.owner_share);
  const minersRao = share(totalRao, holders.miner_share);
  const validatorRao = share(totalRao, holders.validator_share);
  const restRao = totalRao - ownerRao - minersRao - validatorRao;
  return [
    { netuid, ...owner, stakeRao: ownerRao },
    { netuid, ...miners, stakeRao: minersRao },
    { netuid, ...validators, stakeRao: validatorRao },
    { netuid, hotkey: validators.hotkey, coldkey: stakersOf(netuid), stakeRao: restRao },
  ];
}

/** Validators' stake in the captured proportions; miners' part evenly. */
function neuronGrants(
  subnet: SubnetState,
  metagraph: Metagraph,
  holders: HoldersConfig,
): StakeGrant[] {
  const { netuid } = subnet;
  const neurons = neuronsOf(netuid, metagraph);
  const totalRao = outstandingRao(subnet);
  const ownerRao = share(totalRao, holders.owner_share);
  const minersRao = share(totalRao, holders.miner_share);
  const validatorRao = share(totalRao, holders.validator_share);
  const grants: StakeGrant[] = [{ netuid, ...actor(`owner/${netuid}`), stakeRao: ownerRao }];
  const give = (amountRao: bigint, role: Neuron["role"], coldkey?: string) => {
    const weights = neurons
      .map(({ hotkey }, uid) => ({ hotkey, uid }))
      .filter(({ uid }) => neurons[uid].role === role)
      .map(({ hotkey, uid }) => ({
        hotkey,
        weight: role === "miner" ? 1n : metagraph.stakeRao[uid],
      }));
    // A role that nobody fills leaves its part to the owner.
    const filled = weights.some(({ weight }) => weight > 0n);
    const parts = filled
      ? divide(amountRao, weights)
      : [{ recipient: `owner/${netuid}`, amountRao }];
    for (const { recipient, amountRao: rao } of parts) {
      grants.push({ netuid, hotkey: recipient, coldkey: coldkey ?? recipient, stakeRao: rao });
    }
  };
  give(minersRao, "miner");
  give(validatorRao, "validator");
  give(totalRao - ownerRao - minersRao - validatorRao, "validator", stakersOf(netuid));
  return grants;
}

const share = (rao: bigint, part: number): bigint =>
  (rao * BigInt(Math.round(part * 1e9))) / 1_000_000_000n;

/** Divides an amount by weights; the last recipient gets what floors leave over. */
function divide(amountRao: bigint, weights: readonly RootWeight[]) {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0n);
  let left = amountRao;
  return weights.map(({ hotkey, weight }, index) => {
    const rao = index === weights.length - 1 ? left : (amountRao * weight) / total;
    left -= rao;
    return { recipient: hotkey, amountRao: rao };
  });
}
