/** Made-up subnets for tests of the coinbase: mature, evenly weighted, in round numbers. */
import { EVEN_WEIGHT } from "../pools/balancer.ts";
import type { CoinbaseSubnet } from "./state.ts";

export const nothingPending = {
  serverRao: 0n,
  validatorRao: 0n,
  rootAlphaRao: 0n,
  ownerCutRao: 0n,
};

/** 20,000 TAO against a million alpha: spot and moving price 0.02. */
export const exampleSubnet = (
  netuid: number,
  changes: Partial<CoinbaseSubnet> = {},
): CoinbaseSubnet => ({
  netuid,
  taoRao: 20_000_000_000_000n,
  alphaInRao: 1_000_000_000_000_000n,
  alphaOutRao: 900_000_000_000_000n,
  quoteWeight: EVEN_WEIGHT,
  taoReservoirRao: 0n,
  alphaReservoirRao: 0n,
  protocolAlphaRao: 0n,
  movingPriceBits: 85_899_346n,
  minerBurnedBits: 0n,
  emissionEnabled: true,
  firstEmissionBlock: 4_920_351,
  subtokenEnabled: true,
  registrationAllowed: true,
  ownerCutEnabled: true,
  pending: nothingPending,
  lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
  ...changes,
});
