import { describe, expect, test } from "vitest";
import { randomSource } from "../../sim/random.ts";
import { SkillField } from "../miners/skills.ts";
import { type FlockoffConfig, flockoffConfig } from "./config.ts";
import { FlockoffMechanism } from "./mechanism.ts";
import { ResearchField } from "./research-field.ts";

const DAY = 7_200;
const uids = [1, 2, 3, 4];
const random = randomSource("flockoff").stream("validator");

/** Miners of falling skill; the best commits last, the fourth not at all. */
function committed(): ResearchField {
  const skills = new SkillField(5);
  skills.lnSkill.set([-Infinity, 2, 1, 0, 3]);
  const field = new ResearchField(skills);
  field.commit(1, 300);
  field.commit(2, 200);
  field.commit(3, 100);
  return field;
}

const weights = (regime: FlockoffConfig["regime"], field = committed(), noise = 0) => [
  ...new FlockoffMechanism(uids, flockoffConfig.parse({ regime, loss_noise: noise }), field).weigh(
    DAY,
    random,
  ),
];

describe("FLockOff weighs its miners", () => {
  test("by pairs: the earlier data set wins until the later is four percent better", () => {
    // Losses 2.404, 2.471 and 2.575: the best is 2.7 % and 6.6 % better than the two before it.
    expect(weights("pairwise")).toEqual([0.5, 1, 0, 0]);
  });

  test("by a score that falls steeply from the best losses to the benchmark", () => {
    const [best, second, third, absent] = weights("score");
    expect(best).toBeGreaterThan(0.95);
    expect(second).toBeLessThan(0.5);
    expect(third).toBeLessThan(0.08);
    expect(absent).toBe(0);
  });

  test("by the day's winner, who takes it all", () => {
    expect(weights("winner")).toEqual([1, 0, 0, 0]);
  });

  test("once a day: a better data set counts tomorrow", () => {
    const field = committed();
    const config = flockoffConfig.parse({ loss_noise: 0 });
    const mechanism = new FlockoffMechanism(uids, config, field);
    expect([...mechanism.weigh(DAY, random)]).toEqual([1, 0, 0, 0]);
    field.commit(4, DAY + 1);
    expect([...mechanism.weigh(2 * DAY - 1, random)]).toEqual([1, 0, 0, 0]);
    expect([...mechanism.weigh(2 * DAY, random)]).toEqual([0, 0, 0, 1]);
  });

  test("nobody where nobody has published", () => {
    const field = new ResearchField(new SkillField(5));
    for (const regime of ["pairwise", "score", "winner"] as const) {
      expect(weights(regime, field)).toEqual([0, 0, 0, 0]);
    }
  });
});
