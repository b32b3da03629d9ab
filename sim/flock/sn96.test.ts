import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eligibleCount,
  lossScore,
  SCORE_CURVES,
  type Submission,
  selectWinner,
  winnerWeights,
  winRates,
} from "./sn96.ts";

const submission = (uid: number, loss: number | null, block: number): Submission => ({
  uid,
  hotkey: `h${uid}`,
  coldkey: `c${uid}`,
  loss,
  block,
});

describe("the score of a loss", () => {
  test("falls from one to zero and passes the benchmark at its height", () => {
    const loss = fc.double({ min: 2, max: 3, noNaN: true });
    const curve = SCORE_CURVES.roleplay;
    fc.assert(
      fc.property(loss, loss, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(lossScore(low, curve)).toBeGreaterThanOrEqual(lossScore(high, curve));
      }),
    );
    expect(lossScore(curve.benchmark, curve)).toBe(curve.height);
    expect(lossScore(2.39, curve)).toBe(1);
    expect(lossScore(2.81, curve)).toBe(0);
  });
});

describe("pairwise win rates", () => {
  test("let the earlier entry win until the later one is 4 % better", () => {
    const rates = (later: number) =>
      winRates([
        { loss: 1, block: 1 },
        { loss: later, block: 2 },
      ]);
    expect([...rates(0.97)]).toEqual([1, 0]);
    expect([...rates(0.95)]).toEqual([0, 1]);
  });
});

describe("the daily winner", () => {
  const all = Array.from({ length: 60 }, (_, uid) => submission(uid, 1 + uid / 100, 1000 - uid));
  const holders = all.map(({ uid, hotkey, coldkey }) => ({ uid, hotkey, coldkey }));

  test("is the earliest of the best twentieth", () => {
    expect(eligibleCount(60)).toBe(3);
    expect(selectWinner(all, holders)).toEqual({ uid: 2, loss: 1.02 });
  });

  test("one who was not evaluated cannot win, and nobody wins an empty day", () => {
    expect(selectWinner([submission(0, null, 1)], holders)).toBeNull();
    expect(selectWinner([], holders)).toBeNull();
  });

  test("takes all the weight, which is the owner's where there is none", () => {
    expect([...winnerWeights(4, { uid: 2, loss: 1 }, 0)]).toEqual([0, 0, 1, 0]);
    expect([...winnerWeights(4, null, 1)]).toEqual([0, 1, 0, 0]);
  });
});
