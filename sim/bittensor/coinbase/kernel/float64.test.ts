import { describe, expect, test } from "vitest";
import { coinbaseParamsAt } from "../../rules/coinbase-params.ts";
import type { CoinbaseParams } from "../block.ts";
import type { CoinbaseState } from "../state.ts";
import * as layout from "./assembly/layout.ts";
import { finneyLikeState, kernelOf } from "./examples.ts";
import type { KernelRule } from "./plain-state.ts";

const BLOCKS = 4_000;
/** Parameters and share rule; left out: those of August 2026. */
type RuleOf = [params?: CoinbaseParams, rule?: KernelRule];

const inBoth = (start: CoinbaseState, blocks: number, ...rule: RuleOf) =>
  [0n, 1n].map((arithmetic) => {
    const kernel = kernelOf(start, ...rule);
    kernel.state.globals[layout.ARITHMETIC] = arithmetic;
    kernel.advance(start.block + blocks);
    return kernel.state;
  });
const apart = (a: bigint, b: bigint): number =>
  Math.abs(Number(a - b)) / Number(a > b ? a : b || 1n);

describe("the kernel in float64 stays near the exact one", () => {
  const start = finneyLikeState(40);
  const [exact, float] = inBoth(start, BLOCKS);
  const worst = (column: keyof typeof exact.subnet): number =>
    Math.max(
      ...start.subnets.map(({ netuid }) =>
        apart(exact.subnet[column][netuid], float.subnet[column][netuid]),
      ),
    );

  test.each([
    "taoReserveRao",
    "alphaInRao",
    "alphaOutRao",
    "quoteWeightParts",
    "movingPriceI96F32",
    "rootProportionU96F32",
    "pendingServerRao",
    "pendingValidatorRao",
    "pendingRootRao",
  ] as const)("%s: to one part in a thousand million after 4,000 blocks", (column) => {
    expect(worst(column)).toBeLessThan(1e-9);
  });

  test("flows: each block's amount to two rao", () => {
    for (const column of ["injectedTotalRao", "chainBuysTotalRao"] as const) {
      for (const { netuid } of start.subnets) {
        const gap = exact.subnet[column][netuid] - float.subnet[column][netuid];
        expect(Math.abs(Number(gap))).toBeLessThanOrEqual(2 * BLOCKS);
      }
    }
  });

  test("issuance: to a rao for each subnet and block, and conserved in both", () => {
    const gap = exact.globals[layout.TOTAL_ISSUANCE_RAO] - float.globals[layout.TOTAL_ISSUANCE_RAO];
    expect(Math.abs(Number(gap))).toBeLessThan(40 * BLOCKS);
    expect(exact.globals[layout.MINTED_RAO]).toBe(float.globals[layout.MINTED_RAO]);
  });
});

test("a price of a few thousand units of 2^-32 is cut in both alike", () => {
  const state = finneyLikeState(5);
  const [first, ...rest] = state.subnets;
  const thin = rest.map((subnet) => ({
    ...subnet,
    taoRao: 5_594_029n * BigInt(subnet.netuid),
    alphaInRao: 4_476_648_617_740n * BigInt(subnet.netuid),
    // So little that alpha_in stays below its cap.
    movingPriceBits: 20n * BigInt(subnet.netuid),
    emissionEnabled: true,
  }));
  const params = coinbaseParamsAt(5_380_000);
  const [exact, float] = inBoth({ ...state, subnets: [first, ...thin] }, 1_000, params, "R2");
  for (const { netuid, alphaInRao } of thin) {
    expect(exact.subnet.alphaInRao[netuid]).toBeGreaterThan(alphaInRao + alphaInRao / 100n);
    for (const column of ["alphaInRao", "taoReserveRao"] as const) {
      expect(apart(exact.subnet[column][netuid], float.subnet[column][netuid])).toBeLessThan(1e-9);
    }
  }
});
