import { describe, expect, test } from "vitest";
import { ranEpochAt } from "../../epochs/legacy-schedule.ts";
import * as layout from "./assembly/layout.ts";
import type { CoinbaseKernel } from "./coinbase-kernel.ts";
import { finneyLikeState, kernelOf } from "./examples.ts";

/** Subnets 1, 2, ... with these tempos, all of which last ran their epoch in block 9,001,000. */
function kernelWithTempos(...tempos: number[]): CoinbaseKernel {
  const kernel = kernelOf({ ...finneyLikeState(tempos.length), block: 9_001_000 });
  const { globals, subnet } = kernel.state;
  globals[layout.MAX_EPOCHS_PER_BLOCK] = 2n;
  globals[layout.DUE_BY_STEPS] = 1n;
  for (const [i, tempo] of tempos.entries()) {
    subnet.tempoBlocks[i + 1] = BigInt(tempo);
    subnet.lastEpochBlock[i + 1] = 9_001_000n;
  }
  return kernel;
}

/** Every [block, netuid] of an epoch up to a block. */
function epochsUntil(kernel: CoinbaseKernel, block: number): number[][] {
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

describe("epochs in the coinbase kernel", () => {
  test("run every tempo blocks, and never at tempo 0", () => {
    expect(epochsUntil(kernelWithTempos(100, 0, 150), 9_001_300)).toEqual([
      [9_001_100, 1],
      [9_001_150, 3],
      [9_001_200, 1],
      [9_001_300, 1],
      [9_001_300, 3],
    ]);
  });

  test("run two a block at most; the others wait for the next block", () => {
    expect(epochsUntil(kernelWithTempos(50, 50, 50, 50, 50), 9_001_060)).toEqual([
      [9_001_050, 1],
      [9_001_050, 2],
      [9_001_051, 3],
      [9_001_051, 4],
      [9_001_052, 5],
    ]);
  });

  test("run when triggered, and when too many steps have passed", () => {
    const kernel = kernelWithTempos(1_000, 1_000);
    kernel.state.subnet.pendingEpochAt[1] = 9_001_010n;
    kernel.state.subnet.blocksSinceLastStep[2] = 990n;
    expect(epochsUntil(kernel, 9_001_020)).toEqual([
      [9_001_010, 1],
      [9_001_011, 2],
    ]);
    expect(kernel.state.subnet.subnetEpochIndex.slice(1, 3)).toEqual(new BigUint64Array([1n, 1n]));
    expect(kernel.state.subnet.lastEpochBlock[1]).toBe(9_001_010n);
    expect(kernel.state.subnet.pendingEpochAt[1]).toBe(0n);
  });

  test("come before moving prices, and advance waits until the block is finished", () => {
    const kernel = kernelWithTempos(50);
    expect(kernel.advance(9_001_049)).toBe(0);
    const before = kernel.state.subnet.movingPriceI96F32[1];
    const pending = kernel.state.subnet.pendingServerRao[1];
    expect(kernel.advance(9_001_060)).toBe(1);
    expect(kernel.state.subnet.movingPriceI96F32[1]).toBe(before);
    expect(kernel.state.subnet.pendingServerRao[1]).toBeGreaterThan(pending);
    kernel.finishBlock();
    expect(kernel.state.subnet.movingPriceI96F32[1]).toBeGreaterThan(before);
    expect(kernel.state.subnet.due[1]).toBe(1n);
    expect(kernel.advance(9_001_060)).toBe(0);
    expect(kernel.state.subnet.due[1]).toBe(0n);
    expect(() => kernel.finishBlock()).toThrow("out of turn");
  });

  test("before June 2026 ran on one clock, staggered by netuid, as many as there were", () => {
    const tempos = [99, 0, 360, 99];
    const kernel = kernelWithTempos(...tempos);
    kernel.state.globals[layout.STAGGERED_EPOCHS] = 1n;
    const wanted: number[][] = [];
    for (let block = 9_001_001; block <= 9_002_000; block++) {
      for (const [i, tempo] of tempos.entries()) {
        if (ranEpochAt(block, i + 1, tempo)) wanted.push([block, i + 1]);
      }
    }
    expect(epochsUntil(kernel, 9_002_000)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(20);
  });
});
