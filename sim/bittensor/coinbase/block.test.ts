import { describe, expect, test } from "vitest";
import { defaultMovingPrice, defaultShareParams } from "../rules/code-defaults.ts";
import { shares } from "../rules/hill-gate.ts";
import { type CoinbaseParams, runCoinbase } from "./block.ts";
import { exampleSubnet } from "./examples.ts";
import type { CoinbaseState, CoinbaseSubnet } from "./state.ts";

const params: CoinbaseParams = {
  shares,
  shareParams: defaultShareParams,
  movingPrice: defaultMovingPrice,
  taoWeight: 3_320_413_933_267_719_290n,
  ownerCutU16: 11_796,
  injection: "buy, weights and reserves",
};

const subnet = (netuid: number, changes: Partial<CoinbaseSubnet> = {}): CoinbaseSubnet =>
  exampleSubnet(netuid, {
    taoRao: 50_000_000_000_000n,
    alphaInRao: 2_000_000_000_000_000n,
    alphaOutRao: 2_500_000_000_000_000n,
    movingPriceBits: 107_374_182n,
    ...changes,
  });

const chain = (...subnets: CoinbaseSubnet[]): CoinbaseState => ({
  block: 8_999_999,
  totalIssuanceRao: 11_000_000_000_000_000n,
  rootTaoRao: 5_400_000_000_000_000n,
  gateBarBits: 0n,
  subnets,
});

const pooledTao = (state: CoinbaseState): bigint =>
  state.subnets.reduce((sum, s) => sum + s.taoRao + s.taoReservoirRao, 0n);
const alpha = (s: CoinbaseSubnet): bigint => s.alphaInRao + s.alphaOutRao + s.alphaReservoirRao;

describe("a block's coinbase", () => {
  const start = chain(subnet(1), subnet(2, { movingPriceBits: 21_474_836n }), subnet(3));

  test("issues what the pools received, and takes the rest back", () => {
    let state = start;
    for (let i = 0; i < 20; i++) {
      const { state: next, mintedRao, unspentRao } = runCoinbase(state, params);
      const issued = next.totalIssuanceRao - state.totalIssuanceRao;
      expect(mintedRao).toBe(500_000_000n);
      expect(issued).toBe(mintedRao - unspentRao);
      expect(pooledTao(next) - pooledTao(state)).toBe(issued);
      expect(unspentRao).toBeLessThanOrEqual(6n);
      state = next;
    }
  });

  test("alpha grows by alpha_out and the injection; a chain buy only moves it out of the pool", () => {
    const { state, rootSellFlag } = runCoinbase(start, params);
    expect(rootSellFlag).toBe(false);
    for (const [i, after] of state.subnets.entries()) {
      const { alphaInRao, alphaOutRao } = after.lastBlock;
      // Root's part is recycled while the moving prices sum to no more than one.
      const recycled = alpha(start.subnets[i]) + alphaInRao + alphaOutRao - alpha(after);
      expect(recycled).toBeGreaterThan(0n);
      expect(recycled).toBeLessThan(alphaOutRao / 2n);
      expect(after.protocolAlphaRao).toBeGreaterThan(0n);
    }
  });

  test("a subnet that closed registration keeps its averages and gets no alpha", () => {
    const closed = subnet(2, { registrationAllowed: false });
    const { state } = runCoinbase(chain(subnet(1), closed), params);
    expect(state.subnets[1]).toBe(closed);
  });

  const off = (netuid: number) =>
    subnet(netuid, { emissionEnabled: false, movingPriceBits: 40_000_000n });

  test("a disabled subnet emits alpha and moves its price average, without TAO", () => {
    const { state } = runCoinbase(chain(subnet(1), off(2)), params);
    const [, after] = state.subnets;
    expect(after.taoRao).toBe(50_000_000_000_000n);
    expect(after.pending.serverRao).toBe(410_002_288n);
    expect(after.movingPriceBits).toBeGreaterThan(40_000_000n);
  });
});
