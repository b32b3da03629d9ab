/** Blocks of coinbase for 125 subnets, in subnet-blocks per second: a subnet's part of a block is one. */
import { runCoinbase } from "../sim/bittensor/coinbase/block.ts";
import { ARITHMETIC, BLOCK } from "../sim/bittensor/coinbase/kernel/assembly/layout.ts";
import {
  finneyLikeState,
  finneyParams,
  kernelOf,
} from "../sim/bittensor/coinbase/kernel/examples.ts";
import type { KernelRule } from "../sim/bittensor/coinbase/kernel/plain-state.ts";
import { coinbaseParamsAt } from "../sim/bittensor/rules/coinbase-params.ts";
import type { BenchSuite, Rate } from "./suite.ts";

const SUBNETS = 125;
const BLOCKS_PER_RUN = 50;
/** A block of each older era, and its share rule. */
const eras = [
  ["price average on constant products", 5_500_000, "R2"],
  ["price average on concentrated pools", 6_500_000, "R2"],
  ["user flow", 7_050_000, "R3"],
  ["net flow", 8_400_000, "R4"],
] as const;
const READABLE = "readable bigint, 125 subnets";

export const suite: BenchSuite = {
  name: "coinbase",
  rates: () => [
    readable(),
    kernel("exact kernel", 0n),
    kernel("float64 kernel", 1n),
    ...eras.flatMap(([name, block, rule]) => [
      eraKernel(`exact kernel, ${name}`, 0n, block, rule),
      eraKernel(`float64 kernel, ${name}`, 1n, block, rule),
    ]),
  ],
};

function readable(): Rate {
  let state = finneyLikeState(SUBNETS);
  return {
    name: READABLE,
    unit: "subnet-blocks/s",
    perRun: SUBNETS,
    reference: null,
    run() {
      state = runCoinbase(state, finneyParams).state;
    },
  };
}

function kernel(name: string, arithmetic: bigint): Rate {
  const { state, advance } = kernelOf(finneyLikeState(SUBNETS));
  state.globals[ARITHMETIC] = arithmetic;
  return {
    name: `${name}, ${SUBNETS} subnets`,
    unit: "subnet-blocks/s",
    perRun: SUBNETS * BLOCKS_PER_RUN,
    reference: READABLE,
    run() {
      advance(Number(state.globals[BLOCK]) + BLOCKS_PER_RUN);
    },
  };
}

function eraKernel(name: string, arithmetic: bigint, block: number, rule: KernelRule): Rate {
  const start = { ...finneyLikeState(SUBNETS), block: block - 1 };
  // Every third subnet loses stake, as about half did.
  const subnets = start.subnets.map((subnet) => ({
    ...subnet,
    userFlowRao: (subnet.netuid % 3 === 0 ? -1n : 1n) * 1_000_000_000n * BigInt(subnet.netuid),
  }));
  const { state, advance } = kernelOf({ ...start, subnets }, coinbaseParamsAt(block), rule);
  state.globals[ARITHMETIC] = arithmetic;
  return {
    name: `${name}, ${SUBNETS} subnets`,
    unit: "subnet-blocks/s",
    perRun: SUBNETS * BLOCKS_PER_RUN,
    reference: READABLE,
    run() {
      advance(Number(state.globals[BLOCK]) + BLOCKS_PER_RUN);
    },
  };
}
