import { describe, expect, test } from "vitest";
import { randomSource } from "../../random.ts";
import { weiFromFlock } from "../amounts.ts";
import { DEFAULT_LEARNING_TASK, emptyModel, evaluate, makeData } from "./learning.ts";
import { colluder, honest, malicious } from "./strategies.ts";
import { type AllianceRules, allianceTask, eligible, runRound, type Strategy } from "./task.ts";

const rules: AllianceRules = {
  rounds: 12,
  proposerFraction: 0.5,
  slashing: { part: 0.2 },
  slasherShare: 0.1,
  minimumStakeWei: 1n,
};
const hundred = weiFromFlock(100);

function taskOf(strategies: readonly Strategy[], changed: Partial<AllianceRules> = {}) {
  const random = randomSource("alliance");
  const data = makeData(DEFAULT_LEARNING_TASK, strategies.length, random.stream("data"));
  const pool = weiFromFlock(1200);
  const task = allianceTask({ ...rules, ...changed }, data, strategies, hundred, pool);
  return { task, random: random.stream("rounds") };
}

const many = (count: number, strategy: Strategy) => Array.from({ length: count }, () => strategy);

describe("an FL Alliance task", () => {
  test("learns: honest rounds are accepted and carry the model from chance to nearly perfect", () => {
    const { task, random } = taskOf(many(10, honest()));
    const accuracy = () => evaluate(task.data.task, task.model, task.data.audit).accuracy;
    expect(accuracy()).toBeLessThan(0.4);
    while (runRound(task, random)?.accepted);
    expect(task.roundsDone).toBe(12);
    expect(accuracy()).toBeGreaterThan(0.9);
  });

  test("pays the round's share of the pool and slashes the other side, to the wei", () => {
    const { task, random } = taskOf([...many(7, honest()), ...many(3, malicious("sign_flip", 5))]);
    const round = runRound(task, random);
    if (!round) throw new Error("no round");
    expect(round.proposers.length).toBe(5);
    expect([...round.proposers, ...round.voters].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(round.rewardsWei.size + round.slashes.size).toBe(10);
    const paid = [...round.rewardsWei.values()].reduce((sum, wei) => sum + wei, 0n);
    expect(task.poolWei).toBe(weiFromFlock(1200) - paid);
    for (const [i, cut] of round.slashes) {
      expect(cut.slashedWei).toBe(weiFromFlock(20));
      expect(cut.toSlasherWei).toBe(weiFromFlock(2));
      expect(task.stakesWei[i]).toBe(weiFromFlock(80));
    }
  });

  test("drives out a poisoning minority by its votes, not without slashing", () => {
    const people = [...many(14, honest()), ...many(6, malicious("label_flip", 1))];
    const slashing = { fixedWei: weiFromFlock(25) };
    const run = (slashed: AllianceRules["slashing"]) => {
      const { task, random } = taskOf(people, { slashing: slashed, rounds: 30 });
      while (runRound(task, random));
      return eligible(task).filter((i) => i >= 14).length;
    };
    expect(run(slashing)).toBe(0);
    expect(run(null)).toBe(6);
  });

  test("is captured by a ring with most of the stake: outsiders pay for the ring", () => {
    const ring = [0, 1, 2, 3, 4, 5, 6];
    const people = [...many(7, colluder(new Set(ring.map(String)))), ...many(3, honest())];
    const { task, random } = taskOf(people, { rounds: 40 });
    while (runRound(task, random));
    const mean = (ids: number[]) =>
      ids.reduce((sum, i) => sum + Number(task.stakesWei[i]), 0) / ids.length;
    expect(mean([7, 8, 9])).toBeLessThan(mean(ring));
  });

  test("an empty model guesses, and every loss is that of a guess", () => {
    const { task } = taskOf(many(2, honest()));
    const { loss } = evaluate(task.data.task, emptyModel(task.data.task), task.data.audit);
    expect(loss).toBeCloseTo(Math.log(task.data.task.classes), 12);
  });

  test("clients of one class each make honest votes disagree", () => {
    const task = { ...DEFAULT_LEARNING_TASK, nonIid: 1 };
    const { clients } = makeData(task, 10, randomSource("non-iid").stream("data"));
    for (const [i, { train }] of clients.entries()) {
      expect(new Set(train.labels)).toEqual(new Set([i % task.classes]));
    }
  });
});
