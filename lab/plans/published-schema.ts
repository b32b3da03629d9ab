/** The JSON Schemas of plan and search files, for editors. */
import { z } from "zod";
import { searchPlanSchema } from "../search/search-schema.ts";
import { planSchema } from "./schema.ts";

/** The text of scenarios/plans/plan.schema.json. */
export const publishedPlanSchema = (): string => published("hivelab plan", planSchema);

/** The text of scenarios/searches/search.schema.json. */
export const publishedSearchSchema = (): string => published("hivelab search", searchPlanSchema);

function published(title: string, of: z.ZodType): string {
  const { $schema, ...schema } = z.toJSONSchema(of, {
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
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
