import { describe, expect, test } from "vitest";
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { coinbaseParamsAt } from "../rules/coinbase-params.ts";
import { runCoinbase } from "./block.ts";
import { eraTerms } from "./era-terms.ts";
import { exampleSubnet, nothingPending } from "./examples.ts";
import { spotPriceBits } from "./pools.ts";
import type { CoinbaseState, CoinbaseSubnet } from "./state.ts";
import { runTaoCoinbase } from "./tao-era.ts";

const subnet = (netuid: number, changes: Partial<CoinbaseSubnet> = {}): CoinbaseSubnet =>
  exampleSubnet(netuid, { userFlowRao: 5_000_000_000n, ...changes });

const eras = [
  ["R2, constant product", 5_500_000, 8_700_000],
  ["R2, concentrated, subsidy", 6_500_000, 9_600_000],
  ["R3, user flow", 6_815_000, 10_200_000],
  ["R3, chain buys", 7_050_000, 10_450_000],
  ["R4, net flow", 8_400_000, 11_000_000],
  ["R5, root proportion", 8_470_000, 11_050_000],
  ["R6, weighted pools", 8_700_000, 11_100_000],
  ["R8, gate by rank", 9_000_000, 11_300_000],
] as const;

describe.each(eras)("the coinbase of %s (block %i)", (_name, block, issuanceTao) => {
  const params = coinbaseParamsAt(block);
  const start: CoinbaseState = {
    block: block - 1,
    totalIssuanceRao: BigInt(issuanceTao) * 1_000_000_000n,
    rootTaoRao: 5_500_000_000_000_000n,
    gateBarBits: 0n,
    subnets: [subnet(1), subnet(2, { userFlowRao: 1_000_000_000n, movingPriceBits: 40_000_000n })],
  };

  test("gives all minted TAO to the pools, but for a rao a floor", () => {
    let state = start;
    for (let i = 0; i < 5; i++) {
      const { state: next, mintedRao, unspentRao } = runCoinbase(state, params);
      const taken = next.subnets.reduce(
        (sum, s, j) => sum + s.taoRao - state.subnets[j].taoRao,
        0n,
      );
      expect(taken).toBe(mintedRao - unspentRao);
      expect(unspentRao).toBeLessThanOrEqual(4n);
      state = next;
    }
  });

  test("mints alpha_out beside what it injects, and never takes alpha from anyone", () => {
    const { state } = runCoinbase(start, params);
    for (const [i, after] of state.subnets.entries()) {
      const before = start.subnets[i];
      const grown = after.alphaInRao + after.alphaOutRao - before.alphaInRao - before.alphaOutRao;
      const { alphaInRao, alphaOutRao } = after.lastBlock;
      expect(grown).toBeLessThanOrEqual(alphaInRao + alphaOutRao);
      expect(after.alphaOutRao).toBeGreaterThan(before.alphaOutRao);
      const pending = Object.values(after.pending).reduce((sum, rao) => sum + rao, 0n);
      expect(pending).toBeLessThanOrEqual(alphaOutRao);
      expect(pending).toBeGreaterThan(alphaOutRao / 2n);
    }
  });

  test("moves prices only by what the chain buys, or by TAO that no alpha matches", () => {
    const { state } = runCoinbase(start, params);
    for (const [i, after] of state.subnets.entries()) {
      const before = toFloat(U64F64, spotPriceBits(start.subnets[i], params.pool));
      const price = toFloat(U64F64, spotPriceBits(after, params.pool));
      const { taoInRao, alphaInRao, excessTaoRao } = after.lastBlock;
      const bought = (1 + Number(excessTaoRao) / 20_000e9) ** 2;
      const unmatched = (1 + Number(taoInRao) / 20_000e9) / (1 + Number(alphaInRao) / 1_000_000e9);
      const expected = params.surplus === "injected" ? unmatched : bought;
      expect(price / before).toBeCloseTo(expected, 6);
    }
  });
});

describe("terms of the eras", () => {
  const input = {
    taoEmissionBits: 500_000_000n << 32n,
    priceBits: U64F64.oneBits / 50n,
    alphaEmissionRao: 1_000_000_000n,
    blockEmissionRao: 500_000_000n,
    rootProportionBits: (1n << 32n) / 10n,
  };
  const rao = (bits: bigint) => Number(bits >> 32n);

  test("first capped the alpha alone, and all TAO entered", () => {
    const terms = eraTerms("alpha emission", "injected", input);
    expect(rao(terms.taoInBits)).toBe(500_000_000);
    expect(rao(terms.alphaInBits)).toBe(1_000_000_000);
    expect(terms.excessTaoBits).toBe(0n);
  });

  test("then let TAO enter at the price and bought with the rest, while subsidised", () => {
    const terms = eraTerms("alpha emission", "subsidy", {
      ...input,
      blockEmissionRao: 1_000_000_000n,
    });
    expect(terms.subsidised).toBe(true);
    expect(rao(terms.taoInBits)).toBeCloseTo(20_000_000, -1);
    expect(rao(terms.excessTaoBits)).toBeCloseTo(480_000_000, -1);
  });

  test("then followed the TAO halving, then the root proportion", () => {
    expect(rao(eraTerms("lesser emission", "chain buy", input).alphaInBits)).toBe(500_000_000);
    expect(rao(eraTerms("root proportion", "chain buy", input).alphaInBits)).toBe(99_999_999);
  });
});

describe("before pools", () => {
  test("each subnet's share of minted TAO waits for its epoch: 18, 41 and 41 per cent", () => {
    const state = {
      block: 4_000_000,
      totalIssuanceRao: 7_600_000_000_000_000n,
      subnets: [{ netuid: 1, shareBits: U64F64.oneBits / 4n, pending: nothingPending }],
    };
    const after = runTaoCoinbase(state, 11_796);
    expect(after.subnets[0].pending).toEqual({
      serverRao: 102_500_572n,
      validatorRao: 102_500_572n,
      rootAlphaRao: 0n,
      ownerCutRao: 44_998_855n,
    });
    expect(after.totalIssuanceRao - state.totalIssuanceRao).toBe(249_999_999n);
  });
});
