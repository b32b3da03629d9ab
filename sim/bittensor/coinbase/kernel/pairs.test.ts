import fc from "fast-check";
import { expect, test } from "vitest";
import type { SubnetColumn } from "../../state.ts";
import type { CoinbaseState } from "../state.ts";
import * as layout from "./assembly/layout.ts";
import type { CoinbaseKernel } from "./coinbase-kernel.ts";
import { finneyLikeState, kernelOf } from "./examples.ts";

const BLOCKS = 700;

/** The example's subnets in their order, but at other netuids. */
const at = (start: CoinbaseState, netuids: readonly number[]): CoinbaseState => ({
  ...start,
  subnets: start.subnets.map((subnet, i) => ({ ...subnet, netuid: netuids[i] })),
});

function runAt(
  start: CoinbaseState,
  netuids: readonly number[],
  isFloat64: boolean,
): CoinbaseKernel {
  const kernel = kernelOf(at(start, netuids));
  const { globals, subnet } = kernel.state;
  globals[layout.ARITHMETIC] = isFloat64 ? 1n : 0n;
  globals[layout.MAX_EPOCHS_PER_BLOCK] = 2n;
  for (const [i, netuid] of netuids.entries()) {
    subnet.tempoBlocks[netuid] = BigInt(i % 4 === 3 ? 0 : 90 + i);
    subnet.lastEpochBlock[netuid] = BigInt(start.block - i);
  }
  while (kernel.advance(start.block + BLOCKS) > 0) kernel.finishBlock();
  return kernel;
}

/** Pools that are shallow, lopsided or that wait for a reservoir do not go the ordinary way. */
const oddPools = fc.array(
  fc.record({
    place: fc.nat(8),
    quoteWeight: fc.constantFrom(10_500_000_000_000_000n, 500_000_000_000_000_000n),
    taoRao: fc.constantFrom(1_000n, 50_000_000n, 900_000_000n),
    alphaInRao: fc.constantFrom(900_000n, 3_000_000_000n, 2_000_000_000_000_000n),
    alphaOutRao: fc.constantFrom(0n, 10_499_999_000_000_000n, 15_000_000_000_000_000n),
    taoReservoirRao: fc.constantFrom(0n, 7n),
  }),
  { maxLength: 4 },
);

test.each([
  ["in float64", true],
  ["exactly", false],
] as const)(
  "subnets side by side and apart come to the same to the last bit, %s",
  (_, isFloat64) => {
    fc.assert(
      fc.property(oddPools, (odd) => {
        const plain = finneyLikeState(9);
        const subnets = [...plain.subnets];
        for (const { place, ...pool } of odd) subnets[place] = { ...subnets[place], ...pool };
        const start = { ...plain, subnets };
        const together = start.subnets.map((_, i) => 1 + i);
        const apart = start.subnets.map((_, i) => 1 + 2 * i);
        const [a, b] = [together, apart].map((netuids) => runAt(start, netuids, isFloat64).state);
        expect(a.globals).toEqual(b.globals);
        for (const column of Object.keys(a.subnet) as SubnetColumn[]) {
          const values = (state: typeof a, netuids: readonly number[]) =>
            netuids.map((netuid) => state.subnet[column][netuid]);
          expect([column, values(a, together)]).toEqual([column, values(b, apart)]);
        }
        expect(together.map((netuid) => a.share[netuid])).toEqual(
          apart.map((netuid) => b.share[netuid]),
        );
      }),
      { numRuns: 12 },
    );
  },
);
