/** A search's file: the same fields as a plan's, and what is sought in place of a design. */
import { z } from "zod";
import { commonFields } from "../plans/schema.ts";

const formula = z.string().min(1).max(1_000);

const seedsSection = z
  .strictObject({
    from: z
      .union([z.string().min(1).max(150), z.int()])
      .transform(String)
      .optional()
      .meta({ description: "the text that seeds are made from; the scenario's own" }),
    first: z.int().min(1).max(10_000).default(2).meta({
      description: "seeds on which every point of a generation is tried",
    }),
    most: z.int().min(1).max(10_000).default(16).meta({
      description: "seeds on which points are tried that are hard to tell apart",
    }),
    confirm: z.int().min(2).max(100_000).default(32).meta({
      description: "fresh seeds on which the best point is confirmed",
    }),
  })
  .meta({ description: "how many seeds a point is tried on; the same ones for all" });

const searchSection = z
  .strictObject({
    minimise: formula.optional().meta({ description: "a formula over outcomes and parameters" }),
    maximise: formula.optional().meta({ description: "the same, to be as large as can be" }),
    subject_to: z.array(formula).max(50).default([]).meta({
      description: "conditions over outcomes and parameters that the answer must meet",
    }),
    budget: z.int().min(10).max(10_000_000).meta({
      description:
        "runs, confirmation aside; one generation and the last race are made in any case",
    }),
    population: z.int().min(4).max(10_000).optional().meta({
      description: "points of a generation; 4 + 3 ln(parameters) where not given",
    }),
    tolerance: z.number().min(1e-12).max(0.5).default(1e-4).meta({
      description: "part of the ranges below which steps are not worth making",
    }),
    seed: z
      .union([z.string().min(1).max(200), z.int()])
      .transform(String)
      .prefault("hivelab")
      .meta({ description: "the chance by which points are drawn" }),
    seeds: seedsSection.prefault({}),
  })
  .meta({ description: "what is sought" });

export const searchPlanSchema = z.strictObject({ ...commonFields, search: searchSection });

export type SearchFile = z.output<typeof searchPlanSchema>;
export type SearchSettings = z.output<typeof searchSection>;
