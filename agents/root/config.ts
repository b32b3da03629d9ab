/** What a scenario may set about root stakers. */
import { z } from "zod";
import { shareField } from "../fields.ts";

export const rootConfig = z
  .strictObject({
    claim_share_per_day: shareField(
      "share of the waiting root dividends that is claimed (sold for TAO) in a day",
    ).default(0.02),
  })
  .meta({ description: "root stakers: claim their dividends, which sells them for TAO" });

export type RootConfig = z.infer<typeof rootConfig>;
