/** What a scenario may set about miners who come and go. */
import { z } from "zod";
import { countField, daysField, numberField, taoField, wholeField } from "../fields.ts";

export const subnetField = () =>
  wholeField({
    unit: "netuid",
    min: 1,
    max: 65_535,
    meaning: "the subnet; absent: the first that is simulated neuron by neuron",
  }).optional();

export const entrantsConfig = z
  .strictObject({
    count: countField(
      2_000,
      "miners who wait outside at the start; with any, those inside come and go by the same rule",
    ).default(0),
    netuid: subnetField(),
    wealth_tao: taoField("free TAO of each at the start").default(20),
    skill_offset: numberField({
      unit: "ln",
      min: -10,
      max: 10,
      meaning: "mean of their ln(skill), against 0 for the miners who start inside",
    }).default(0),
    decide_every_days: daysField("days between two looks at the subnet").default(0.25),
    payback_days: daysField(
      "days in which what a miner expects to earn must pay for its registration",
    ).default(3),
    patience_days: daysField("days of losses after which a miner stops working").default(2),
    rest_days: daysField("days that it then stays away").default(5),
  })
  .meta({ description: "miners who register when it pays, leave when it does not" });

export type EntrantsConfig = z.infer<typeof entrantsConfig>;
