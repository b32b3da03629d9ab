/** The part of a scenario that bends the chain's rules: `chain.rules`. */
import { z } from "zod";
import { flagField, numberField, shareField, wholeField } from "../agents/fields.ts";
import { startsSection } from "./starts-section.ts";

/** Values that replace those of the rule-set in force. What is absent stays as the rule-set has it. */
const overrideFields = {
  gate: flagField("whether the Hill gate cuts the shares of small subnets").optional(),
  gate_rank: wholeField({
    unit: "rank",
    min: 0,
    max: 128,
    meaning: "the bar is the share of the subnet at this rank; 0 sets it by gate_quantile_share",
  }).optional(),
  gate_quantile_share: numberField({
    unit: "1",
    min: 0.01,
    max: 0.99,
    meaning: "with gate_rank 0: the bar is where the largest shares add up to this part",
  }).optional(),
  gate_exponent: numberField({
    unit: "1",
    min: 1,
    max: 8,
    meaning: "steepness of the gate: shares far below the bar fall with this power",
  }).optional(),
  gate_refresh_blocks: wholeField({
    unit: "blocks",
    min: 1,
    max: 216_000,
    meaning: "blocks between two settings of the bar",
  }).optional(),
  burn_penalty: flagField(
    "whether a subnet's share is cut by the part of its miner emission that is burned",
  ).optional(),
  emission_switch: flagField(
    "whether subnets whose emission is switched off on the chain get none",
  ).optional(),
  moving_price_alpha: numberField({
    unit: "per block",
    min: 0.0000001,
    max: 1,
    meaning: "weight of the newest price in the moving price of an old subnet",
  }).optional(),
  moving_price_half_age_blocks: wholeField({
    unit: "blocks",
    min: 0,
    max: 2_629_800,
    meaning: "age of a subnet at which the newest price has half its weight; 0 for full weight",
  }).optional(),
  flow_half_life_days: numberField({
    unit: "days",
    min: 0.01,
    max: 3_652.5,
    meaning: "half-life of the average of TAO flows, where emission goes by flow",
  }).optional(),
  flow_exponent: numberField({
    unit: "1",
    min: 1,
    max: 2,
    meaning: "power of the flows, where emission goes by flow",
  }).optional(),
  tao_weight: shareField("weight of a TAO on root against an alpha's worth").optional(),
  owner_cut_share: shareField("share of a subnet's alpha emission that its owner gets").optional(),
  swap_fee_share: shareField("share of what enters a pool that a swap costs").optional(),
  root_dividends_sold: flagField(
    "true: root dividends are sold for TAO at once; false: they wait until they are claimed",
  ).optional(),
};

const block = z.int().min(1).max(4_294_967_295);

export const rulesSection = z
  .strictObject({
    as_of: z
      .union([z.literal("timeline"), block, z.string().min(1).max(100)])
      .default("timeline")
      .meta({
        unit: "date, block or name",
        expected: "`timeline`, a date such as 2026-08-30, a block, or the name of a rule-set",
        description:
          "`timeline`: rules change on the chain's own dates; a date (2026-08-30), a block or the name of a rule-set: its rules hold throughout",
      }),
    starts: startsSection.prefault({}),
    overrides: z.strictObject(overrideFields).prefault({}).meta({
      description: "values that replace those of the rule-set from the start",
    }),
    changes: z
      .array(
        z.strictObject({
          from: z.union([block, z.iso.date()]).meta({
            unit: "date or block",
            expected: "a date such as 2026-08-30, or a block",
            description: "first block, or first day (UTC), of the change",
          }),
          ...overrideFields,
        }),
      )
      .max(100)
      .default([])
      .meta({
        description: "values that replace those of the rule-set from a later date or block",
      }),
  })
  .meta({ description: "which rules hold" });

export type RulesSection = z.infer<typeof rulesSection>;
export type RuleOverrides = RulesSection["overrides"];
