import { describe, expect, test } from "vitest";
import * as layout from "./assembly/layout.ts";
import { finneyLikeState, kernelOf } from "./examples.ts";

const BLOCKS = 4_000;

describe("the kernel in float64 stays near the exact one", () => {
  const start = finneyLikeState(40);
  const [exact, float] = [0n, 1n].map((arithmetic) => {
    const kernel = kernelOf(start);
    kernel.state.globals[layout.ARITHMETIC] = arithmetic;
    kernel.advance(start.block + BLOCKS);
    return kernel.state;
  });
  const apart = (a: bigint, b: bigint): number =>
    Math.abs(Number(a - b)) / Number(a > b ? a : b || 1n);
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
