/**
 * How far the two arithmetics drift apart: the same chain, nobody acting, once in the chain's fixed
 * point and once in float64, compared in every pool and price at the end.
 */
import { buildWorld } from "../scenarios/build-world.ts";
import { type LoadedScenario, loadScenario } from "../scenarios/load.ts";
import type { BittensorChain } from "../sim/bittensor/chain/chain.ts";
import type { ChainState, SubnetColumn } from "../sim/bittensor/state.ts";

/** The quantities compared, and the columns that hold them. */
const compared: readonly (readonly [name: string, column: SubnetColumn])[] = [
  ["TAO in pools", "taoReserveRao"],
  ["alpha in pools", "alphaInRao"],
  ["alpha outside pools", "alphaOutRao"],
  ["alpha bought by the chain", "protocolAlphaRao"],
  ["TAO weight of pools", "quoteWeightParts"],
  ["moving price", "movingPriceI96F32"],
  ["root proportion", "rootProportionU96F32"],
];

export interface DriftLine {
  readonly quantity: string;
  readonly subnets: number;
  /** |float64 - exact| / exact, over the subnets where the exact value is not 0. */
  readonly medianRelative: number;
  readonly largestRelative: number;
  readonly largestNetuid: number;
}

export interface Drift {
  readonly blocks: number;
  readonly exactSeconds: number;
  readonly float64Seconds: number;
  readonly lines: readonly DriftLine[];
}

export interface DriftRequest {
  readonly scenarioPath: string;
  readonly sets?: readonly string[];
  readonly onProgress?: (arithmetic: "exact" | "float64", block: number) => void;
}

/** Throws InputError for a faulty scenario. */
export function measureDrift({ scenarioPath, sets = [], onProgress }: DriftRequest): Drift {
  const run = (arithmetic: "exact" | "float64") => {
    const loaded = loadScenario(scenarioPath, [...sets, `chain.arithmetic=${arithmetic}`]);
    return advance(loaded, (block) => onProgress?.(arithmetic, block));
  };
  const exact = run("exact");
  const float64 = run("float64");
  return {
    blocks: exact.chain.block - exact.startBlock,
    exactSeconds: exact.seconds,
    float64Seconds: float64.seconds,
    lines: [
      ...compared.map(([quantity, column]) =>
        driftOf(quantity, exact.chain.netuids, (state) => state.subnet[column], exact, float64),
      ),
      stakeDrift(exact.chain, float64.chain),
    ],
  };
}

const STRIDE_BLOCKS = 3_600;

interface Advanced {
  readonly chain: BittensorChain;
  readonly startBlock: number;
  readonly seconds: number;
}

function advance(loaded: LoadedScenario, onProgress: (block: number) => void): Advanced {
  const { chain } = buildWorld(loaded, { sink: { append() {} } });
  const startBlock = chain.block;
  const start = performance.now();
  while (chain.block < loaded.untilBlock) {
    chain.advanceTo(Math.min(loaded.untilBlock, chain.block + STRIDE_BLOCKS));
    onProgress(chain.block);
  }
  chain.checkBooks();
  return { chain, startBlock, seconds: (performance.now() - start) / 1000 };
}

function driftOf(
  quantity: string,
  netuids: readonly number[],
  column: (state: ChainState) => BigUint64Array,
  exact: Advanced,
  float64: Advanced,
): DriftLine {
  const [wanted, found] = [column(exact.chain.state), column(float64.chain.state)];
  return line(quantity, netuids, (netuid) => [wanted[netuid], found[netuid]]);
}

const stakeDrift = (exact: BittensorChain, float64: BittensorChain): DriftLine =>
  line("staked alpha", exact.netuids, (netuid) => [
    exact.book.subnetStakeRao(netuid),
    float64.book.subnetStakeRao(netuid),
  ]);

function line(
  quantity: string,
  netuids: readonly number[],
  pair: (netuid: number) => readonly [exact: bigint, float64: bigint],
): DriftLine {
  const differences = netuids
    .map((netuid) => ({ netuid, values: pair(netuid) }))
    .filter(({ values: [exact] }) => exact > 0n)
    .map(({ netuid, values: [exact, float64] }) => ({
      netuid,
      relative: Math.abs(Number(float64 - exact)) / Number(exact),
    }))
    .sort((a, b) => a.relative - b.relative);
  const largest = differences.at(-1);
  return {
    quantity,
    subnets: differences.length,
    medianRelative: differences[differences.length >> 1]?.relative ?? 0,
    largestRelative: largest?.relative ?? 0,
    largestNetuid: largest?.netuid ?? 0,
  };
}
