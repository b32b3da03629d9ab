/** Made-up states for tests and benchmarks of the coinbase: pools, prices and burns like Finney's. */
import { PERQUINTILL } from "../../../amounts.ts";
import { defaultMovingPrice, defaultShareParams } from "../../rules/code-defaults.ts";
import { shares } from "../../rules/hill-gate.ts";
import type { CoinbaseParams } from "../block.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../state.ts";
import { type CoinbaseKernel, createCoinbaseKernel } from "./coinbase-kernel.ts";
import { type KernelRule, writeParams, writePlainState } from "./plain-state.ts";

/** The live parameters of August 2026, rule-set R8. */
export const finneyParams: CoinbaseParams = {
  shares,
  shareParams: defaultShareParams,
  movingPrice: { ...defaultMovingPrice, movingAlphaBits: 1_288_490n },
  taoWeight: 3_320_413_933_267_719_290n,
  ownerCutU16: 11_796,
  injection: "buy, weights and reserves",
};

/** Subnets 1 to n, the larger the earlier; every third has its emission off, every fourth burns. */
export const finneyLikeState = (n: number): CoinbaseState => ({
  block: 8_999_999,
  totalIssuanceRao: 11_287_741_292_458_174n,
  rootTaoRao: 5_351_360_298_988_826n,
  gateBarBits: 0n,
  subnets: Array.from({ length: n }, (_, i) => finneyLikeSubnet(i + 1, n)),
});

function finneyLikeSubnet(netuid: number, n: number): CoinbaseSubnet {
  const rank = BigInt(netuid);
  const alphaInRao = 1_500_000_000_000_000n + 7_919_000_003n * rank;
  const taoRao = 120_000_000_000_000n / rank + 500_000_000_017n;
  const price = (taoRao << 32n) / alphaInRao;
  return {
    netuid,
    taoRao,
    alphaInRao,
    alphaOutRao: 3_600_000_000_000_000n - (2_400_000_000_000_000n / BigInt(n)) * rank,
    quoteWeight: PERQUINTILL / 2n - 1_000_003n * rank * rank,
    taoReservoirRao: 0n,
    alphaReservoirRao: 0n,
    protocolAlphaRao: 0n,
    // Averages lag behind the spot price, some above and some below it.
    movingPriceBits: price + (netuid % 2 === 0 ? price / 50n : -price / 40n),
    minerBurnedBits: netuid % 4 === 0 ? (1n << 32n) / ((rank % 5n) + 1n) : 0n,
    emissionEnabled: netuid % 3 !== 0,
    ownerCutEnabled: true,
    firstEmissionBlock: netuid % 2 === 0 ? 5_228_683 : 5_300_000 + 25_000 * netuid,
    subtokenEnabled: true,
    registrationAllowed: true,
    rootProportionBits: 0n,
    pending: { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n },
    lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
  };
}

/** A kernel that stands at a plain state. */
export function kernelOf(
  state: CoinbaseState,
  params: CoinbaseParams = finneyParams,
  rule: KernelRule = "R8",
): CoinbaseKernel {
  const kernel = createCoinbaseKernel();
  writeParams(kernel.state, params, rule);
  writePlainState(kernel.state, state);
  return kernel;
}
