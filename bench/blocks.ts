/** Simulated blocks per second of the default scenario, against the readable form of the coinbase. */
import { fileURLToPath } from "node:url";
import type { BittensorState } from "../scenarios/bittensor-state.ts";
import { buildWorld } from "../scenarios/build-world.ts";
import { loadScenario } from "../scenarios/load.ts";
import { runCoinbase } from "../sim/bittensor/coinbase/block.ts";
import type { CoinbaseState } from "../sim/bittensor/coinbase/state.ts";
import { coinbaseParamsAt } from "../sim/bittensor/rules/coinbase-params.ts";
import type { BenchSuite, Rate } from "./suite.ts";

const READABLE = "coinbase in bigint";
const scenario = fileURLToPath(new URL("../../scenarios/finney-2026.yaml", import.meta.url));
const YEARS_20 = "chain.horizon_days=7305";

const built = (...sets: string[]) =>
  buildWorld(loadScenario(scenario, [YEARS_20, ...sets]), { sink: { append() {} } });

/** The 128 subnets' coinbase and epochs, nobody acting. */
function chainRate(arithmetic: "exact" | "float64"): Rate {
  const { chain } = built(`chain.arithmetic=${arithmetic}`);
  const perRun = 360;
  return {
    name: `chain, ${arithmetic}`,
    unit: "blocks/s",
    perRun,
    reference: READABLE,
    run: () => chain.advanceTo(chain.block + perRun),
  };
}

/** Everything: agents, epochs, records (thrown away). A run is a recording interval. */
function worldRate(): Rate {
  const { world, chain } = built();
  const perRun = 300;
  return {
    name: "world with agents, exact",
    unit: "blocks/s",
    perRun,
    reference: READABLE,
    run() {
      const until = chain.block + perRun;
      while (chain.block < until) world.step();
    },
  };
}

function readableRate(): Rate {
  const { state: captured } = loadScenario(scenario);
  const params = coinbaseParamsAt(captured.block);
  let state = plainState(captured);
  return {
    name: READABLE,
    unit: "blocks/s",
    reference: null,
    run() {
      ({ state } = runCoinbase(state, params));
    },
  };
}

const nothingPending = { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n };
const noFlows = { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n };

const plainState = (captured: BittensorState): CoinbaseState => ({
  block: captured.block,
  totalIssuanceRao: captured.totalIssuanceRao,
  rootTaoRao: captured.rootTaoRao,
  gateBarBits: captured.gateBarBits,
  subnets: captured.subnets.map((subnet) => ({
    netuid: subnet.netuid,
    movingPriceBits: subnet.movingPriceI96F32,
    minerBurnedBits: subnet.minerBurnedU96F32,
    rootProportionBits: subnet.rootProportionU96F32,
    emissionEnabled: subnet.emissionEnabled,
    taoRao: subnet.taoReserveRao,
    alphaInRao: subnet.alphaInRao,
    quoteWeight: subnet.quoteWeightParts,
    taoReservoirRao: 0n,
    alphaReservoirRao: 0n,
    alphaOutRao: subnet.alphaOutRao,
    protocolAlphaRao: subnet.protocolAlphaRao,
    firstEmissionBlock: subnet.firstEmissionBlock,
    subtokenEnabled: subnet.subtokenEnabled,
    registrationAllowed: subnet.registrationAllowed,
    ownerCutEnabled: true,
    pending: nothingPending,
    lastBlock: noFlows,
  })),
});

export const suite: BenchSuite = {
  name: "blocks",
  rates: () => [readableRate(), chainRate("exact"), chainRate("float64"), worldRate()],
};
