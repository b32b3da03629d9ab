import { expect, test } from "vitest";
import type { SetWeights } from "../../sim/bittensor/chain/actions.ts";
import { SkillField } from "../miners/skills.ts";
import { viewOf, wake } from "../testing.ts";
import { validatorsConfig } from "./config.ts";
import { ProportionalScores } from "./proportional-scores.ts";
import { ScoringValidator } from "./scoring-validator.ts";

const place = { id: "validator/3/0", netuid: 3, hotkey: "v", firstBlock: 1, minerUids: [1, 2, 3] };
const quiet = validatorsConfig.parse({ score_noise: 0, sell_share: 0 });
const at = (block: number) => viewOf({ block, stakeRao: () => 0n, price: () => 1 });

const skills = (): SkillField => {
  const field = new SkillField(4);
  field.lnSkill.set([-Infinity, 0, Math.log(0.5), -Infinity]);
  return field;
};

const scoring = (field: SkillField, config = quiet) =>
  new ScoringValidator(place, config, new ProportionalScores(place.minerUids, config, field));

test("without noise the weights are the skills, the best at 65,535", () => {
  const [action] = wake(scoring(skills()), at(1)) as SetWeights[];
  expect(action.uids).toEqual([1, 2, 3]);
  expect(action.values).toEqual([65_535, 32_768, 0]);
});

test("effort counts: who works half as hard is scored half as high", () => {
  const field = skills();
  field.effort[1] = 0.5;
  const [action] = wake(scoring(field), at(1)) as SetWeights[];
  expect(action.values).toEqual([65_535, 65_535, 0]);
});

test("old scores are remembered by the share that the scenario sets", () => {
  const field = skills();
  const validator = scoring(field, { ...quiet, score_memory_share: 0.75 });
  wake(validator, at(1));
  field.lnSkill[2] = 0;
  const [action] = wake(validator, at(361)) as SetWeights[];
  expect(action.values[1]).toBe(Math.round(65_535 * (0.75 * 0.5 + 0.25)));
});

test("a validator that lacks stake waits a day before it tries again", () => {
  const validator = scoring(skills());
  const refuse = () => ({ applied: false, reason: "NotEnoughStakeToSetWeights" }) as const;
  expect(wake(validator, at(1), refuse)).toHaveLength(1);
  expect(wake(validator, at(361), refuse)).toHaveLength(0);
  expect(wake(validator, at(7_201), refuse)).toHaveLength(1);
});
