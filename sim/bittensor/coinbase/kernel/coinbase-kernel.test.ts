import fc from "fast-check";
import { expect, test } from "vitest";
import { PERQUINTILL } from "../../../amounts.ts";
import { fromFloat, U64_MAX, U64F64 } from "../../../fixed/fixed-point.ts";
import { defaultShareParams } from "../../rules/code-defaults.ts";
import { shares as gated } from "../../rules/hill-gate.ts";
import { shares as netFlow } from "../../rules/net-flow.ts";
import { shares as price } from "../../rules/price.ts";
import { shares as priceBurn } from "../../rules/price-burn.ts";
import { shares as priceRootBurn } from "../../rules/price-root-burn.ts";
import type { ShareRule } from "../../rules/share-rule.ts";
import { shares as userFlow } from "../../rules/user-flow.ts";
import { type CoinbaseParams, runCoinbase } from "../block.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../state.ts";
import { kernelOf } from "./examples.ts";
import { type KernelRule, readPlainState } from "./plain-state.ts";

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

const flow = fc.oneof(
  fc.constant(0n),
  spread(1, 50),
  spread(1, 50).map((rao) => -rao),
);
/** I64F64: far below a rao a block, and up to 2^40 of them. */
const flowAverage = fc
  .tuple(spread(1, 56), fc.integer({ min: 0, max: 48 }), fc.boolean())
  .map(([bits, shift, isOutflow]) =>
    isOutflow ? -(bits << BigInt(shift)) : bits << BigInt(shift),
  );

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
      rootProportionBits: fc.bigInt({ min: 0n, max: ONE_U96F32 }),
      userFlowRao: flow,
      protocolFlowRao: flow,
      flowAverages: fc.record({ userBits: flowAverage, protocolBits: flowAverage }),
      minerBurnedBits: fc.oneof(
        fc.constant(0n),
        fc.constant(ONE_U96F32),
        fc.bigInt({ min: 0n, max: ONE_U96F32 }),
      ),
      stable: rarelyFalse.map((dynamic) => !dynamic),
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

const rules: Readonly<Record<KernelRule, ShareRule>> = {
  R2: price,
  R3: userFlow,
  R4: netFlow,
  R5: priceRootBurn,
  R6: priceBurn,
  R7: gated,
  R8: gated,
};

const settings = fc
  .record({
    rule: fc.constantFrom<KernelRule>("R5", "R6", "R7", "R8", "R8", "R8"),
    barRank: fc.constantFrom(1, 2, 32),
    quantile: fc.constantFrom(0.3, 0.61, 0.75, 0.99),
    exponent: fc.constantFrom(1, 2, 3, 3, 3, 4.5, 8),
    refreshBlocks: fc.constantFrom(3, 360),
    movingAlphaBits: fc.constantFrom(12_885n, 1_288_490n, ONE_U96F32),
    halvingBlocks: fc.constantFrom(1, 201_600),
    taoWeight: fc.constantFrom(3_320_413_933_267_719_290n, 971_718_665_099_567_868n, U64_MAX),
    ownerCutU16: fc.constantFrom(0, 11_796, 65_535),
    injection: fc.constantFrom<CoinbaseParams["injection"]>(
      "buy, weights and reserves",
      "weights, buy, reserves",
    ),
  })
  .map(({ rule, barRank, quantile, exponent, refreshBlocks, ...rest }) => {
    const { movingAlphaBits, halvingBlocks, ...params } = rest;
    return {
      rule,
      params: {
        ...params,
        shares: rules[rule],
        shareParams: {
          ...defaultShareParams,
          gate: {
            exponentBits: fromFloat(U64F64, exponent),
            barRank: rule === "R7" ? 0 : barRank,
            barQuantileBits: fromFloat(U64F64, quantile),
            refreshBlocks,
          },
        },
        movingPrice: { movingAlphaBits, halvingBlocks },
      } satisfies CoinbaseParams,
    };
  });

test("the kernel agrees with the readable form in every field, block by block", () => {
  fc.assert(
    fc.property(states, settings, (start, { rule, params }) => {
      const kernel = kernelOf(start, params, rule);
      let state = start;
      for (let i = 0; i < 12; i++) {
        state = runCoinbase(state, params).state;
        expect(kernel.advance(state.block)).toBe(0);
        expect(readPlainState(kernel.state, state)).toEqual(state);
      }
    }),
    { numRuns: 40 },
  );
});

/** What the eras before weighted pools had, in every mixture: scenarios may mix them too. */
const olderSettings = fc
  .record({
    rule: fc.constantFrom<KernelRule>("R2", "R3", "R4", "R8"),
    pool: fc.constantFrom<CoinbaseParams["pool"]>("constant product", "concentrated", "balancer"),
    alphaInCap: fc.constantFrom<CoinbaseParams["alphaInCap"]>(
      "alpha emission",
      "lesser emission",
      "root proportion",
    ),
    surplus: fc.constantFrom<CoinbaseParams["surplus"]>("injected", "subsidy", "chain buy"),
    boughtAlpha: fc.constantFrom<CoinbaseParams["boughtAlpha"]>("recycled", "protocol"),
    rootSellFlag: fc.boolean(),
    closedSubnetsEmit: fc.boolean(),
    halvingBlocks: fc.constantFrom(0, 100_800),
    smoothingFactor: fc.constantFrom(126_847_427_788_335n, 29_597_889_189_277n),
    cutoffBits: fc.constantFrom(0n, -(5n << 64n), 3n << 63n),
    exponent: fc.constantFrom(1, 1, 1.5, 2),
  })
  .map(({ rule, halvingBlocks, smoothingFactor, cutoffBits, exponent, ...era }) => ({
    rule,
    params: {
      ...era,
      shares: rules[rule],
      shareParams: {
        ...defaultShareParams,
        flow: {
          smoothingFactor,
          cutoffBits,
          exponentBits: fromFloat(U64F64, exponent),
          netFlow: true,
        },
      },
      movingPrice: { movingAlphaBits: 12_885n, halvingBlocks },
      taoWeight: 3_320_413_933_267_719_290n,
      ownerCutU16: 11_796,
      injection: "weights, buy, reserves",
    } satisfies CoinbaseParams,
  }));

test("the kernel agrees with the readable form in the eras before weighted pools", () => {
  fc.assert(
    fc.property(states, olderSettings, (start, { rule, params }) => {
      const kernel = kernelOf(start, params, rule);
      let state = start;
      for (let i = 0; i < 12; i++) {
        state = runCoinbase(state, params).state;
        expect(kernel.advance(state.block)).toBe(0);
        expect(readPlainState(kernel.state, state)).toEqual(state);
      }
    }),
    { numRuns: 60 },
  );
});
