/** What a scenario may set about root stakers. */
import { z } from "zod";
import { shareField } from "../fields.ts";

export const rootConfig = z
  .strictObject({
    claim_share_per_day: shareField(
      "share of the waiting root dividends that is claimed (sold for TAO) in a day",
    ).default(0.02),
    claim_type: z.enum(["swap", "keep"]).default("swap").meta({
      description:
        "how dividends that accrue (November 2025 to August 2026) are taken: swap sells the alpha for TAO, keep takes it as it is",
    }),
  })
  .meta({ description: "root stakers: claim their dividends, and sell or keep them" });

export type RootConfig = z.infer<typeof rootConfig>;
