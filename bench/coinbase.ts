/** Blocks of coinbase for 125 subnets, in subnet-blocks per second: a subnet's part of a block is one. */
import { runCoinbase } from "../sim/bittensor/coinbase/block.ts";
import { ARITHMETIC, BLOCK } from "../sim/bittensor/coinbase/kernel/assembly/layout.ts";
import {
  finneyLikeState,
  finneyParams,
  kernelOf,
} from "../sim/bittensor/coinbase/kernel/examples.ts";
import type { BenchSuite, Rate } from "./suite.ts";

const SUBNETS = 125;
const BLOCKS_PER_RUN = 50;
const READABLE = "readable bigint, 125 subnets";

export const suite: BenchSuite = {
  name: "coinbase",
  rates: () => [readable(), kernel("exact kernel", 0n), kernel("float64 kernel", 1n)],
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
