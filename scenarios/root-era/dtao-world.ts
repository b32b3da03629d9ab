/** From the state at the end of the root era to the world with pools that goes on from it. */
import { SkillField } from "../../agents/miners/skills.ts";
import { raoFromTao } from "../../sim/amounts.ts";
import { BittensorChain, type ChainSetup } from "../../sim/bittensor/chain/chain.ts";
import { EVERYONE_ELSE } from "../../sim/bittensor/chain/genesis.ts";
import { subnetTermsAt } from "../../sim/bittensor/chain/subnet-terms.ts";
import { type Switched, switchToPools } from "../../sim/bittensor/root-era/dtao-switch.ts";
import { rootClaims } from "../../sim/bittensor/rules/root-claims.ts";
import { type StartOverrides, startOf } from "../../sim/bittensor/rules/timeline.ts";
import { randomSource } from "../../sim/random.ts";
import type { RecordSink } from "../../sim/records.ts";
import { World } from "../../sim/world.ts";
import type { BuiltWorld } from "../build-world.ts";
import { notesOfEras } from "../era-notes.ts";
import { aggregateOf } from "../genesis.ts";
import { subnetTermsOverrides } from "../registration-section.ts";
import { ruleBlock, runRules } from "../rules.ts";
import { startBlocks } from "../starts.ts";
import type { BuiltRootEraWorld } from "./build.ts";
import { dtaoPopulation, type Stake } from "./dtao-population.ts";
import type { CrossingScenario } from "./load.ts";
import type { LoadedDtao } from "./load-dtao.ts";
import { weightSums } from "./population.ts";
import { CABAL_OWNER, HOLDERS } from "./start.ts";

/**
 * Ends the world before, which has come to its last block, and builds the one after; the same world
 * before gives the same one after, to the order of its parts.
 */
export function buildDtaoWorld(
  loaded: CrossingScenario,
  before: BuiltRootEraWorld,
  { sink, run = 0 }: { readonly sink: RecordSink; readonly run?: number },
): BuiltWorld {
  const { scenario, dtao, untilBlock } = loaded;
  const { section, start, ruleChanges } = dtao;
  const { dated, ruleSets, bent } = runRules(section, start, ruleChanges, untilBlock);
  const switched = switchToPools(before.chain, {
    poolRao: raoFromTao(section.switch.pool_tao),
    movingPrice: section.switch.moving_price,
    creditWaiting: section.switch.uncredited === "credited",
    taoWeightU64: dated[0].parameters.taoWeight,
  });
  const { block } = switched;
  const netuids = switched.subnets.map(({ netuid }) => netuid);
  const random = randomSource(`${scenario.seed}/dtao`, run);
  const detailed = detailedOf(loaded, before);
  const { delegators } = before;
  const stakes = gathered(switched.stakes, new Set([...delegators, ...before.operators]));
  const rules = {
    fixedBlock: ruleBlock(section.chain.rules.as_of),
    starts: startBlocks(section.chain.rules.starts, start),
    overrides: subnetTermsOverrides(section.chain.registration),
  };
  const { agents, wallets } = dtaoPopulation({
    ...{ config: section.agents, block, random, netuids, detailed, delegators, stakes },
    claimsFromBlock: claimsFrom(rules.starts, untilBlock),
    subnetLimit: subnetTermsAt(block + 1, rules).subnetLimit,
    wallets: switched.wallets.map(({ coldkey, balanceRao }) => ({
      coldkey: nameAfter(coldkey),
      balanceRao,
    })),
  });
  const neurons = new Set(detailed.map(({ subnet }) => subnet.netuid));
  const chain = new BittensorChain(
    {
      genesis: genesisOf(switched, stakes, wallets),
      parameters: dated,
      aggregates: netuids.filter((netuid) => !neurons.has(netuid)).map(aggregateOf),
      detailed: detailed.map(({ subnet }) => ({
        subnet: subnet.genesis,
        running: subnet,
        owner: aggregateOf(subnet.netuid).owner,
      })),
      rootValidators: switched.hotkeys,
      otherFeesRaoPerBlock: raoFromTao(section.chain.other_fees_tao_per_block),
      takeU16: Math.round(section.agents.validators.take_share * 65_535),
      names: new Map(switched.subnets.map(({ netuid, name }) => [netuid, name])),
      roleOf: rolesOf(switched, before, agents),
      rootClaims: { kind: section.agents.root.claim_type },
      subnetRules: rules,
    },
    sink,
  );
  const world = new World(chain, agents, random, {
    untilBlock,
    recordEveryBlocks: scenario.recording.every_blocks,
  });
  return {
    ...{ world, chain, ruleSets, bentRules: bent },
    aggregated: aggregationNotes(netuids.length, [...neurons]),
    assumptions: [...assumptionNotes(section, block), ...notesOfEras(dated)],
  };
}

/** Before November 2025 dividends of root are sold, and nobody has anything to claim. */
function claimsFrom(starts: StartOverrides, untilBlock: number): number | null {
  const block = startOf(rootClaims, starts);
  return block === null || block > untilBlock ? null : block;
}

/** Those who hold and do nothing are everybody else on the chain with pools. */
const nameAfter = (coldkey: string): string => (coldkey === HOLDERS ? EVERYONE_ELSE : coldkey);

