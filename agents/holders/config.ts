/** What a scenario may set about who holds a subnet's alpha at the start, which no capture shows. */
import { z } from "zod";
import { shareField } from "../fields.ts";

export const holdersConfig = z
  .strictObject({
    owner_share: shareField(
      "share of a subnet's alpha (outside its pool, not the chain's own) that its owner holds at the start",
    ).default(0.1),
    miner_share: shareField("share that its miners hold at the start").default(0.05),
    validator_share: shareField(
      "share that its validators hold themselves at the start; the rest is their delegators'",
    ).default(0.05),
  })
  .refine(
    ({ owner_share, miner_share, validator_share }) =>
      owner_share + miner_share + validator_share <= 1,
    { error: "the three shares add up to more than 1" },
  )
  .meta({ description: "holders: who has a subnet's alpha at the start" });

export type HoldersConfig = z.infer<typeof holdersConfig>;
