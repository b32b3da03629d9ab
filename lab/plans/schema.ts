/** A plan's file: what is varied, how points are chosen, and what is measured. */
import { z } from "zod";
import { outcomeSchema } from "../outcomes/outcome.ts";

/** Names of parameters and outcomes: columns of tables, and names in formulas. */
export const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const name = z.string().regex(NAME).meta({
  description: "a letter, then a-z, 0-9 and _; at most 40 characters",
  expected: "a letter, then a-z, 0-9 and _, at most 40, such as lock_days",
});
const scalar = z.union([z.number(), z.string().max(300), z.boolean()]);
const formula = z.string().min(1).max(1_000);
const path = z.string().min(1).max(300);

export const parameterSchema = z
  .strictObject({
    path: z
      .union([path, z.array(path).min(1).max(50)])
      .optional()
      .meta({
        description:
          "the scenario's field, as in --set; a list sets several alike; none sets nothing",
      }),
    values: z.array(scalar).min(1).max(100_000).optional().meta({ description: "these values" }),
    from: z.number().optional().meta({ description: "the least value" }),
    to: z.number().optional().meta({ description: "the largest value" }),
    steps: z.int().min(1).max(1_000_000_000).optional().meta({
      description: "how many values a grid takes from the range, both ends included",
    }),
    scale: z.enum(["linear", "log"]).optional().meta({ description: "equal steps, or factors" }),
    whole: z.boolean().optional().meta({ description: "whole numbers only" }),
  })
  .meta({ description: "a parameter: a list of values, or a range" });

const derivedSchema = z
  .strictObject({
    path: z.union([path, z.array(path).min(1).max(50)]).optional(),
    value: formula.meta({ description: "a formula over the parameters" }),
  })
  .meta({ description: "a value that follows from the parameters" });

const points = z.int().min(1).max(4_294_967_296).meta({ description: "how many points" });
const designSeed = z
  .union([z.string().min(1).max(200), z.int()])
  .transform(String)
  .prefault("hivelab")
  .meta({ description: "the chance by which points are chosen" });

export const designSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("grid"),
      zip: z.array(z.array(name).min(2)).max(20).optional().meta({
        description: "parameters that go through their values together",
      }),
    }),
    z.strictObject({ kind: z.literal("zip") }),
    z.strictObject({ kind: z.literal("random"), points, seed: designSeed }),
    z.strictObject({ kind: z.literal("latin_hypercube"), points, seed: designSeed }),
    z.strictObject({
      kind: z.literal("sobol"),
      points,
      seed: designSeed,
      scramble: z.enum(["owen", "none"]).default("owen").meta({
        description: "owen: evenly spread and unbiased; none: the plain sequence",
      }),
    }),
    z.strictObject({
      kind: z.literal("saltelli"),
      base: z.int().min(1).max(4_294_967_296).meta({
        description:
          "base points, each of which costs as many runs as there are parameters, and two",
      }),
      seed: designSeed,
    }),
    z.strictObject({
      kind: z.literal("morris"),
      trajectories: z.int().min(1).max(4_294_967_296).meta({
        description: "each of which moves every parameter once",
      }),
      levels: z.int().min(2).max(1_000).multipleOf(2).default(4).meta({
        description: "values that a parameter takes; an even number",
        expected: "an even number of at least 2",
      }),
      seed: designSeed,
    }),
  ])
  .meta({ description: "how points are chosen" });

/** `design: zip` for one that needs no settings. */
const designWord = z
  .enum(["grid", "zip"])
  .transform((kind): z.output<typeof designSchema> => ({ kind }));

const seedsSchema = z
  .union([
    z.int().min(1).max(1_000_000),
    z
      .array(z.union([z.string().min(1).max(200), z.int()]))
      .min(1)
      .max(100_000),
    z.strictObject({
      count: z.int().min(1).max(1_000_000),
      from: z.union([z.string().min(1).max(150), z.int()]).optional(),
      common: z.boolean().optional().meta({
        description: "true: every point has the same seeds (common random numbers); the default",
      }),
    }),
  ])
  .meta({
    description: "replicates of each point",
    expected: "how many (from 1 to 1000000), or a list of seeds",
  });

const limitsSchema = z
  .strictObject({
    run_seconds: z.number().min(0.01).max(1e7).optional().meta({
      description: "a run that takes longer is stopped and recorded as failed",
    }),
    run_memory_mb: z.int().min(64).max(1_000_000).optional().meta({
      description: "a run that needs more is stopped and recorded as failed",
    }),
  })
  .meta({ description: "limits of a single run" });

/** What plans of sweeps and of searches share. */
export const commonFields = {
  version: z.literal(1).meta({ description: "version of this format: 1" }),
  title: z.string().min(1).max(200).meta({ description: "what is asked, in one line" }),
  description: z.string().max(4_000).default(""),
  scenario: z.string().min(1).max(300).meta({
    description: "the scenario or case that is varied: a path from this file, or a shipped name",
  }),
  set: z.record(path, scalar).default({}).meta({
    description: "fields that differ from the scenario in every run",
  }),
  parameters: z.record(name, parameterSchema),
  derived: z.record(name, derivedSchema).default({}),
  constraints: z.array(formula).max(100).default([]).meta({
    description: "formulas over parameters that must be true; other points are not run",
  }),
  outcomes: z.record(name, outcomeSchema).default({}),
  limits: limitsSchema.default({}),
};

export const planSchema = z.strictObject({
  ...commonFields,
  design: z.union([designWord, designSchema]).prefault("grid"),
  seeds: seedsSchema.optional(),
  tables: z.array(z.string().max(100)).max(50).default([]).meta({
    description: "tables whose rows are kept, not only the outcomes made of them",
  }),
});

export type PlanFile = z.output<typeof planSchema>;
export type ParameterFile = z.output<typeof parameterSchema>;
export type DesignFile = z.output<typeof designSchema>;
export type SeedsFile = z.output<typeof seedsSchema>;
