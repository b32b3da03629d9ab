import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RAO_PER_TAO } from "../../amounts.ts";
import { ConservationError } from "../../ledger/ledger.ts";
import { randomSource } from "../../random.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import { SHARE_PARTS } from "./recycling.ts";
import { SupplyWorld } from "./supply-world.ts";

const nothing = { meanShare: 0, meanDeviation: 0, dailyDeviation: 0, memoryDays: 7 };

const world = (issuanceTao: number, recycling = nothing, seed = "supply") =>
  new SupplyWorld(
    {
      start: { block: 1_000, issuanceRao: BigInt(issuanceTao) * RAO_PER_TAO },
      recycling,
      mints: [],
    },
    randomSource(seed).stream("recycling"),
  );

describe("supply alone", () => {
  test("mints 7,200 TAO a day before the first halving and 3,600 after it", () => {
    const before = world(9_000_000);
    before.runDay();
    expect(before.mintedRao).toBe(7_200n * RAO_PER_TAO);
    const after = world(10_500_000);
    after.runDay();
    expect(after.mintedRao).toBe(3_600n * RAO_PER_TAO);
  });

  test("halves in the block after issuance reaches 10.5 million TAO", () => {
    const close = world(10_499_990);
    close.runDay();
    expect(close.halvings).toEqual([
      { number: 1, block: 1_000 + 11, issuanceRao: 10_500_000n * RAO_PER_TAO },
    ]);
    expect(close.mintedRao).toBe(10n * RAO_PER_TAO + (7_190n * RAO_PER_TAO) / 2n);
  });

  test("jumps to the same issuance as a walk from block to block", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_497_000, max: 10_500_100 }),
        fc.integer({ min: 0, max: 1_000 }),
        (issuanceTao, permille) => {
          const jumping = world(issuanceTao, { ...nothing, meanShare: permille / 1_000 });
          jumping.runDay();
          const parts = BigInt(Math.round((permille / 1_000) * Number(SHARE_PARTS)));
          let issuanceRao = BigInt(issuanceTao) * RAO_PER_TAO;
          for (let block = 0; block < 7_200; block++) {
            const mint = blockEmissionRao(issuanceRao);
            issuanceRao += mint - (mint * parts) / SHARE_PARTS;
          }
          expect(jumping.issuanceRao).toBe(issuanceRao);
          jumping.checkBooks();
        },
      ),
      { numRuns: 20 },
    );
  });

  test("adds a one-off in its block", () => {
    const repaired = new SupplyWorld(
      {
        start: { block: 1_000, issuanceRao: 11_000_000n * RAO_PER_TAO },
        recycling: nothing,
        mints: [{ block: 1_500, amountRao: 172_001_438_000_000n, name: "root pot" }],
      },
      randomSource("supply").stream("recycling"),
    );
    repaired.runDay();
    expect(repaired.issuanceRao).toBe(
      11_000_000n * RAO_PER_TAO + 3_600n * RAO_PER_TAO + 172_001_438_000_000n,
    );
    repaired.checkBooks();
  });

  test("recycling varies around its mean, and differs from seed to seed", () => {
    const model = { meanShare: 0.02, meanDeviation: 0.005, dailyDeviation: 0.005, memoryDays: 7 };
    const shares = Array.from({ length: 400 }, (_, k) => {
      const one = world(11_000_000, model, `seed ${k}`);
      for (let day = 0; day < 20; day++) one.runDay();
      return Number(one.recycledRao) / Number(one.mintedRao);
    });
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.019);
    expect(mean).toBeLessThan(0.021);
    expect(new Set(shares).size).toBe(400);
  });

  test("a rao that nobody minted is found", () => {
    const broken = world(11_000_000);
    broken.runDay();
    broken.issuanceRao += 1n;
    expect(() => broken.checkBooks()).toThrow(ConservationError);
  });
});
