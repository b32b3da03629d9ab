/** The JSON Schema of plan files, for editors. */
import { z } from "zod";
import { planSchema } from "./schema.ts";

/** The text of scenarios/plans/plan.schema.json. */
export function publishedPlanSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, {
    io: "input",
    target: "draft-7",
    override: ({ jsonSchema }) => {
      const own = jsonSchema as Record<string, unknown>;
      if (typeof own.description === "string" && typeof own.expected === "string") {
        own.description = `${own.description} (${own.expected})`;
      }
      delete own.expected;
    },
  });
  return `${JSON.stringify({ $schema, title: "hivelab plan", ...schema }, null, 2)}\n`;
}
