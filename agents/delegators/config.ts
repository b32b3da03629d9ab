/** What a scenario may set about delegators. */
import { z } from "zod";
import { countField, daysField, flagField, numberField, shareField, taoField } from "../fields.ts";

export const delegatorsConfig = z
  .strictObject({
    count: countField(10_000, "how many delegators act").default(60),
    wealth_tao: taoField("TAO in all delegators' wallets together at the start").default(300_000),
    wealth_spread: numberField({
      unit: "ln",
      min: 0,
      max: 5,
      meaning: "standard deviation of the natural logarithm of wealth among delegators",
    }).default(1.5),
    root_share: shareField(
      "share of their wealth that they hold as root stake, on average",
    ).default(0.5),
    rebalance_every_days: daysField("days between two decisions of one delegator").default(7),
    sensitivity: numberField({
      unit: "per ln(yield)",
      min: 0,
      max: 20,
      meaning:
        "how strongly a delegator prefers the higher yield: 0 not at all, 1 in proportion to yield",
    }).default(1),
    move_share: shareField(
      "share of the distance to the wished portfolio that is moved in one decision",
    ).default(0.25),
    compare_validators: flagField(
      "whether they move their stake on a subnet to the validator that leaves its stakers most, where neurons are simulated",
    ).default(false),
  })
  .meta({ description: "move stake between root and subnets after yields" });

export type DelegatorsConfig = z.infer<typeof delegatorsConfig>;