function genesisOf(
  { block, timeMs, subnets, accounts, lastLock }: Switched,
  stakes: readonly Stake[],
  wallets: ChainSetup["genesis"]["wallets"],
): ChainSetup["genesis"] {
  const rootStakeRao = stakes.reduce((sum, { stakeRao }) => sum + stakeRao, 0n);
  return {
    ...{ block, timeMs, subnets, wallets, rootStakeRao },
    totalIssuanceRao: accounts.issuanceAfterRao,
    mintedRao: accounts.issuanceAfterRao - accounts.issuanceBeforeRao,
    gateBarBits: 0n,
    lastLock: { block: lastLock.lastLockBlock, lockRao: lastLock.lastLockRao },
    stakes: stakes.map((stake) => ({ netuid: 0, ...stake })),
  };
}

/** Whoever is listed has all of its root stake with the hotkey with which it had most. */
function gathered(stakes: readonly Stake[], listed: ReadonlySet<string>): Stake[] {
  const most = new Map<string, Stake>();
  const sums = new Map<string, bigint>();
  for (const stake of stakes) {
    const { coldkey, stakeRao } = stake;
    if (!listed.has(coldkey)) continue;
    if (stakeRao > (most.get(coldkey)?.stakeRao ?? 0n)) most.set(coldkey, stake);
    sums.set(coldkey, (sums.get(coldkey) ?? 0n) + stakeRao);
  }
  return stakes.flatMap((stake) => {
    if (!listed.has(stake.coldkey)) return [stake];
    if (most.get(stake.coldkey) !== stake) return [];
    return [{ ...stake, stakeRao: sums.get(stake.coldkey) as bigint }];
  });
}

/** The subnets that go on neuron by neuron, with the skills that their miners had. */
function detailedOf({ scenario, metagraphs }: CrossingScenario, { chain }: BuiltRootEraWorld) {
  return [...chain.subnets.values()].flatMap(({ netuid, start: { neurons } }) => {
    const metagraph = metagraphs.get(netuid);
    if (neurons.kind !== "yuma" || !metagraph) return [];
    const { subnet } = neurons;
    const skills = new SkillField(subnet.neurons.length);
    skills.startFromWeights(weightSums(metagraph), scenario.agents.miners.skill_spread);
    for (const [uid, { hotkey }] of subnet.neurons.entries()) skills.place(hotkey, uid);
    return [{ subnet, skills }];
  });
}

function rolesOf(
  { subnets }: Switched,
  { chain: { setup } }: BuiltRootEraWorld,
  agents: readonly { readonly id: string; readonly role: string }[],
): Map<string, string> {
  const roles = new Map([...setup.roleOf].map(([coldkey, role]) => [nameAfter(coldkey), role]));
  for (const { netuid, ownerColdkey } of subnets) {
    roles.set(aggregateOf(netuid).owner.coldkey, ownerColdkey === CABAL_OWNER ? "cabal" : "owner");
  }
  for (const { id, role } of agents) if (!roles.has(id)) roles.set(id, role);
  return roles;
}

function aggregationNotes(subnets: number, detailed: readonly number[]): string[] {
  const own = detailed.length > 0 ? ` (subnet ${detailed.join(", ")} keeps its neurons)` : "";
  return [
    `With pools, each of the ${subnets} subnets${own} has an owner, one miner and one validator of its own; who mined or owned before keeps its TAO and does nothing more.`,
    "Root validators, their stakers and operators keep their root stake and what it earns; of them only the scenario's delegators move. A delegator or operator has all its root stake with one validator.",
    "The mean root dividend goes to all root stake alike, whichever validator it is with.",
  ];
}

function assumptionNotes(
  { switch: terms, chain, agents }: LoadedDtao["section"],
  lastBlock: number,
): string[] {
  const { count, wealth_tao: wealthTao } = agents.delegators;
  const averages = {
    emission:
      "at what the subnet was emitted a block before, in TAO, as copies of the migration of early 2025 do",
    pool: "at the pool's price, 1 TAO",
    nothing: "at nothing",
  } as const;
  return [
    `At block ${lastBlock + 1} all stake became TAO on root with the same hotkey; each subnet got a pool of ${terms.pool_tao} TAO out of its owner's lock and as much alpha, and the rest of the lock went back to who had paid it; where less was locked the difference is minted. No alpha was outside the pools (opentensor/subtensor, migrate_rao.rs; docs.taostats.io, tao-emission).`,
    `Assumed of the switch: price averages start ${averages[terms.moving_price]}; what hotkeys had earned and were not credited is ${terms.uncredited}; what subnets had saved up for their next epoch is never issued; the lock cost goes on from the last registration.`,
    "Until block 5,228,683 a subnet's age, by which its price average gains weight, counts from its registration, then from that block (captured for all that had started).",
    "From the switch on each subnet's owner is an account of its own, to which its alpha is paid.",
    `${count} new delegators begin with ${wealthTao} TAO of those who held free TAO (of buyers of what was sold first), or with as much as these had.`,
    `Everybody who is no agent pays ${chain.other_fees_tao_per_block} TAO of transaction fees a block, to the block's author.`,
  ];
}
