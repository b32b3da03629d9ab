import { describe, expect, test } from "vitest";
import * as layout from "./assembly/layout.ts";
import { CoinbaseFault } from "./coinbase-kernel.ts";
import { finneyLikeState, kernelOf } from "./examples.ts";

const start = finneyLikeState(5);
const next = (blocks: number): number => start.block + blocks;

describe("the coinbase kernel stops", () => {
  test("when TAO is missing or has appeared", () => {
    for (const change of [-1n, 1n]) {
      const { state, advance } = kernelOf(start);
      advance(next(3));
      state.subnet.taoReserveRao[1] += change;
      expect(() => advance(next(4))).toThrow("TAO is not conserved");
      expect(() => advance(next(5))).toThrow(CoinbaseFault);
      expect(state.globals[layout.BLOCK]).toBe(BigInt(next(4)));
    }
  });

  test("when a subnet's alpha is missing, and says where", () => {
    const { state, advance } = kernelOf(start);
    advance(next(2));
    state.subnet.alphaOutRao[2]--;
    expect(() => advance(next(3))).toThrow(`block ${next(3)}, subnet 2: alpha is not conserved`);
  });

  test("when a price leaves the range in which it agrees with the chain", () => {
    const drained = start.subnets.map((s) => ({ ...s, alphaInRao: 2_000_000n }));
    const { advance } = kernelOf({ ...start, subnets: drained });
    expect(() => advance(next(1))).toThrow("subnet 1: the spot price has passed 524,288 TAO");
  });

  test("in float64 as in the exact arithmetic", () => {
    const { state, advance } = kernelOf(start);
    state.globals[layout.ARITHMETIC] = 1n;
    advance(next(2));
    state.subnet.alphaInRao[4]++;
    expect(() => advance(next(3))).toThrow("subnet 4: alpha is not conserved");
  });
});

test("alpha that was recycled is not missed", () => {
  const { state, advance } = kernelOf(start);
  state.subnet.alphaOutRao[1]--;
  state.subnet.alphaRecycledTotalRao[1]++;
  expect(advance(next(3))).toBe(0);
});

test("TAO that leaves a pool for a wallet is not missed", () => {
  const { state, advance } = kernelOf(start);
  state.subnet.taoReserveRao[1] -= 5n;
  state.globals[layout.FREE_TAO_RAO] += 5n;
  expect(advance(next(3))).toBe(0);
});
