import { expect, test } from "vitest";
import type { Neuron } from "../../sim/bittensor/chain/detailed-subnet.ts";
import { SkillField } from "../miners/skills.ts";
import { publicNeurons, viewOf, wake } from "../testing.ts";
import { validatorsConfig } from "./config.ts";
import { ProportionalScores } from "./proportional-scores.ts";
import { ScoringValidator } from "./scoring-validator.ts";

const place = { id: "validator/3/0", netuid: 3, hotkey: "v", firstBlock: 1 };
const quiet = validatorsConfig.parse({ score_noise: 0, sell_share: 0 });
const neuron = (hotkey: string, role = "miner"): Neuron => ({
  hotkey,
  coldkey: hotkey,
  role,
  registeredAtBlock: 0,
});
const inside = [neuron("v", "validator"), neuron("a"), neuron("b"), neuron("c")];

const at = (block: number, neurons = inside, commitReveal = false) =>
  viewOf({
    block,
    stakeRao: () => 0n,
    price: () => 1,
    neurons: () => publicNeurons({ neurons }),
    commitReveal: () => commitReveal,
    mechanismCount: () => 1,
  });

const skills = (): SkillField => {
  const field = new SkillField(4);
  field.lnSkill.set([-Infinity, 0, Math.log(0.5), -Infinity]);
  for (const [seat, { hotkey }] of inside.entries()) field.place(hotkey, seat);
  return field;
};

const scoring = (field: SkillField, config = quiet) =>
  new ScoringValidator(place, config, [new ProportionalScores(config, field)]);

const weights = (action: unknown) => action as { uids: number[]; values: number[] };

test("without noise the weights are the skills, the best at 65,535", () => {
  const [action] = wake(scoring(skills()), at(1)).map(weights);
  expect(action.uids).toEqual([1, 2, 3]);
  expect(action.values).toEqual([65_535, 32_768, 0]);
});

test("effort counts: who works half as hard is scored half as high", () => {
  const field = skills();
  field.effort[1] = 0.5;
  const [action] = wake(scoring(field), at(1)).map(weights);
  expect(action.values).toEqual([65_535, 65_535, 0]);
});

test("old scores are remembered by the share that the scenario sets", () => {
  const field = skills();
  const validator = scoring(field, { ...quiet, score_memory_share: 0.75 });
  wake(validator, at(1));
  field.lnSkill[2] = 0;
  const [action] = wake(validator, at(361)).map(weights);
  expect(action.values[1]).toBe(Math.round(65_535 * (0.75 * 0.5 + 0.25)));
});

test("who takes over a uid is scored by its own work, and not at all where it does none", () => {
  const field = skills();
  const validator = scoring(field);
  wake(validator, at(1));
  const after = [inside[0], neuron("spam", "spammer"), inside[2], inside[1]];
  const [action] = wake(validator, at(361, after)).map(weights);
  expect(action.values).toEqual([0, 32_768, 65_535]);
});

test("where the subnet wants commitments the weights are committed", () => {
  const [action] = wake(scoring(skills()), at(1, inside, true));
  expect(action).toMatchObject({ kind: "commit_timelocked_weights", values: [65_535, 32_768, 0] });
});

test("a validator that lacks stake waits a day before it tries again", () => {
  const validator = scoring(skills());
  const refuse = () => ({ applied: false, reason: "NotEnoughStakeToSetWeights" }) as const;
  expect(wake(validator, at(1), refuse)).toHaveLength(1);
  expect(wake(validator, at(361), refuse)).toHaveLength(0);
  expect(wake(validator, at(7_201), refuse)).toHaveLength(1);
});
