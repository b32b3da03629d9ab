import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromFloat, I96F32, U64F64, U96F32 } from "../../fixed/fixed-point.ts";
import { dissolve, largestRemainder, ownerRefundRao, protocolWeightRao } from "./dissolution.ts";
import { checkRegisterNetwork, startSubnet } from "./lifecycle.ts";
import { effectiveIntervalBlocks, LOCK_COST_TERMS, lockCostRao } from "./lock-cost.ts";
import { medianPriceBits, seedPool } from "./pool-seed.ts";
import { placeFor, subnetToPrune } from "./prune.ts";

const tao = 1_000_000_000n;

describe("the lock cost", () => {
  const { intervalBlocks, minLockRao } = LOCK_COST_TERMS.live2026;
  const interval = effectiveIntervalBlocks(intervalBlocks, 500_000_000n);

  test("falls over 57,600 blocks since the halving", () => {
    expect(interval).toBe(57_600n);
  });

  test("is twice the last one, the last one after the interval, the minimum after two", () => {
    const cost = (after: number) => lockCostRao(576n * tao, 100, 100 + after, minLockRao, interval);
    expect([0, 14_400, 57_600, 115_200, 200_000].map(cost)).toEqual([
      1_152n * tao,
      1_008n * tao,
      576n * tao,
      minLockRao,
      minLockRao,
    ]);
  });

  test("never falls below the minimum nor rises with time", () => {
    const block = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 16n), block, block, (last, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const before = lockCostRao(last, 1, early, minLockRao, interval);
        const after = lockCostRao(last, 1, late, minLockRao, interval);
        expect(after).toBeLessThanOrEqual(before);
        expect(after).toBeGreaterThanOrEqual(minLockRao);
      }),
    );
  });
});

describe("the subnet that is pruned", () => {
  const subnet = (netuid: number, price: number, registeredBlock: number) => ({
    netuid,
    movingPriceBits: fromFloat(I96F32, price),
    registeredBlock,
  });

  test("has the lowest moving price past its immunity, the earliest registered of equals", () => {
    const subnets = [subnet(1, 0.5, 10), subnet(2, 0.1, 30), subnet(3, 0.1, 20), subnet(4, 0, 990)];
    expect(subnetToPrune(subnets, 1_000, 100)).toBe(3);
    expect(subnetToPrune(subnets, 1_090, 100)).toBe(4);
    expect(subnetToPrune(subnets, 50, 100)).toBeNull();
  });

  test("is looked for only when all 128 slots are taken and none is being freed", () => {
    expect(placeFor(127, 0, 0)).toBe("free");
    expect(placeFor(128, 0, 0)).toBe("prune");
    expect(placeFor(128, 2, 1)).toBe("wait");
  });
});

describe("a new subnet's pool", () => {
  const price = (value: number) => fromFloat(U64F64, value);

  test("is seeded at the median price of those that have one", () => {
    expect(medianPriceBits([price(0), price(0.02), price(0.01), price(0.06)])).toBe(price(0.02));
    expect(medianPriceBits([])).toBe(U64F64.oneBits);
  });

  test("takes all of the lock; until April 2026 only the minimum", () => {
    const median = price(0.015625);
    expect(seedPool("minimum", 700n * tao, tao, median)).toEqual({
      taoRao: tao,
      alphaRao: tao,
      recycledRao: 699n * tao,
    });
    const seed = { taoRao: 700n * tao, alphaRao: 44_800n * tao, recycledRao: 0n };
    expect(seedPool("lock", 700n * tao, tao, median)).toEqual(seed);
    expect(seedPool("lock", 1n, tao, median).taoRao).toBe(tao);
    expect(seedPool("paid", 1n, tao, median).taoRao).toBe(1n);
  });
});

describe("a dissolution", () => {
  test("pays exactly the pot, whoever holds what", () => {
    const weights = fc.array(fc.bigInt(0n, 10n ** 16n), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), weights, (pot, alpha) => {
        fc.pre(alpha.some((rao) => rao > 0n));
        const parts = largestRemainder(pot, alpha);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(pot);
        const whole = alpha.reduce((sum, rao) => sum + rao, 0n);
        for (const [index, part] of parts.entries()) {
          const floor = (pot * alpha[index]) / whole;
          expect(part === floor || part === floor + 1n).toBe(true);
        }
      }),
    );
  });

  test("recycles the protocol's part; AlphaIn counts for subnets since block 8,334,450", () => {
    expect(dissolve(200n, [50n], 50n)).toEqual({ stakersRao: [100n], recycledRao: 100n });
    expect(protocolWeightRao(5n, 100n, 8_334_450)).toBe(5n);
    expect(protocolWeightRao(5n, 100n, 8_334_451)).toBe(105n);
    expect(dissolve(200n, [], 0n)).toEqual({ stakersRao: [], recycledRao: 200n });
  });

  test("refunds owners of old subnets what their cut has not brought in", () => {
    const price = U96F32.oneBits >> 1n;
    expect(ownerRefundRao(1_000n, 4_000n, 65_535 / 5, price, 0)).toBe(601n);
    expect(ownerRefundRao(1_000n, 4_000n, 65_535, price, 0)).toBe(0n);
    expect(ownerRefundRao(1_000n, 0n, 0, price, 6_573_966)).toBe(0n);
  });
});

describe("registering and starting a subnet", () => {
  const request = {
    blocksSinceLast: 14_400,
    rateLimitBlocks: 14_400,
    lockCostRao: 10n,
    spendableRao: 10n,
    place: "prune" as const,
    hasVictim: true,
  };

  test.each([
    ["NetworkTxRateLimitExceeded", { blocksSinceLast: 14_399 }],
    ["SubnetLimitReached", { hasVictim: false }],
    ["CannotAffordLockCost", { spendableRao: 9n }],
    [null, { blocksSinceLast: null }],
  ])("answers %s", (answer, change) => {
    expect(checkRegisterNetwork({ ...request, ...change })).toBe(answer);
  });

  test("emission starts the block after start_call", () => {
    const call = {
      callerIsOwner: true,
      registeredBlock: 100,
      block: 50_500,
      started: false,
      delayBlocks: 50_400,
    };
    expect(startSubnet(call)).toBe(50_501);
    expect(startSubnet({ ...call, block: 50_499 })).toBe("NeedWaitingMoreBlocksToStarCall");
    expect(startSubnet({ ...call, started: true })).toBe("FirstEmissionBlockNumberAlreadySet");
    expect(startSubnet({ ...call, callerIsOwner: false })).toBe("NotSubnetOwner");
  });
});
