/**
 * The schema of a scenario before dTAO: told apart by `chain.from`, a date or block before
 * 2025-02-13. Everything else (version, title, seed, extends, --set) is as in any scenario.
 */
import { z } from "zod";
import { numberField, shareField, taoField, wholeField } from "../../agents/fields.ts";
import { rootEraAgents } from "../../agents/root-era/config.ts";
import { LAST_ROOT_ERA_BLOCK } from "../../sim/bittensor/root-era/calendar.ts";
import { ownRootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import { bittensorTables } from "../../sim/bittensor/tables.ts";
import { chainSection } from "../chain-section.ts";
import { tablesField } from "../recording.ts";
import { scenarioFileSchema, scenarioSchema } from "../schema.ts";
import { dtaoSection } from "./dtao-section.ts";

const dateOrBlock = (meaning: string) =>
  z
    .union([z.int().min(0).max(LAST_ROOT_ERA_BLOCK), z.iso.date()])
    .meta({ unit: "date or block", description: meaning });

const blocks = (meaning: string, max = 2_629_800) =>
  wholeField({ unit: "blocks", min: 1, max, meaning }).optional();

const rulesSection = z
  .strictObject({
    root_weights_from: z
      .union([z.literal("timeline"), z.literal("never"), dateOrBlock("")])
      .default("timeline")
      .meta({
        description:
          "when root validators' weights begin to divide the emission: as they did (2023-10-02), on a date or block, or never",
      }),
    pools_from: z
      .union([
        z.literal("timeline"),
        z.literal("never"),
        z.int().min(1).max(4_294_967_295),
        z.iso.date(),
      ])
      .default("timeline")
      .meta({
        unit: "date or block",
        description:
          "when subnets get pools and root weights end: as they did (2025-02-13, block 4,920,351), on a date or block, or never",
      }),
    root_rho: numberField({
      unit: "1",
      min: 0.1,
      max: 100,
      meaning: "steepness of the sigmoid by which subnets that little stake weighs are pressed",
    }).optional(),
    root_kappa_share: shareField("part of root stake at which that sigmoid is one half").optional(),
    owner_cut_share: shareField("share of a subnet's emission that its owner gets").optional(),
    subnet_limit: wholeField({
      unit: "subnets",
      min: 1,
      max: 1_024,
      meaning: "subnets at most; a further one takes the place of the least paid",
    }).optional(),
    subnet_immunity_blocks: blocks("blocks in which a new subnet cannot be pruned"),
    subnet_rate_limit_blocks: blocks("blocks between two registrations of subnets"),
    min_lock_tao: taoField("least TAO locked for a subnet").optional(),
    lock_reduction_blocks: blocks("blocks in which the lock cost falls by the last price"),
    hotkey_credit_blocks: wholeField({
      unit: "blocks",
      min: 0,
      max: 50_400,
      meaning: "blocks between two credits of a hotkey's earnings; 0 credits them at the epoch",
    }).optional(),
  })
  .meta({ description: "the rules: what is not given is as it was at each block" });

const { kind } = chainSection.shape;

const detailedSubnet = z.strictObject({
  netuid: wholeField({ unit: "netuid", min: 1, max: 4_096, meaning: "the subnet" }),
  metagraph: z.string().min(1).max(300).meta({
    unit: "name or path",
    description:
      "stakes and weights that its neurons start from: the name of a folder under data/, or the path of a folder like it",
  }),
});

export const rootEraChainSection = z
  .strictObject({
    kind,
    from: dateOrBlock(
      "when the run begins: the date or block of the state; before 2025-02-13 there are no pools",
    ),
    state: z.string().min(1).max(300).default("finney-genesis-2023").meta({
      unit: "name or path",
      description:
        "the state that the chain starts from: finney-genesis-2023, finney-root-2024, or the path of a folder like the second",
    }),
    horizon_days: numberField({
      unit: "days",
      min: 1 / 7_200,
      max: 7_305,
      meaning:
        "how long to simulate: 7,200 blocks a day; past block 4,920,350 the run goes on with pools, as `dtao` says",
    }).default(30),
    rules: rulesSection.prefault({}),
    detailed_subnets: z.array(detailedSubnet).max(16).default([]).meta({
      description:
        "subnets that are simulated neuron by neuron; in the others validators agree and miners are one",
    }),
  })
  .meta({ description: "the chain: where it starts, how long it runs, which rules hold" });

const recordingSection = z
  .strictObject({
    every_blocks: wholeField({
      unit: "blocks",
      min: 1,
      max: 2_629_800,
      meaning: "blocks between two rows of the same thing; 7,200 is a day",
    }).default(7_200),
    tables: tablesField([...bittensorTables, ...ownRootEraTables]),
  })
  .meta({ description: "what is written down, and how often" });

const { version, title, description, seed } = scenarioSchema.shape;

export const rootEraScenarioSchema = z.strictObject({
  version,
  title,
  description,
  seed,
  chain: rootEraChainSection,
  agents: rootEraAgents.prefault({}),
  dtao: dtaoSection.optional(),
  recording: recordingSection.prefault({}),
});

export type RootEraScenario = z.infer<typeof rootEraScenarioSchema>;

/** A file that extends another need not say again when the run begins. */
export const rootEraScenarioFileSchema = rootEraScenarioSchema.extend({
  extends: scenarioFileSchema.shape.extends,
  chain: rootEraChainSection.partial({ from: true }).optional(),
});
