/** The part of a scenario that bends the terms on which subnets come, go and change hands. */
import { z } from "zod";
import { daysField, flagField, numberField, taoField, wholeField } from "../agents/fields.ts";
import { BLOCKS_PER_DAY, raoFromTao } from "../sim/amounts.ts";
import type { SubnetTerms } from "../sim/bittensor/chain/subnet-terms.ts";
import { OWNERSHIP_447 } from "../sim/bittensor/staking/locks/ownership.ts";

const blocksField = (max: number, meaning: string) =>
  wholeField({ unit: "blocks", min: 0, max, meaning });

/** What is absent stays as the chain has it at each block. */
export const registrationSection = z
  .strictObject({
    subnet_limit: wholeField({
      unit: "subnets",
      min: 1,
      max: 255,
      meaning: "subnets besides root; with all of them taken a registration prunes one (128)",
    }).optional(),
    immunity_days: daysField("age from which a subnet can be pruned (120 days)").optional(),
    rate_limit_blocks: blocksField(
      2_629_800,
      "blocks between two registrations of subnets, network-wide (14,400)",
    ).optional(),
    min_lock_tao: taoField("below this the lock cost does not fall (1 TAO)").optional(),
    lock_interval_blocks: blocksField(
      26_298_000,
      "stored interval in which the lock cost falls by the last one; the block emission in TAO scales it (115,200)",
    ).optional(),
    start_call_delay_blocks: blocksField(
      2_629_800,
      "age from which a subnet can be started (0)",
    ).optional(),
    new_subnets_emit: flagField(
      "whether a new subnet gets TAO emission without root's switch (no, since June 2026)",
    ).optional(),
    emission_after_days: daysField(
      "days after its start at which root switches a new subnet's emission on; absent: never",
    ).optional(),
    takeover_after_days: daysField(
      "age from which conviction can change a subnet's owner (a year)",
    ).optional(),
    takeover_percent: numberField({
      unit: "%",
      min: 1,
      max: 100,
      meaning: "part of the circulating alpha that one hotkey's conviction must exceed (18)",
    })
      .int()
      .optional(),
  })
  .meta({ description: "on which terms subnets are registered, pruned and taken over" });

export type RegistrationSection = z.infer<typeof registrationSection>;

const blocksOf = (days: number): number => Math.round(days * BLOCKS_PER_DAY);

export function subnetTermsOverrides(section: RegistrationSection): Partial<SubnetTerms> {
  const { takeover_after_days: age, takeover_percent: percent } = section;
  const ownership =
    age === undefined && percent === undefined
      ? undefined
      : {
          ...OWNERSHIP_447,
          matureBlocks: age === undefined ? OWNERSHIP_447.matureBlocks : blocksOf(age),
          percent: percent === undefined ? OWNERSHIP_447.percent : BigInt(percent),
        };
  const terms = {
    subnetLimit: section.subnet_limit,
    immunityBlocks: section.immunity_days && blocksOf(section.immunity_days),
    rateLimitBlocks: section.rate_limit_blocks,
    minLockRao: section.min_lock_tao === undefined ? undefined : raoFromTao(section.min_lock_tao),
    lockIntervalBlocks: section.lock_interval_blocks,
    startCallDelayBlocks: section.start_call_delay_blocks,
    newSubnetsEmit: section.new_subnets_emit,
    emissionAfterBlocks: section.emission_after_days && blocksOf(section.emission_after_days),
    ownership,
  };
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}
