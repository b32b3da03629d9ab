/** The schema of a scenario of supply alone: told apart by its `supply` section. */
import { z } from "zod";
import { daysField, numberField, shareField, taoField, wholeField } from "../agents/fields.ts";
import { supplyForecastTables } from "../sim/bittensor/supply/tables.ts";
import { poolSection, questionsSection } from "./pool-section.ts";
import { tablesField } from "./recording.ts";
import { scenarioFileSchema, scenarioSchema } from "./schema.ts";

const instant = z.iso.datetime().meta({ description: "its time, as 2026-10-08T19:20:12Z" });

/** The newest capture of TotalIssuance that is shipped (data/finney-supply/issuance.csv). */
const NEWEST = {
  block: 9_240_388,
  time: "2026-10-08T19:20:12Z",
  issuance_tao: 11_597_622.104454806,
};

const supplySection = z
  .strictObject({
    start: z
      .strictObject({
        block: wholeField({ unit: "block", min: 0, max: 1e9, meaning: "the last complete block" }),
        time: instant,
        issuance_tao: taoField("TotalIssuance after that block"),
      })
      .default(NEWEST)
      .meta({ description: "where the forecast begins; the newest shipped capture" }),
    horizon_days: daysField("how long to simulate; 1,826.25 days are five years").default(1826.25),
    recycling: z
      .strictObject({
        mean_share: shareField(
          "part of new TAO that is recycled; captured intervals since August 2026: 0.01 to 0.035",
        ).default(0.02),
        mean_deviation: numberField({
          ...{ unit: "1", min: 0, max: 0.5 },
          meaning: "standard deviation of a run's own mean: how little that mean is known",
        }).default(0.007),
        daily_deviation: numberField({
          ...{ unit: "1", min: 0, max: 0.5 },
          meaning: "standard deviation of a day's part around the run's mean",
        }).default(0.01),
        memory_days: numberField({
          ...{ unit: "days", min: 0.1, max: 3_652.5 },
          meaning: "days after which a deviation has decayed to 1/e",
        }).default(14),
      })
      .prefault({})
      .meta({ description: "what is taken off TotalIssuance; the path's shape is an assumption" }),
    one_off_mints: z
      .array(
        z.strictObject({
          block: wholeField({ unit: "block", min: 1, max: 1e9, meaning: "after this block" }),
          tao: taoField("how much"),
          name: z.string().min(1).max(100).meta({ description: "why" }),
        }),
      )
      .max(100)
      .default([])
      .meta({ description: "TAO that appears once, as the repair of root's pot did" }),
  })
  .meta({ description: "TAO supply alone: minting, recycling and halvings, without subnets" });

const recordingSection = z
  .strictObject({
    every_days: wholeField({
      ...{ unit: "days", min: 1, max: 3_652, meaning: "days between two rows" },
    }).default(7),
    tables: tablesField(supplyForecastTables),
  })
  .meta({ description: "what is written down, and how often" });

const { version, title, description, seed } = scenarioSchema.shape;

export const supplyScenarioSchema = z.strictObject({
  ...{ version, title, description, seed },
  supply: supplySection,
  pool: poolSection.optional(),
  questions: questionsSection.optional(),
  recording: recordingSection.prefault({}),
});

export type SupplyScenario = z.infer<typeof supplyScenarioSchema>;

export const supplyScenarioFileSchema = supplyScenarioSchema.extend({
  extends: scenarioFileSchema.shape.extends,
});
