import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PERQUINTILL } from "../../../amounts.ts";
import { fromFloat, U64F64 } from "../../../fixed/fixed-point.ts";
import { shares as gatedShares } from "../../rules/hill-gate.ts";
import { shares as ungatedShares } from "../../rules/price-burn.ts";
import { type CoinbaseParams, runCoinbase } from "../block.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../state.ts";
import * as layout from "./assembly/layout.ts";
import { CoinbaseFault, createCoinbaseKernel } from "./coinbase-kernel.ts";
import { type GateMode, readPlainState, writeParams, writePlainState } from "./plain-state.ts";

const ONE_U96F32 = 1n << 32n;

/** A number with a uniformly drawn count of bits: small and large ones alike. */
const spread = (minBits: number, maxBits: number): fc.Arbitrary<bigint> =>
  fc
    .tuple(
      fc.integer({ min: minBits, max: maxBits }),
      fc.bigInt({ min: 0n, max: (1n << 56n) - 1n }),
    )
    .map(([bits, noise]) => (1n << BigInt(bits - 1)) | (noise & ((1n << BigInt(bits - 1)) - 1n)));

const quoteWeight = fc.oneof(
  { weight: 4, arbitrary: spread(1, 42).map((drift) => PERQUINTILL / 2n - drift) },
  { weight: 1, arbitrary: spread(1, 50).map((drift) => PERQUINTILL / 2n + drift) },
  { weight: 1, arbitrary: fc.constant(PERQUINTILL / 2n) },
  { weight: 1, arbitrary: fc.bigInt({ min: PERQUINTILL / 100n, max: (PERQUINTILL / 100n) * 99n }) },
);

const sometimes = (weight: number, arbitrary: fc.Arbitrary<bigint>): fc.Arbitrary<bigint> =>
  fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: fc.constant(0n) });

const rarelyFalse = fc.integer({ min: 0, max: 5 }).map((n) => n > 0);

