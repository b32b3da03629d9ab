import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claim, claimableWei, delegate, delegationPool, fund, undelegate } from "./delegation.ts";

const DAY = 86_400;

function heldByTwo() {
  const pool = delegationPool();
  delegate(pool, 1, 100n, 0);
  for (let day = 1; day <= 5; day++) fund(pool, 10n);
  return pool;
}

describe("the delegation pool", () => {
  test("a claim before a newcomer arrives is worth more over ten days: 75 against 66", () => {
    const early = heldByTwo();
    const late = heldByTwo();
    const first = claim(early, 1, 5 * DAY, 0);
    for (const pool of [early, late]) {
      delegate(pool, 2, 100n, 5 * DAY);
      fund(pool, 50n);
    }
    const second = claim(early, 1, 10 * DAY, 0);
    const once = claim(late, 1, 10 * DAY, 0);
    expect(first).toEqual({ claimed: true, grossWei: 50n });
    expect(second).toEqual({ claimed: true, grossWei: 25n });
    expect(once).toEqual({ claimed: true, grossWei: 66n });
  });

  test("a withdrawal waits a day after the last delegation, and a claim its cool-down", () => {
    const pool = heldByTwo();
    delegate(pool, 1, 1n, 5 * DAY);
    expect(undelegate(pool, 1, 101n, 6 * DAY - 1, DAY)).toBe("DelegationTooRecent");
    expect(undelegate(pool, 1, 102n, 6 * DAY, DAY)).toBe("NotDelegated");
    expect(undelegate(pool, 1, 101n, 6 * DAY, DAY)).toBeNull();
    delegate(pool, 1, 5n, 6 * DAY);
    expect(claim(pool, 1, 6 * DAY, DAY).claimed).toBe(true);
    fund(pool, 10n);
    expect(claim(pool, 1, 7 * DAY - 1, DAY)).toEqual({ claimed: false, reason: "ClaimCoolDown" });
    expect(claim(pool, 1, 7 * DAY, DAY).claimed).toBe(true);
  });

  test("one who left still claims for the time that he was there", () => {
    const pool = delegationPool();
    delegate(pool, 1, 100n, 0);
    delegate(pool, 2, 300n, 0);
    undelegate(pool, 2, 300n, 4 * DAY, 0);
    fund(pool, 100n);
    expect(claimableWei(pool, 2, 10 * DAY)).toBe(54n);
    expect(claim(pool, 2, 10 * DAY, 0)).toEqual({ claimed: true, grossWei: 54n });
    expect(claimableWei(pool, 2, 11 * DAY)).toBe(0n);
  });

  test("never pays out more than was put in, and keeps its sums whatever happens", () => {
    const event = fc.tuple(
      fc.constantFrom("delegate", "undelegate", "claim", "fund"),
      fc.nat(3),
      fc.bigInt({ min: 1n, max: 10n ** 24n }),
      fc.nat(5 * DAY),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const pool = delegationPool();
        let now = 0;
        let funded = 0n;
        let paid = 0n;
        for (const [kind, who, amount, wait] of events) {
          now += wait;
          if (kind === "delegate") delegate(pool, who, amount, now);
          else if (kind === "undelegate") undelegate(pool, who, amount, now, DAY);
          else if (kind === "fund") {
            fund(pool, amount);
            funded += amount;
          } else {
            const outcome = claim(pool, who, now, DAY);
            if (outcome.claimed) paid += outcome.grossWei;
          }
        }
        expect(pool.rewardsWei + paid).toBe(funded);
        const amounts = [...pool.members.values()].map(({ amountWei }) => amountWei);
        expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(pool.delegatedWei);
      }),
    );
  });
});
