/** What a scenario may set about FLockOff, FLock's subnet on Bittensor. */
import { z } from "zod";
import { numberField, wholeField } from "../fields.ts";

export const flockoffConfig = z
  .strictObject({
    netuid: wholeField({
      unit: "netuid",
      min: 0,
      max: 65_535,
      meaning:
        "the subnet that pays for FLock's research; one that is simulated neuron by neuron, 0 for none",
    }).default(0),
    regime: z.enum(["pairwise", "score", "winner"]).default("winner").meta({
      description:
        "how its validators weigh miners: pairwise win rates (December 2024), a score of the loss (May 2025), the day's winner takes all (February 2026)",
    }),
    loss_noise: numberField({
      unit: "loss",
      min: 0,
      max: 1,
      meaning: "standard deviation of a loss between two trainings on the same data",
    }).default(0.005),
    recommit_gain: numberField({
      unit: "1",
      min: 0,
      max: 1,
      meaning: "part by which a new data set's loss must be lower before a miner publishes it",
    }).default(0.002),
  })
  .meta({
    description: "publish data sets and are weighed by the loss that training on them gives",
  });

export type FlockoffConfig = z.infer<typeof flockoffConfig>;
