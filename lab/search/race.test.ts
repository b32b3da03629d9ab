import { describe, expect, test } from "vitest";
import { randomSource } from "../../sim/random.ts";
import { race, ranked } from "./race.ts";
import type { Verdict } from "./score.ts";

/** Points whose true losses are 0, 1, 2, ...; noise is common to all on a seed, and its own. */
function noisy(common: number, own: number) {
  const used: number[] = [];
  const tryOn = async (who: readonly number[], from: number, to: number): Promise<Verdict[][]> =>
    who.map((point) =>
      Array.from({ length: to - from }, (_, k) => {
        used[point] = (used[point] ?? 0) + 1;
        const seed = from + k;
        const shared = common * randomSource("common").stream(String(seed)).normal();
        const noise = own * randomSource("own").stream(`${seed}/${point}`).normal();
        return { loss: point + shared + noise, missed: 0 };
      }),
    );
  return { used, tryOn };
}

const settings = { first: 2, most: 64, winners: 3 };

describe("a race", () => {
  test("needs no more than the first seeds where noise is common to all", async () => {
    const { used, tryOn } = noisy(100, 0);
    const verdicts = await race(6, settings, tryOn);
    expect(used).toEqual([2, 2, 2, 2, 2, 2]);
    expect(ranked(verdicts, 3)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("spends seeds on those near the line, and finds the better half", async () => {
    const { used, tryOn } = noisy(100, 2);
    const verdicts = await race(12, { ...settings, winners: 6 }, tryOn);
    const winners = ranked(verdicts, 6).slice(0, 6);
    expect(winners.filter((who) => who < 6).length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...used)).toBeGreaterThan(2);
    // Those far from the line are left alone.
    expect(used[0] + used[11]).toBeLessThan(used[5] + used[6]);
    expect(used.reduce((sum, one) => sum + one)).toBeLessThan(12 * 64 * 0.75);
  });

  test("does not try again what is the same on every seed", async () => {
    const tryOn = async (who: readonly number[], from: number, to: number) =>
      who.map(() => Array.from({ length: to - from }, () => ({ loss: 1, missed: 0 })));
    const verdicts = await race(4, { ...settings, winners: 2 }, tryOn);
    expect(verdicts.map((own) => own.length)).toEqual([2, 2, 2, 2]);
  });

  test("puts points that miss a condition behind, the nearest first", () => {
    const one = (loss: number, missed = 0): Verdict[] => [{ loss, missed }];
    expect(ranked([one(1, 3), one(9), one(0, 2), one(8)], 2)).toEqual([3, 1, 2, 0]);
    expect(ranked([one(1, 3), one(9, 1), one(0, 2)], 2)).toEqual([1, 2, 0]);
    expect(ranked([one(Infinity), one(9), one(Infinity, Infinity)], 2)).toEqual([1, 0, 2]);
  });
});
