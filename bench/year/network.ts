/**
 * The whole network neuron by neuron: 128 subnets of 256 neurons, every one with the captured weights
 * of subnet 15. Its 20 validators are the same hotkeys everywhere and hold the root stake; they set
 * their weights anew often enough to stay active, and nobody else acts.
 */
import { fileURLToPath } from "node:url";
import type { BittensorState } from "../../scenarios/bittensor-state.ts";
import { ROOT_STAKERS } from "../../scenarios/genesis.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { type Metagraph, readMetagraph } from "../../scenarios/metagraph.ts";
import { packageFolder } from "../../scenarios/shipped.ts";
import { type Actor, BittensorChain } from "../../sim/bittensor/chain/chain.ts";
import type { DetailedSubnetGenesis, Neuron } from "../../sim/bittensor/chain/detailed-subnet.ts";
import type { StakeGrant } from "../../sim/bittensor/chain/genesis.ts";
import { newSubnetParameters } from "../../sim/bittensor/chain/new-subnet.ts";
import type { ChainParameters } from "../../sim/bittensor/chain/parameters.ts";
import { chainParametersAt } from "../../sim/bittensor/chain/rule-parameters.ts";

const scenario = fileURLToPath(new URL("../../../scenarios/finney-2026.yaml", import.meta.url));

/** Validators whose weights are older than 5,000 blocks do not count. */
const WEIGHTS_EVERY_BLOCKS = 3_600;

export function readSubnet15(): Metagraph {
  const place = { file: "bench" };
  const folders = { base: packageFolder, project: packageFolder };
  return readMetagraph({ text: "metagraph-sn15", place, field: "metagraph", ...folders });
}

export class WholeNetwork {
  readonly chain: BittensorChain;
  readonly startBlock: number;
  private nextWeights: number;
  /** By uid: the captured weights, on every subnet the same. */
  private readonly rows: readonly {
    readonly uids: readonly number[];
    readonly values: readonly number[];
  }[];

  constructor(arithmetic: ChainParameters["arithmetic"]) {
    const { state } = loadScenario(scenario);
    const metagraph = readSubnet15();
    this.rows = metagraph.weights.map((row) => ({
      uids: row.map(({ uid }) => uid),
      values: row.map(({ weightU16 }) => weightU16),
    }));
    this.startBlock = state.block;
    this.nextWeights = state.block + WEIGHTS_EVERY_BLOCKS;
    const parameters = chainParametersAt(state.block) as ChainParameters;
    this.chain = new BittensorChain(
      {
        genesis: {
          ...state,
          rootStakeRao: state.rootTaoRao,
          stakes: [...rootGrants(state, metagraph), ...subnetGrants(state, metagraph)],
          wallets: [],
        },
        parameters: [{ fromBlock: state.block + 1, parameters: { ...parameters, arithmetic } }],
        aggregates: [],
        detailed: state.subnets.map(({ netuid }) => ({
          subnet: subnetGenesis(netuid, metagraph),
          owner: ownerOf(netuid),
        })),
        rootValidators: [],
        otherFeesRaoPerBlock: 0n,
        takeU16: 11_796,
        names: new Map(),
        roleOf: new Map(),
      },
      { append() {}, takes: () => false },
    );
  }

  advanceTo(block: number): void {
    while (this.nextWeights <= block) {
      this.chain.advanceTo(this.nextWeights);
      this.setWeights();
      this.nextWeights += WEIGHTS_EVERY_BLOCKS;
    }
    this.chain.advanceTo(block);
  }

  /** Every validator sets its first weights anew on all subnets, one of them moved by up to a tenth. */
  private setWeights(): void {
    const { chain } = this;
    const wake = { firstBlock: 0, everyBlocks: 1 };
    const round = Math.floor(chain.block / WEIGHTS_EVERY_BLOCKS);
    for (const [uid, { uids, values }] of this.rows.entries()) {
      if (uids.length === 0) continue;
      const moved = [...values];
      const place = (round + uid) % moved.length;
      moved[place] -= Math.floor(moved[place] / 10);
      const agent = { id: `validator/${uid}`, role: "validator", wake, act: () => [] };
      for (const netuid of chain.detailed.keys()) {
        const hotkey = agent.id;
        const outcome = chain.submit(agent, {
          kind: "set_weights",
          netuid,
          hotkey,
          uids,
          values: moved,
        });
        if (!outcome.applied) throw new Error(`subnet ${netuid}, uid ${uid}: ${outcome.reason}`);
      }
    }
  }
}

const actor = (id: string): Actor => ({ hotkey: id, coldkey: id });
const ownerOf = (netuid: number): Actor => actor(`owner/${netuid}`);

const neuronsOf = (netuid: number, { weights }: Metagraph): Neuron[] =>
  weights.map(({ length }, uid) => ({
    ...actor(length > 0 ? `validator/${uid}` : `miner/${netuid}/${uid}`),
    role: length > 0 ? "validator" : "miner",
    registeredAtBlock: 0,
  }));

const subnetGenesis = (netuid: number, metagraph: Metagraph): DetailedSubnetGenesis => ({
  netuid,
  neurons: neuronsOf(netuid, metagraph),
  weights: metagraph.weights.map((row) => ({
    columns: row.map(({ uid }) => uid),
    values: row.map(({ weightU16 }) => weightU16),
  })),
  parameters: newSubnetParameters,
  weightsRateLimitBlocks: 100,
  ownerUid: null,
});

/** The root stake, on the validators in the captured proportions. */
const rootGrants = ({ rootTaoRao }: BittensorState, metagraph: Metagraph): StakeGrant[] =>
  validatorGrants(0, rootTaoRao, metagraph, ROOT_STAKERS);

/** A fifth of the alpha outside the pool evenly to the miners, the rest to the validators' stakers. */
function subnetGrants({ subnets }: BittensorState, metagraph: Metagraph): StakeGrant[] {
  return subnets.flatMap(({ netuid, alphaOutRao, protocolAlphaRao }) => {
    const miners = neuronsOf(netuid, metagraph).filter(({ role }) => role === "miner");
    const outsideRao = alphaOutRao - protocolAlphaRao;
    const minerRao = outsideRao / 5n / BigInt(miners.length);
    const restRao = outsideRao - minerRao * BigInt(miners.length);
    return [
      ...miners.map(({ hotkey, coldkey }) => ({ netuid, hotkey, coldkey, stakeRao: minerRao })),
      ...validatorGrants(netuid, restRao, metagraph, `stakers/${netuid}`),
    ];
  });
}

/**
 * In the captured proportions of their stakes; who had next to nothing gets a hundredth, so that all
 * 20 rows of weights count.
 */
function validatorGrants(
  netuid: number,
  amountRao: bigint,
  { stakeRao, weights }: Metagraph,
  coldkey: string,
): StakeGrant[] {
  const uids = [...weights.keys()].filter((uid) => weights[uid].length > 0);
  const leastRao = uids.reduce((sum, uid) => sum + stakeRao[uid], 0n) / 100n;
  const parts = uids.map((uid) => (stakeRao[uid] > leastRao ? stakeRao[uid] : leastRao));
  const total = parts.reduce((sum, part) => sum + part, 0n);
  let leftRao = amountRao;
  return uids.map((uid, index) => {
    const rao = index === uids.length - 1 ? leftRao : (amountRao * parts[index]) / total;
    leftRao -= rao;
    return { netuid, hotkey: `validator/${uid}`, coldkey, stakeRao: rao };
  });
}
