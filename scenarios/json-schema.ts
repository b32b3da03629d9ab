/** The JSON Schema of scenario files, published beside them so that editors complete and check. */
import { z } from "zod";
import { expectedText, type FieldSchema } from "./expected.ts";
import { bothScenarioFileSchema, flockScenarioFileSchema } from "./flock-schema.ts";
import { rootEraScenarioFileSchema } from "./root-era/schema.ts";
import { scenarioFileSchema } from "./schema.ts";
import { supplyScenarioFileSchema } from "./supply-schema.ts";

/**
 * The text of scenario.schema.json: draft 7, which editors know best; a scenario of Bittensor,
 * one of FLock, one of both, one of supply alone, or one before dTAO. The unit and what is
 * allowed stand in the description, where an editor shows them.
 */
export function publishedSchema(): string {
  const kinds = [
    scenarioFileSchema,
    flockScenarioFileSchema,
    bothScenarioFileSchema,
    supplyScenarioFileSchema,
    rootEraScenarioFileSchema,
  ].map((schema) => z.toJSONSchema(schema, { io: "input", target: "draft-7" }));
  const head = { $schema: kinds[0].$schema, title: "hivelab scenario" };
  const anyOf = kinds.map(({ $schema: _, ...schema }) => spoken(schema));
  return `${JSON.stringify({ ...head, anyOf }, null, 2)}\n`;
}

/** The schema with our own keywords (unit, expected) turned into words, at every depth. */
function spoken(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(spoken);
  if (typeof schema !== "object" || schema === null) return schema;
  const { unit, expected, ...rest } = schema as FieldSchema & Record<string, unknown>;
  const inner: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, spoken(value)]),
  );
  if (rest.properties) inner.properties = withNull(inner.properties as Properties, rest.required);
  if (typeof rest.description !== "string" || rest.type === "object") return inner;
  const allowed = expected ?? expectedText(rest);
  const words = unit && unit !== "1" && !expected ? `${unit}: ${allowed}` : allowed;
  return { ...inner, description: `${rest.description} (${words})` };
}

type Properties = Record<string, Record<string, unknown>>;

/** A field that may be left out may also be left empty, as in `overrides:` above comments alone. */
const withNull = (properties: Properties, required: readonly string[] = []): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, { enum: words, const: only, ...rest }]) => {
      if (required.includes(name)) return [name, properties[name]];
      if (rest.anyOf) return [name, { ...rest, anyOf: [...(rest.anyOf as []), { type: "null" }] }];
      const choice = words
        ? [...(words as []), null]
        : only === undefined
          ? undefined
          : [only, null];
      return [name, { ...rest, type: [rest.type, "null"], ...(choice && { enum: choice }) }];
    }),
  );
