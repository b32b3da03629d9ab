/** What a scenario may set about attackers who register neurons that do no work. */
import { z } from "zod";
import { subnetField } from "../entrants/config.ts";
import { countField, daysField, taoField, wholeField } from "../fields.ts";

export const spammersConfig = z
  .strictObject({
    count: countField(100, "attackers").default(0),
    netuid: subnetField(),
    budget_tao: taoField("free TAO of each at the start: what it can spend").default(1_000),
    max_price_tao: taoField("highest price at which it still registers").default(1),
    every_blocks: wholeField({
      unit: "blocks",
      min: 1,
      max: 50_400,
      meaning: "blocks between two tries of one attacker",
    }).default(30),
    start_after_days: daysField("days from the start of the run to the attack").default(1),
    attack_days: daysField("days that the attack lasts").default(7),
  })
  .meta({ description: "attackers who fill a subnet's places with neurons that do no work" });

export type SpammersConfig = z.infer<typeof spammersConfig>;
