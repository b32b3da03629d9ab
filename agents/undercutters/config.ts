/** What a scenario may set about validators that compete by their take. */
import { z } from "zod";
import { countField, daysField, numberField, shareField, wholeField } from "../fields.ts";

export const undercuttersConfig = z
  .strictObject({
    count: countField(64, "how many validators compete by their take").default(0),
    netuid: wholeField({
      unit: "netuid",
      min: 1,
      max: 255,
      meaning:
        "the subnet whose validators they are; absent: the first one that is simulated neuron by neuron",
    }).optional(),
    start_after_days: numberField({
      unit: "days",
      min: 0,
      max: 7_305,
      meaning: "days from the start of the run to their first decision",
    }).default(0),
    decide_every_days: daysField("days between two decisions of one validator").default(1),
    step_share: shareField("how far below its cheapest rival's take each wants its own").default(
      0.01,
    ),
    floor_share: shareField("take below which none goes").default(0),
  })
  .meta({ description: "validators that set their take below that of their cheapest rival" });

export type UndercuttersConfig = z.infer<typeof undercuttersConfig>;
