/** The JSON Schema of scenario files, published beside them so that editors complete and check. */
import { z } from "zod";
import { expectedText, type FieldSchema } from "./expected.ts";
import { scenarioFileSchema } from "./schema.ts";

/**
 * The text of scenario.schema.json: draft 7, which editors know best. The unit and what is allowed
 * stand in the description, where an editor shows them.
 */
export function publishedSchema(): string {
  const schema = z.toJSONSchema(scenarioFileSchema, { io: "input", target: "draft-7" });
  const head = { $schema: schema.$schema, title: "hivelab scenario" };
  return `${JSON.stringify({ ...head, ...(spoken(schema) as object) }, null, 2)}\n`;
}

/** The schema with our own keywords (unit, expected) turned into words, at every depth. */
function spoken(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(spoken);
  if (typeof schema !== "object" || schema === null) return schema;
  const { unit, expected, ...rest } = schema as FieldSchema & Record<string, unknown>;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, spoken(value)]),
  );
  if (typeof rest.description !== "string" || rest.type === "object") return inner;
  const allowed = expected ?? expectedText(rest);
  const words = unit && unit !== "1" && !expected ? `${unit}: ${allowed}` : allowed;
  return { ...inner, description: `${rest.description} (${words})` };
}
