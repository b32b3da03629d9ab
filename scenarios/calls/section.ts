/**
 * The part of a scenario in which somebody is made to do something at a time that the scenario sets:
 * calls of the chain under their own names. What each call wants stands in kinds.ts.
 */
import { z } from "zod";
import {
  daysField,
  flagField,
  numberField,
  shareField,
  taoField,
  wholeField,
} from "../../agents/fields.ts";
import { callNames } from "./names.ts";

const name = (meaning: string) =>
  z
    .string()
    .min(1)
    .max(100)
    .meta({ expected: "a name such as `validator/15/2`", description: meaning });

const child = z.strictObject({
  hotkey: name("the child"),
  share: shareField("part of the hotkey's stake that counts for the child"),
});

export const scriptedCall = z.strictObject({
  call: z.enum(callNames).meta({ description: "the extrinsic's name on the chain" }),
  after_days: numberField({
    unit: "days",
    min: 0,
    max: 7_305,
    meaning: "when: days from the start of the run; absent: in its first block",
  }).optional(),
  every_days: daysField("again and again, so many days apart; absent: once").optional(),
  by: name("who signs: a coldkey, named as in the table `actions`"),
  netuid: wholeField({ unit: "netuid", min: 0, max: 255, meaning: "the subnet" }).optional(),
  hotkey: name("the hotkey that it is about; absent: the one named as who signs").optional(),
  to: name("the hotkey or coldkey that is to have it").optional(),
  children: z
    .array(child)
    .max(5)
    .optional()
    .meta({ description: "of set_children: all children from then on; none takes them back" }),
  take_share: shareField("of a change of take: the new take").optional(),
  amount_tao: taoField("how much TAO").optional(),
  amount_alpha: taoField("how much alpha; absent: all of the position")
    .meta({ unit: "alpha" })
    .optional(),
  enabled: flagField("of a switch: on or off").optional(),
  count: wholeField({
    unit: "mechanisms",
    min: 1,
    max: 16,
    meaning: "of sudo_set_mechanism_count: mechanisms from then on",
  }).optional(),
  split: z.array(shareField("a mechanism's part")).min(1).max(16).optional().meta({
    description:
      "of sudo_set_mechanism_emission_split: parts of the emission; absent: all the same",
  }),
  mode: z
    .enum(["yuma", "null"])
    .optional()
    .meta({ description: "of sudo_set_epoch_consensus: what decides from then on" }),
  epochs: wholeField({ unit: "epochs", min: 1, max: 100, meaning: "a reveal period" }).optional(),
});

export type ScriptedCallSection = z.infer<typeof scriptedCall>;

export const callsSection = z
  .array(scriptedCall)
  .max(1_000)
  .default([])
  .meta({ description: "calls that somebody makes at times that the scenario sets" });
