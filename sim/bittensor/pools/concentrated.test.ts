import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import {
  buyFromPosition,
  injectIntoPosition,
  positionOfReserves,
  positionPriceBits,
  sellToPosition,
  virtualReserves,
} from "./concentrated.ts";
import { DEFAULT_FEE_RATE_U16, swapFeeRao } from "./swap.ts";

/** Storage of two subnets at block 7,000,020, and the runtime's answers to simulated swaps. */
const captured = {
  1: { sqrtPriceBits: 1_781_045_380_923_513_843n, liquidityRao: 239_996_554_252_700n },
  19: { sqrtPriceBits: 1_878_992_507_390_679_825n, liquidityRao: 264_203_687_216_460n },
};
const buys: readonly [1 | 19, bigint, bigint][] = [
  [1, 1_000_000_000n, 107_214_123_361n],
  [1, 10_000_000_000n, 1_071_725_199_454n],
  [1, 100_000_000_000n, 10_675_825_548_305n],
  [19, 1_000_000_000n, 96_328_428_741n],
  [19, 10_000_000_000n, 962_962_422_459n],
  [19, 100_000_000_000n, 9_597_555_702_539n],
];
const sells: readonly [1 | 19, bigint, bigint][] = [
  [1, 107_272_764_827n, 999_453_341n],
  [1, 1_072_727_648_276n, 9_990_655_141n],
  [1, 10_727_276_482_766n, 99_520_372_812n],
  [19, 96_380_538_469n, 999_459_332n],
  [19, 963_805_384_699n, 9_991_253_812n],
  [19, 9_638_053_846_995n, 99_579_809_937n],
];
const net = (amount: bigint) => amount - swapFeeRao(amount, DEFAULT_FEE_RATE_U16);

describe("the concentrated pool", () => {
  test.each(buys)("of subnet %i gives for %i rao what the runtime gave", (netuid, tao, alpha) => {
    expect(buyFromPosition(captured[netuid], net(tao)).paidOutRao).toBe(alpha);
  });

  test.each(sells)("of subnet %i pays for %i alpha what the runtime paid", (netuid, alpha, tao) => {
    expect(sellToPosition(captured[netuid], net(alpha)).paidOutRao).toBe(tao);
  });

  test("shows the price of the reserves that it was made from", () => {
    const position = positionOfReserves(23_175_666_851_268n, 2_486_219_631_270_696n);
    expect(toFloat(U64F64, positionPriceBits(position))).toBeCloseTo(23_175.67 / 2_486_219.63, 8);
    const { taoRao, alphaRao } = virtualReserves(position);
    expect(Number(taoRao)).toBeCloseTo(23_175_666_851_268, -3);
    expect(Number(alphaRao)).toBeCloseTo(2_486_219_631_270_696, -5);
  });

  test("grows deeper by an injection without a move of the price", () => {
    const before = captured[1];
    const after = injectIntoPosition(before, 8_419_184n, 903_149_241n);
    expect(after.sqrtPriceBits).toBe(before.sqrtPriceBits);
    expect(after.liquidityRao - before.liquidityRao).toBeGreaterThan(87_000_000n);
  });

  test("never pays for a round trip", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 13n), (tao) => {
        const bought = buyFromPosition(captured[19], tao);
        const sold = sellToPosition(bought.position, bought.paidOutRao);
        expect(sold.paidOutRao).toBeLessThanOrEqual(tao);
      }),
    );
  });
});
