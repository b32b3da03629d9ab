/** What a scenario may set about an attacker who takes a subnet over by conviction. */
import { z } from "zod";
import { countField, daysField, flagField, shareField, taoField, wholeField } from "../fields.ts";

export const takeoverConfig = z
  .strictObject({
    count: countField(16, "how many attackers there are").default(0),
    netuid: wholeField({
      unit: "netuid",
      min: 0,
      max: 255,
      meaning: "the subnet that they want; 0: the one that looks cheapest among the old enough",
    }).default(0),
    wealth_tao: taoField("free TAO that each starts with").default(20_000),
    buy_every_days: daysField("days between two purchases").default(1),
    pool_share: shareField("largest purchase, as part of the TAO in the pool").default(0.05),
    perpetual: flagField(
      "true: the lock does not decay; false: half of it is free again after 90 days",
    ).default(true),
  })
  .meta({
    description:
      "buy a subnet's alpha and lock it to a hotkey of their own until its conviction makes them the owner",
  });

export type TakeoverConfig = z.infer<typeof takeoverConfig>;
