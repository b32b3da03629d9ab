/**
 * scenarios: what-if files, the schema that checks and completes them, and the data that they name.
 * May import agents and sim.
 *
 * The scenario's schema: every field with its bounds, default, unit and meaning. The JSON Schema
 * for editors and `hivelab describe` are made from it.
 */
import { z } from "zod";
import { agentsConfig } from "../agents/config.ts";
import { wholeField } from "../agents/fields.ts";
import { bittensorTables } from "../sim/bittensor/tables.ts";
import { chainSection } from "./chain-section.ts";
import { tablesField } from "./recording.ts";

const recordingSection = z
  .strictObject({
    every_blocks: wholeField({
      unit: "blocks",
      min: 1,
      max: 2_629_800,
      meaning: "blocks between two rows of the same thing; 300 is an hour",
    }).default(300),
    tables: tablesField(bittensorTables),
  })
  .meta({ description: "what is written down, and how often" });

/** A scenario completed with its defaults: plain data that survives JSON. */
export const scenarioSchema = z.strictObject({
  version: z.literal(1).meta({ description: "version of this format: 1" }),
  title: z.string().min(1).max(120).meta({ description: "what is asked, in one line" }),
  description: z.string().max(4_000).default("").meta({ description: "more about it" }),
  seed: z
    .union([z.string().min(1).max(200), z.int()])
    .transform(String)
    .prefault("hivelab")
    .meta({ description: "the source of all chance: the same seed gives the same run" }),
  chain: chainSection.prefault({}),
  agents: agentsConfig.prefault({}),
  recording: recordingSection.prefault({}),
});

export type Scenario = z.infer<typeof scenarioSchema>;

/** A scenario file may also build on another one. */
export const scenarioFileSchema = scenarioSchema.extend({
  extends: z.string().min(1).max(300).optional().meta({
    unit: "path",
    description:
      "a scenario file whose values hold where this one says nothing; the path starts at this file's folder",
  }),
});
