/** The part of a scenario about one subnet that is simulated neuron by neuron. */
import { z } from "zod";
import { flagField, numberField, shareField, wholeField } from "../agents/fields.ts";
import { raoFromTao } from "../sim/amounts.ts";
import type { DetailedSubnetGenesis } from "../sim/bittensor/chain/detailed-subnet.ts";
import { newSubnetRegistration } from "../sim/bittensor/chain/neurons/registration-terms.ts";
import { newSubnetParameters } from "../sim/bittensor/chain/new-subnet.ts";
import { fromFloat, U64F64 } from "../sim/fixed/fixed-point.ts";
import { splitU16 } from "./mechanisms.ts";
import { reference } from "./reference.ts";

const taoPrice = (meaning: string) =>
  numberField({ unit: "TAO", min: 0.000001, max: 100_000, meaning });

export const detailedSubnet = z.strictObject({
  netuid: wholeField({ unit: "netuid", min: 1, max: 65_535, meaning: "the subnet" }),
  metagraph: reference(
    "stakes and weights that its neurons start from: the name of a folder under data/, or the path of a folder like it",
  ),
  commit_reveal: flagField(
    "whether validators commit to their weights and the chain opens them later",
  ).default(false),
  reveal_period_epochs: wholeField({
    unit: "epochs",
    min: 1,
    max: 100,
    meaning: "with commit_reveal: epochs from a commitment to the epoch that it counts for",
  }).default(1),
  max_uids: wholeField({
    unit: "neurons",
    min: 64,
    max: 4_096,
    meaning:
      "most neurons that the subnet takes; who registers on a full one takes another's place. The chain allows 256; a metagraph with more keeps its own",
  }).default(256),
  trim_to_uids: wholeField({
    unit: "neurons",
    min: 8,
    max: 4_096,
    meaning:
      "of a metagraph with more neurons so many stay: those who set weights, and of the others those with the highest mean weight",
  }).optional(),
  consensus: z.enum(["yuma", "null"]).default("yuma").meta({
    description:
      "what decides at its epochs: Yuma Consensus, or (null, since October 2026) the validator with the most stake alone",
  }),
  mechanisms: wholeField({
    unit: "mechanisms",
    min: 1,
    max: 16,
    meaning:
      "mechanisms at the start, each with its own weights and bonds; mechanisms times max_uids may not exceed 256",
  }).default(1),
  mechanism_split: z
    .array(shareField("a mechanism's part"))
    .min(1)
    .max(16)
    .optional()
    .meta({ description: "parts of the emission that the mechanisms get; absent: all the same" }),
  immunity_blocks: wholeField({
    unit: "blocks",
    min: 0,
    max: 65_535,
    meaning: "blocks in which a new neuron is not replaced while others can be",
  }).default(5_000),
  registration_price_tao: taoPrice("price of a registration at the start").default(0.1),
  registration_half_life_blocks: wholeField({
    unit: "blocks",
    min: 1,
    max: 36_100,
    meaning: "blocks in which the price of a registration halves",
  }).default(360),
  registration_increase: numberField({
    unit: "1",
    min: 1,
    max: 3,
    meaning: "factor of the price at each registration",
  }).default(1.26),
  min_registration_price_tao: taoPrice("lowest price of a registration").default(0.0005),
  max_registration_price_tao: taoPrice("highest price of a registration").default(100),
  collateral_share: shareField(
    "part of the price of a registration that the miner locks as collateral instead of burning it",
  ).default(0),
  collateral_drain_ratio: numberField({
    unit: "1",
    min: 0,
    max: 1_000,
    meaning: "collateral that is released for each alpha that the miner earns",
  }).default(1),
});

export type DetailedSection = z.infer<typeof detailedSubnet>;

/** What a section sets, as the chain wants it. */
export function subnetTerms(
  section: DetailedSection,
  neurons: number,
): Omit<DetailedSubnetGenesis, "netuid" | "neurons" | "weights" | "ownerUid"> {
  return {
    parameters: { ...newSubnetParameters, commitReveal: section.commit_reveal },
    weightsRateLimitBlocks: 100,
    revealPeriodEpochs: section.reveal_period_epochs,
    maxAllowedUids: Math.max(section.max_uids, neurons),
    consensus: section.consensus,
    mechanismCount: section.mechanisms,
    mechanismSplit: section.mechanism_split ? splitU16(section.mechanism_split) : null,
    collateral: {
      lockShareU16: Math.round(section.collateral_share * 65_535),
      drainRatioBits: fromFloat(U64F64, section.collateral_drain_ratio),
    },
    registration: {
      ...newSubnetRegistration,
      startBurnRao: raoFromTao(section.registration_price_tao),
      burn: {
        halfLifeBlocks: section.registration_half_life_blocks,
        increaseBits: fromFloat(U64F64, section.registration_increase),
        minRao: raoFromTao(section.min_registration_price_tao),
        maxRao: raoFromTao(section.max_registration_price_tao),
      },
      replacement: {
        ...newSubnetRegistration.replacement,
        immunityBlocks: section.immunity_blocks,
      },
    },
  };
}
