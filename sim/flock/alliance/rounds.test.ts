import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PERCENT_BASE } from "../amounts.ts";
import { aggregateVote, payByStake, roundRewardWei, slash, verdicts } from "./rounds.ts";

const wei = fc.bigInt({ min: 0n, max: 10n ** 27n });

describe("an FL Alliance round's money", () => {
  test("rounds empty the pool, whoever is paid", () => {
    let left = 1_000_003n;
    for (let rounds = 7; rounds > 0; rounds--) left -= roundRewardWei(left, rounds);
    expect(left).toBe(0n);
    expect(() => roundRewardWei(1n, 0)).toThrow(/roundsLeft/);
  });

  test("pro-rata payment never exceeds the reward and misses it by less than a wei a head", () => {
    fc.assert(
      fc.property(wei, fc.array(wei, { maxLength: 20 }), (reward, stakes) => {
        const paid = payByStake(reward, stakes).reduce((sum, amount) => sum + amount, 0n);
        const anyStake = stakes.some((stake) => stake > 0n);
        expect(paid).toBeLessThanOrEqual(reward);
        expect(reward - paid).toBeLessThan(anyStake ? BigInt(stakes.length) : reward + 1n);
      }),
    );
  });

  test("a slash is split whole between pool and caller", () => {
    fc.assert(
      fc.property(wei, fc.nat(1_000_000), fc.nat(1_000_000), (stake, part, share) => {
        const cut = slash(stake, BigInt(part), BigInt(share), PERCENT_BASE);
        expect(cut.toPoolWei + cut.toSlasherWei).toBe(cut.slashedWei);
        expect(cut.slashedWei + cut.stakeAfterWei).toBe(stake);
      }),
    );
  });

  test("stake decides a vote, and a tie accepts", () => {
    expect(aggregateVote([1, -1, -1], [5, 2, 2])).toBe(1);
    expect(verdicts(aggregateVote([1, -1], [3, 3])).proposers).toBe("reward");
    expect(verdicts(aggregateVote([1, -1], [3, 4]))).toEqual({
      proposers: "slash",
      votersFor: "slash",
      votersAgainst: "reward",
    });
  });
});
