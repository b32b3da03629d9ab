/** What a scenario may set about people who would register a subnet of their own. */
import { z } from "zod";
import { countField, daysField, numberField, shareField, taoField, wholeField } from "../fields.ts";

export const foundersConfig = z
  .strictObject({
    count: countField(1_000, "how many there are").default(0),
    wealth_tao: taoField("free TAO that each starts with").default(2_000),
    look_every_days: daysField("days between two looks at the lock cost").default(0.25),
    expected_price: numberField({
      unit: "median prices",
      min: 0,
      max: 1_000,
      meaning:
        "price that a founder expects its alpha to have on average, as a multiple of the median price of all subnets: the middle founder's",
    }).default(0.35),
    expected_price_spread: numberField({
      unit: "ln",
      min: 0,
      max: 3,
      meaning: "how much founders differ in that (standard deviation of its logarithm)",
    }).default(0.4),
    new_idea_every_days: daysField("mean days until a founder expects something else").default(60),
    expected_life_days: daysField(
      "days that a founder expects its subnet to live; pruned ones lived 317 (median of 52)",
    ).default(300),
    discount_per_day: numberField({
      unit: "1 per day",
      min: 0,
      max: 1,
      meaning: "by how much a TAO tomorrow is worth less than one today",
    }).default(0.005),
    cost_tao_per_day: numberField({
      unit: "TAO per day",
      min: 0,
      max: 10_000,
      meaning: "what running a subnet costs its founder",
    }).default(0),
    subnets_max: wholeField({
      unit: "subnets",
      min: 1,
      max: 128,
      meaning: "subnets that one founder runs at a time",
    }).default(1),
    promote_tao: taoField("TAO with which a founder buys its own alpha once it is started").default(
      0,
    ),
    sell_share: shareField("share of the owner cut that a founder sells").default(0.5),
  })
  .meta({
    description:
      "register a subnet when what they expect of its owner cut is worth more than the lock cost",
  });

export type FoundersConfig = z.infer<typeof foundersConfig>;
