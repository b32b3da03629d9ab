import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { collateralBoughtRao, registrationCharge, settle } from "./collateral.ts";
import { checkDecreaseTake, checkIncreaseTake } from "./delegate-take.ts";
import { contributorsCutRao, leasePays, leaseShareBits, payLease } from "./leasing.ts";
import { giveUpAlpha } from "./recycle-burn.ts";
import { SAFE_FLOAT_ZERO } from "./safe-float.ts";
import { changeStake, EMPTY_POOL } from "./share-pool.ts";
import { votingPowerEntry, votingPowerRao } from "./voting-power.ts";

const alpha = 1_000_000_000n;

describe("giving up alpha", () => {
  const { pool, share } = changeStake(EMPTY_POOL, SAFE_FLOAT_ZERO, 10n * alpha);
  const request = {
    mode: "recycle" as const,
    netuid: 1,
    amountRao: 4n * alpha,
    pool,
    share,
    alphaOutRao: 100n * alpha,
    availableRao: 10n * alpha,
  };

  test("lowers AlphaOut when recycled, leaves it when burned", () => {
    expect(giveUpAlpha(request)).toMatchObject({ alphaOutRao: 96n * alpha });
    expect(giveUpAlpha({ ...request, mode: "burn" })).toMatchObject({ alphaOutRao: 100n * alpha });
  });

  test.each([
    ["CannotBurnOrRecycleOnRootSubnet", { netuid: 0 }],
    ["NotEnoughStakeToWithdraw", { amountRao: 11n * alpha }],
    ["InsufficientLiquidity", { alphaOutRao: alpha }],
    ["StakeUnavailable", { availableRao: 3n * alpha }],
  ])("is refused with %s", (error, change) => {
    expect(giveUpAlpha({ ...request, ...change })).toBe(error);
  });
});

describe("a leased subnet", () => {
  test("gives the contributors their part of the owner cut, rounded up, until the lease ends", () => {
    expect(contributorsCutRao(101n, 30)).toBe(31n);
    expect(leasePays(null, 1e9)).toBe(true);
    expect(leasePays(100, 100)).toBe(false);
  });

  test("pays all of the pot to contributors and beneficiary", () => {
    const contribution = fc.bigInt(1n, 10n ** 12n);
    fc.assert(
      fc.property(
        fc.array(contribution, { minLength: 1, maxLength: 20 }),
        contribution,
        fc.bigInt(0n, 10n ** 12n),
        (contributions, beneficiary, pot) => {
          const raised = contributions.reduce((sum, part) => sum + part, beneficiary);
          const shares = contributions.map((part) => leaseShareBits(part, raised));
          const { contributorsRao, beneficiaryRao } = payLease(pot, shares);
          const paid = contributorsRao.reduce((sum, part) => sum + part, beneficiaryRao);
          expect(paid).toBeGreaterThanOrEqual(pot);
          expect(paid).toBeLessThanOrEqual(pot + BigInt(contributions.length));
        },
      ),
    );
  });
});

describe("voting power", () => {
  test("closes in on the stake, half of the way in 194 epochs", () => {
    let power = 0n;
    for (let epoch = 0; epoch < 194; epoch++)
      power = votingPowerRao(10n ** 15n, power, 3_570_000_000_000_000n);
    expect(Number(power) / 1e15).toBeCloseTo(0.5, 2);
  });

  test("starts from below the threshold, ends where it falls below it or the permit is lost", () => {
    const validator = { stakeRao: 1_000_000n, hasPermit: true };
    expect(votingPowerEntry(null, validator, 500_000n)).toBe(3_570n);
    expect(votingPowerEntry(500_000n, { ...validator, stakeRao: 0n }, 500_000n)).toBeNull();
    expect(votingPowerEntry(900_000n, { ...validator, hasPermit: false }, 0n)).toBeNull();
  });
});

describe("miner collateral", () => {
  const price = fromFloat(U64F64, 0.5);

  test("is the locked share of the price, less what earlier collateral is worth", () => {
    const charge = registrationCharge(1_000_000n, 32_768, 200_000n, price);
    expect(charge).toEqual({ burnedRao: 499_993n, topUpRao: 400_007n });
    expect(collateralBoughtRao(900_000n, charge)).toBe(400_007n);
    expect(registrationCharge(1_000_000n, 0, 0n, price)).toEqual({
      burnedRao: 1_000_000n,
      topUpRao: 0n,
    });
  });

  test("is released as the miner earns, down to its own minimum, and filled up below it", () => {
    const collateral = {
      lockedRao: 1_000n,
      minimumRao: 900n,
      drainRatioBits: fromFloat(U64F64, 2),
      earnedRao: 0n,
    };
    expect(settle(collateral, 40n, 40n)).toMatchObject({ releasedRao: 80n, keptBackRao: 0n });
    expect(settle(collateral, 400n, 400n).collateral.lockedRao).toBe(900n);
    const low = { ...collateral, lockedRao: 100n };
    expect(settle(low, 400n, 300n)).toMatchObject({ releasedRao: 0n, keptBackRao: 300n });
  });
});

describe("the delegate take", () => {
  test("rises at most once in 216,000 blocks, to 18 %", () => {
    expect(checkIncreaseTake(100, 100, null)).toBe("DelegateTakeTooLow");
    expect(checkIncreaseTake(11_797, 100, null)).toBe("DelegateTakeTooHigh");
    expect(checkIncreaseTake(200, 100, 215_999)).toBe("DelegateTxRateLimitExceeded");
    expect(checkIncreaseTake(200, 100, 216_000)).toBeNull();
  });

  test("falls at any time", () => {
    expect(checkDecreaseTake(99, 100, 0)).toBeNull();
    expect(checkDecreaseTake(100, 100, 0)).toBe("DelegateTakeTooLow");
  });
});
