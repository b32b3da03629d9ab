/**
 * The schema of a scenario that simulates FLock: told apart by its `flock` section. Everything
 * else (version, title, seed, extends, --set) is as in a scenario of Bittensor.
 */
import { z } from "zod";
import { wholeField } from "../agents/fields.ts";
import { flockSection } from "../agents/flock/config.ts";
import { flockTables } from "../sim/flock/tables.ts";
import { tablesField } from "./recording.ts";
import { scenarioFileSchema, scenarioSchema } from "./schema.ts";

const recordingSection = z
  .strictObject({
    every_days: wholeField({
      unit: "days",
      min: 1,
      max: 365,
      meaning: "days between two rows of the same operator, delegator or model",
    }).default(7),
    tables: tablesField(flockTables),
  })
  .meta({ description: "what is written down, and how often" });

const { version, title, description, seed } = scenarioSchema.shape;

export const flockScenarioSchema = z.strictObject({
  version,
  title,
  description,
  seed,
  flock: flockSection,
  recording: recordingSection.prefault({}),
});

export type FlockScenario = z.infer<typeof flockScenarioSchema>;

export const flockScenarioFileSchema = flockScenarioSchema.extend({
  extends: scenarioFileSchema.shape.extends,
});

/** A scenario of both worlds: everything of a chain's, and a `flock` section. */
export const bothScenarioFileSchema = scenarioFileSchema.extend({ flock: flockSection });
