/** The part of a scenario that says which subnets a crowd has paid for: `chain.leases`. */
import { z } from "zod";
import { daysField, shareField, wholeField } from "../agents/fields.ts";
import { BLOCKS_PER_DAY } from "../sim/amounts.ts";
import type { LeaseTerms } from "../sim/bittensor/chain/leases/lease-desk.ts";
import type { BittensorState } from "./bittensor-state.ts";

const lease = z.strictObject({
  netuid: wholeField({ unit: "netuid", min: 1, max: 255, meaning: "the leased subnet" }),
  contributors: wholeField({
    unit: "people",
    min: 1,
    max: 500,
    meaning: "how many besides its owner gave, each the same",
  }),
  contributed_share: shareField("part of what was raised that they gave, the owner gave the rest"),
  owner_cut_percent: wholeField({
    unit: "%",
    min: 1,
    max: 100,
    meaning: "part of the owner cut that all who gave share",
  }),
  end_after_days: daysField(
    "days until the owner may take the subnet over; absent: never",
  ).optional(),
});

export const leasesSection = z
  .array(lease)
  .max(128)
  .default([])
  .meta({ description: "subnets that a crowd has paid for and gets part of the owner cut of" });

/** Only the proportions of what was raised matter: contributors give a TAO each. */
const EACH_RAO = 1_000_000_000n;

export function leaseTerms(
  leases: z.infer<typeof leasesSection>,
  { block }: Pick<BittensorState, "block">,
): LeaseTerms[] {
  return leases.map((lease) => {
    const { netuid, contributors, contributed_share: share, end_after_days: days } = lease;
    const contributions = Array.from({ length: contributors }, (_, index) => ({
      coldkey: `contributor/${netuid}/${index}`,
      contributedRao: EACH_RAO,
    }));
    const givenRao = BigInt(contributors) * EACH_RAO;
    const shareParts = BigInt(Math.max(1, Math.round(share * 1e9)));
    return {
      netuid,
      beneficiary: `owner/${netuid}`,
      percent: lease.owner_cut_percent,
      endBlock: days === undefined ? null : block + Math.round(days * BLOCKS_PER_DAY),
      contributions,
      raisedRao: (givenRao * 1_000_000_000n) / shareParts,
    };
  });
}
