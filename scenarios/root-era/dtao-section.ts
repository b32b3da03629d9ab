/**
 * The part of a scenario before dTAO about what comes after: `dtao`. It counts where the run goes
 * past the last block without pools.
 */
import { z } from "zod";
import { agentsConfig } from "../../agents/config.ts";
import { numberField } from "../../agents/fields.ts";
import { chainSection } from "../chain-section.ts";

const switchSection = z
  .strictObject({
    pool_tao: numberField({
      unit: "TAO",
      min: 0.001,
      max: 10_000,
      meaning:
        "TAO that each pool starts with, out of the lock of its owner, and as much alpha; the rest of the lock goes back",
    }).default(1),
    moving_price: z.enum(["emission", "pool", "nothing"]).default("emission").meta({
      description:
        "where a subnet's price average starts: at its last emission a block in TAO, at the pool's price of 1, or at 0",
    }),
    uncredited: z.enum(["credited", "lost"]).default("credited").meta({
      description: "what becomes of what hotkeys have earned and were not credited yet",
    }),
  })
  .meta({ description: "the switch itself: how the state before became the state after" });

const { arithmetic, rules, registration } = chainSection.shape;

const afterSection = z
  .strictObject({
    arithmetic,
    // Transaction fees were paid to the block's author.
    other_fees_tao_per_block: chainSection.shape.other_fees_tao_per_block.unwrap().default(0),
    rules,
    registration,
  })
  .meta({ description: "the chain with pools" });

const { miners, validators, delegators, owners, founders, takeover, root } = agentsConfig.shape;

export const dtaoSection = z
  .strictObject({
    switch: switchSection.prefault({}),
    chain: afterSection.prefault({}),
    agents: z
      .strictObject({ miners, validators, delegators, owners, founders, takeover, root })
      .prefault({})
      .meta({
        description:
          "who acts with pools; `delegators` are those of before and, for the free TAO of `wealth_tao`, new ones",
      }),
  })
  .meta({ description: "from block 4,920,351 on, where the run goes so far" });

export type DtaoSection = z.infer<typeof dtaoSection>;
