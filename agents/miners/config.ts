/** What a scenario may set about miners. */
import { z } from "zod";
import { numberField, shareField, taoField } from "../fields.ts";

export const minersConfig = z
  .strictObject({
    skill_spread: numberField({
      unit: "ln",
      min: 0,
      max: 3,
      meaning: "standard deviation of the natural logarithm of skill among the miners of a subnet",
    }).default(1),
    skill_drift_per_day: numberField({
      unit: "ln per sqrt(day)",
      min: 0,
      max: 3,
      meaning: "standard deviation of the change of one miner's ln(skill) in one day",
    }).default(0.1),
    mechanism_correlation: numberField({
      unit: "1",
      min: -1,
      max: 1,
      meaning:
        "on a subnet with several mechanisms: correlation of a miner's ln(skill) in each further one with that in the first",
    }).default(0),
    effort_cost_tao_per_day: taoField(
      "what it costs a miner of average skill to work a day",
    ).default(0.05),
    sell_share: shareField("share of its mined alpha that a miner sells").default(0.8),
    sell_every_days: numberField({
      unit: "days",
      min: 1 / 7_200,
      max: 365,
      meaning: "days between two sales of one miner",
    }).default(1),
  })
  .meta({ description: "do the subnet's work, differ in skill, sell what they earn" });

export type MinersConfig = z.infer<typeof minersConfig>;