const subnets = fc
  .array(
    fc.record({
      taoRao: spread(34, 54),
      alphaInRao: spread(44, 54),
      alphaOutRao: spread(1, 54),
      quoteWeight,
      taoReservoirRao: fc.oneof(fc.constant(0n), spread(1, 40)),
      alphaReservoirRao: fc.oneof(fc.constant(0n), spread(1, 40)),
      movingPriceBits: sometimes(9, spread(1, 32)),
      minerBurnedBits: fc.oneof(
        fc.constant(0n),
        fc.constant(ONE_U96F32),
        fc.bigInt({ min: 0n, max: ONE_U96F32 }),
      ),
      emissionEnabled: rarelyFalse,
      ownerCutEnabled: rarelyFalse,
      registrationAllowed: rarelyFalse,
      subtokenEnabled: rarelyFalse,
      firstEmissionBlock: fc.oneof(
        fc.constant(5_228_683),
        fc.integer({ min: 0, max: 9_000_000 }),
        fc.integer({ min: 8_999_990, max: 9_000_002 }),
      ),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list): CoinbaseSubnet[] =>
    list.map((drawn, i) => ({
      ...drawn,
      netuid: i * 3 + 1,
      protocolAlphaRao: 0n,
      rootProportionBits: 0n,
      pending: { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n },
      lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
    })),
  );

const states = fc.record<CoinbaseState>({
  block: fc.constantFrom(8_999_990, 8_999_999, 9_000_001),
  totalIssuanceRao: fc.oneof(
    fc.constant(11_287_741_292_458_119n),
    fc.bigInt({ min: 10n ** 15n, max: 20_999_999_000_000_000n }),
  ),
  rootTaoRao: sometimes(5, spread(40, 53)),
  gateBarBits: sometimes(1, spread(50, 56)),
  subnets,
});

interface Setting {
  readonly gate: GateMode;
  readonly params: CoinbaseParams;
}

const settings: fc.Arbitrary<Setting> = fc
  .record({
    gate: fc.constantFrom<GateMode>("none", "mass", "rank", "rank"),
    barRank: fc.constantFrom(1, 2, 32),
    quantile: fc.constantFrom(0.3, 0.61, 0.75, 0.99),
    exponent: fc.constantFrom(1, 2, 3, 3, 3, 4.5, 8),
    refreshBlocks: fc.constantFrom(3, 360),
    movingAlphaBits: fc.constantFrom(12_885n, 1_288_490n, ONE_U96F32),
    halvingBlocks: fc.constantFrom(1, 201_600),
    taoWeight: fc.constantFrom(
      3_320_413_933_267_719_290n,
      971_718_665_099_567_868n,
      U64F64.oneBits - 1n,
    ),
    ownerCutU16: fc.constantFrom(0, 11_796, 65_535),
    injection: fc.constantFrom<CoinbaseParams["injection"]>(
      "buy, weights and reserves",
      "weights, buy, reserves",
    ),
  })
  .map((drawn) => ({
    gate: drawn.gate,
    params: {
      shares: drawn.gate === "none" ? ungatedShares : gatedShares,
      shareParams: {
        flow: { smoothingFactor: 0n, cutoffBits: 0n, exponentBits: 0n, netFlow: true },
        gate: {
          exponentBits: fromFloat(U64F64, drawn.exponent),
          barRank: drawn.gate === "mass" ? 0 : drawn.barRank,
          barQuantileBits: fromFloat(U64F64, drawn.quantile),
          refreshBlocks: drawn.refreshBlocks,
        },
      },
      movingPrice: {
        movingAlphaBits: drawn.movingAlphaBits,
        halvingBlocks: drawn.halvingBlocks,
      },
      taoWeight: drawn.taoWeight,
      ownerCutU16: drawn.ownerCutU16,
      injection: drawn.injection,
    },
  }));

function kernelWith(state: CoinbaseState, { gate, params }: Setting) {
  const kernel = createCoinbaseKernel();
  writeParams(kernel.state, params, gate);
  writePlainState(kernel.state, state);
  return kernel;
}

describe("the coinbase kernel", () => {
  test("agrees with the readable form in every field, block by block", () => {
    fc.assert(
      fc.property(states, settings, (start, setting) => {
        const kernel = kernelWith(start, setting);
        let state = start;
        for (let i = 0; i < 12; i++) {
          state = runCoinbase(state, setting.params).state;
          expect(kernel.advance(state.block)).toBe(0);
          expect(readPlainState(kernel.state, state)).toEqual(state);
        }
      }),
      { numRuns: 40 },
    );
  });

  const [[start, setting]] = fc.sample(fc.tuple(states, settings), { numRuns: 1, seed: 7 });

  test("stops when TAO is missing or has appeared", () => {
    for (const change of [-1n, 1n]) {
      const { state, advance } = kernelWith(start, setting);
      advance(start.block + 3);
      state.subnet.taoReserveRao[1] += change;
      expect(() => advance(start.block + 4)).toThrow("TAO is not conserved");
      expect(() => advance(start.block + 5)).toThrow(CoinbaseFault);
      expect(state.globals[layout.BLOCK]).toBe(BigInt(start.block + 4));
    }
  });

  test("stops when a subnet's alpha is missing, and says where", () => {
    const { state, advance } = kernelWith(start, setting);
    advance(start.block + 2);
    state.subnet.alphaOutRao[1]--;
    expect(() => advance(start.block + 3)).toThrow(
      `block ${start.block + 3}, subnet 1: alpha is not conserved`,
    );
  });

  test("takes alpha as recycled when told so", () => {
    const { state, advance } = kernelWith(start, setting);
    state.subnet.alphaOutRao[1]--;
    state.subnet.alphaRecycledTotalRao[1]++;
    expect(advance(start.block + 3)).toBe(0);
  });
});

describe("epochs in the coinbase kernel", () => {
  const quiet = (netuid: number): CoinbaseSubnet => ({
    netuid,
    taoRao: 50_000_000_000_000n,
    alphaInRao: 2_000_000_000_000_000n,
    alphaOutRao: 2_500_000_000_000_000n,
    quoteWeight: PERQUINTILL / 2n,
    taoReservoirRao: 0n,
    alphaReservoirRao: 0n,
    protocolAlphaRao: 0n,
    movingPriceBits: 200_000_000n,
    ownerCutEnabled: true,
    firstEmissionBlock: 500,
    subtokenEnabled: true,
    registrationAllowed: true,
    pending: { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n },
    lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
  });
  const [[, setting]] = fc.sample(fc.tuple(states, settings), { numRuns: 1, seed: 7 });

  /** Subnets 1, 2, ... with these tempos, all of which last ran their epoch in block 1,000. */
  function kernelWithTempos(...tempos: number[]) {
    const kernel = kernelWith(
      {
        block: 1_000,
        totalIssuanceRao: 11_000_000_000_000_000n,
        rootTaoRao: 5_000_000_000_000_000n,
        gateBarBits: 0n,
        subnets: tempos.map((_, i) => quiet(i + 1)),
      },
      setting,
    );
    const { globals, subnet } = kernel.state;
    globals[layout.MAX_EPOCHS_PER_BLOCK] = 2n;
    globals[layout.DUE_BY_STEPS] = 1n;
    for (const [i, tempo] of tempos.entries()) {
      subnet.tempoBlocks[i + 1] = BigInt(tempo);
      subnet.lastEpochBlock[i + 1] = 1_000n;
    }
    return kernel;
  }

  /** Every [block, netuid] of an epoch up to a block. */
  function epochsUntil(kernel: ReturnType<typeof kernelWithTempos>, block: number): number[][] {
    const epochs: number[][] = [];
    while (kernel.advance(block) > 0) {
      const now = Number(kernel.state.globals[layout.BLOCK]);
      for (const [netuid, due] of kernel.state.subnet.due.entries()) {
        if (due) epochs.push([now, netuid]);
      }
      kernel.finishBlock();
    }
    return epochs;
  }

  test("run every tempo blocks, and never at tempo 0", () => {
    expect(epochsUntil(kernelWithTempos(100, 0, 150), 1_300)).toEqual([
      [1_100, 1],
      [1_150, 3],
      [1_200, 1],
      [1_300, 1],
      [1_300, 3],
    ]);
  });

  test("run two a block at most; the others wait for the next block", () => {
    expect(epochsUntil(kernelWithTempos(50, 50, 50, 50, 50), 1_060)).toEqual([
      [1_050, 1],
      [1_050, 2],
      [1_051, 3],
      [1_051, 4],
      [1_052, 5],
    ]);
  });

  test("run when triggered, and when too many steps have passed", () => {
    const kernel = kernelWithTempos(1_000, 1_000);
    kernel.state.subnet.pendingEpochAt[1] = 1_010n;
    kernel.state.subnet.blocksSinceLastStep[2] = 990n;
    expect(epochsUntil(kernel, 1_020)).toEqual([
      [1_010, 1],
      [1_011, 2],
    ]);
    expect(kernel.state.subnet.subnetEpochIndex.slice(1, 3)).toEqual(new BigUint64Array([1n, 1n]));
    expect(kernel.state.subnet.lastEpochBlock[1]).toBe(1_010n);
    expect(kernel.state.subnet.pendingEpochAt[1]).toBe(0n);
  });

  test("come before moving prices, and advance waits until the block is finished", () => {
    const kernel = kernelWithTempos(50);
    expect(kernel.advance(1_049)).toBe(0);
    const before = kernel.state.subnet.movingPriceI96F32[1];
    const pending = kernel.state.subnet.pendingServerRao[1];
    expect(kernel.advance(1_060)).toBe(1);
    expect(kernel.state.subnet.movingPriceI96F32[1]).toBe(before);
    expect(kernel.state.subnet.pendingServerRao[1]).toBeGreaterThan(pending);
    kernel.finishBlock();
    expect(kernel.state.subnet.movingPriceI96F32[1]).toBeLessThan(before);
    expect(kernel.state.subnet.due[1]).toBe(1n);
    expect(kernel.advance(1_060)).toBe(0);
    expect(kernel.state.subnet.due[1]).toBe(0n);
    expect(() => kernel.finishBlock()).toThrow("out of turn");
  });
});
