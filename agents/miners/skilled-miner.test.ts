import { expect, test } from "vitest";
import { viewOf, wake } from "../testing.ts";
import { minersConfig } from "./config.ts";
import { SkilledMiner } from "./skilled-miner.ts";
import { SkillField } from "./skills.ts";

const TAO = 1_000_000_000n;
const place = { id: "miner/3/1", netuid: 3, seat: 1, hotkey: "m", firstBlock: 1 };
const holding = (rao: bigint) => viewOf({ stakeRao: () => rao, price: () => 1 });

test("skills start in the order of the weights that real validators gave, at the spread asked for", () => {
  const field = new SkillField(5);
  field.startFromWeights(
    new Map([
      [1, 0.4],
      [2, 0.1],
      [3, 0.02],
    ]),
    1.5,
  );
  const [a, b, c] = [1, 2, 3].map((uid) => field.lnSkill[uid]);
  expect(a).toBeGreaterThan(b);
  expect(b).toBeGreaterThan(c);
  expect(Math.sqrt((a * a + b * b + c * c) / 3)).toBeCloseTo(1.5, 10);
  expect(a + b + c).toBeCloseTo(0, 10);
  // Who had no weight does no work.
  expect([field.quality(0), field.quality(4)]).toEqual([0, 0]);
});

test("a miner who is paid less than its work costs works less, and more again when it is paid", () => {
  const field = new SkillField(2);
  field.lnSkill[1] = 0;
  const config = minersConfig.parse({ effort_cost_tao_per_day: 1, skill_drift_per_day: 0 });
  const miner = new SkilledMiner(place, config, field);
  wake(miner, holding(0n));
  wake(miner, holding(0n));
  expect(field.effort[1]).toBeCloseTo(0.64, 10);
  wake(miner, holding(50n * TAO));
  expect(field.effort[1]).toBeCloseTo(0.704, 10);
});

test("it sells the share of its income that the scenario sets", () => {
  const config = minersConfig.parse({ sell_share: 0.5, skill_drift_per_day: 0 });
  const miner = new SkilledMiner(place, config, new SkillField(2));
  wake(miner, holding(10n * TAO));
  expect(wake(miner, holding(30n * TAO))).toEqual([
    { kind: "remove_stake", netuid: 3, hotkey: "m", amountRao: 10n * TAO },
  ]);
});
