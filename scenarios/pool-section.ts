/** One subnet's pool beside the supply, and what is asked of very many paths: `hivelab paths`. */
import { z } from "zod";
import { daysField, numberField, shareField, taoField, wholeField } from "../agents/fields.ts";
import { reference } from "./reference.ts";

const amount = (unit: string, meaning: string) =>
  numberField({ unit, min: 0, max: 21_000_000, meaning });

const flowsSection = z
  .strictObject({
    sell_share: shareField(
      "part of the subnet's alpha emission that is sold; 0.54: miners 0.8 of 41 %, validators 0.3 of 41 %, owner 0.5 of 18 %",
    ).default(0.54),
    turnover_share: shareField(
      "part of the pool at the start that is sold and bought again in a day; with daily_deviation and memory_days it gives daily price moves of about 5 %, as measured across subnets since June 2026",
    ).default(0.08),
    sold_alpha_per_day: amount(
      "alpha per day",
      "mean sold; by default sell_share of the emission, and the turnover",
    ).optional(),
    spent_tao_per_day: amount(
      "TAO per day",
      "mean spent by people; by default what holds the starting price together with chain buys",
    ).optional(),
    mean_deviation: numberField({
      ...{ unit: "log", min: 0, max: 3 },
      meaning: "standard deviation of a path's own mean of either flow: how little it is known",
    }).default(0.2),
    daily_deviation: numberField({
      ...{ unit: "log", min: 0, max: 3 },
      meaning: "standard deviation of a day's flow around the path's mean",
    }).default(0.7),
    memory_days: daysField("days after which a deviation has decayed to 1/e").default(60),
  })
  .meta({ description: "what people sell and spend; their shape is an assumption" });

export const poolSection = z
  .strictObject({
    state: reference("the captured state that the pool is taken from").default("finney-8957880"),
    netuid: wholeField({ unit: "", min: 1, max: 65_535, meaning: "the subnet" }),
    tao: taoField("TAO in the pool; by default as captured").optional(),
    alpha: amount("alpha", "alpha in the pool; by default as captured").optional(),
    emission_share: shareField(
      "part of all new TAO that is injected; by default as in the captured block",
    ).optional(),
    bought_share: shareField(
      "part of all new TAO with which the chain buys alpha; by default as in the captured block",
    ).optional(),
    flows: flowsSection.prefault({}),
  })
  .meta({ description: "one subnet's pool, for `hivelab paths`; `hivelab run` leaves it out" });

export const questionsSection = z
  .strictObject({
    price_below: z
      .array(numberField({ unit: "TAO per alpha", min: 1e-9, max: 1e6, meaning: "a price" }))
      .max(20)
      .default([])
      .meta({
        description: "how likely is a price below these; by default half of the starting price",
      }),
    halving_before: z.array(z.iso.date()).max(20).default([]).meta({
      description: "how likely is the next halving before these days, as 2029-12-31",
    }),
  })
  .meta({ description: "what `hivelab paths` is asked" });

export type PoolSection = z.output<typeof poolSection>;
export type QuestionsSection = z.output<typeof questionsSection>;
