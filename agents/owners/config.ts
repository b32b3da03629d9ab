/** What a scenario may set about subnet owners. */
import { z } from "zod";
import { daysField, shareField } from "../fields.ts";

export const ownersConfig = z
  .strictObject({
    sell_share: shareField("share of the owner cut that a subnet owner sells").default(0.5),
    sell_every_days: daysField("days between two sales of one owner").default(1),
  })
  .meta({ description: "receive the owner cut of their subnet and sell part of it" });

export type OwnersConfig = z.infer<typeof ownersConfig>;
