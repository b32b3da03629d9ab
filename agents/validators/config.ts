/** What a scenario may set about the validators of subnets that are simulated neuron by neuron. */
import { z } from "zod";
import { numberField, shareField, wholeField } from "../fields.ts";

export const validatorsConfig = z
  .strictObject({
    score_noise: numberField({
      unit: "ln",
      min: 0,
      max: 5,
      meaning:
        "standard deviation of the natural logarithm of a measured skill around the true one",
    }).default(0.25),
    score_memory_share: shareField(
      "share of the previous score that a validator keeps when it scores a miner again",
    ).default(0.5),
    set_weights_every_blocks: wholeField({
      unit: "blocks",
      min: 100,
      max: 50_400,
      meaning: "blocks between two weight settings of one validator",
    }).default(360),
    take_share: numberField({
      unit: "1",
      min: 0,
      max: 0.18,
      meaning: "share of its delegators' dividends that a validator keeps",
    }).default(0.18),
    sell_share: shareField("share of its earned alpha that a validator sells").default(0.3),
    sell_every_days: numberField({
      unit: "days",
      min: 1 / 7_200,
      max: 365,
      meaning: "days between two sales of one validator",
    }).default(1),
  })
  .meta({ description: "score miners and set weights" });

export type ValidatorsConfig = z.infer<typeof validatorsConfig>;
