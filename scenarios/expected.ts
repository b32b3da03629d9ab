/**
 * What would be right for a field, in words, from its JSON Schema: the same words in fault
 * messages and in `hivelab describe`.
 */

/** The part of JSON Schema that zod makes from our schemas. */
export interface FieldSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly FieldSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  /** Of a group whose names are free. */
  readonly additionalProperties?: FieldSchema | boolean;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly unit?: string;
  /** Words of our own, where those made from the schema would say too little. */
  readonly expected?: string;
}

/** "a number from 0 to 1", "`exact` or `float64`", "a list of at most 16 entries". */
export function expectedText(schema: FieldSchema): string {
  if (schema.expected) return schema.expected;
  if (schema.anyOf) return schema.anyOf.map(expectedText).join(", or ");
  if (schema.const !== undefined) return quoted(schema.const);
  if (schema.enum) return alternatives(schema.enum.map(quoted));
  if (schema.type === "boolean") return "true or false";
  if (schema.type === "number") return `a number${range(schema)}`;
  if (schema.type === "integer") return `a whole number${range(schema)}`;
  if (schema.type === "array") return listText(schema);
  if (schema.type === "object") return "a group of fields";
  if (schema.format === "date") return "a date such as 2026-08-30";
  return textText(schema);
}

const quoted = (value: unknown): string =>
  typeof value === "string" ? `\`${value}\`` : `${value}`;

/** "a", "a or b", "a, b or c". */
export const alternatives = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

function range({ minimum, maximum }: FieldSchema): string {
  // zod bounds every whole number by what a double holds exactly; nobody needs to be told.
  const low = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low !== undefined && high !== undefined) return ` from ${bound(low)} to ${bound(high)}`;
  if (low !== undefined) return ` of at least ${bound(low)}`;
  if (high !== undefined) return ` of at most ${bound(high)}`;
  return "";
}

/** One block is the smallest span of days; its decimals would say nothing to a reader. */
export const bound = (value: number): string => (value === 1 / 7_200 ? "1/7200" : String(value));

function textText({ minLength = 0, maxLength }: FieldSchema): string {
  if (maxLength === undefined) return "a text";
  if (minLength === 0) return `a text of at most ${maxLength} characters`;
  return `a text of ${minLength} to ${maxLength} characters`;
}

function listText({ items, minItems = 0, maxItems }: FieldSchema): string {
  const what = items?.enum ? `list of ${alternatives(items.enum.map(quoted))}` : "list";
  if (maxItems !== undefined) return `a ${what} of at most ${maxItems} entries`;
  return minItems > 0 ? `a ${what} with at least ${minItems} entry` : `a ${what}`;
}

/** The schema of the field at a path: through groups, lists, and the alternative that has it. */
export function schemaAt(
  schema: FieldSchema,
  path: readonly (string | number)[],
): FieldSchema | null {
  if (path.length === 0) return schema;
  const [head, ...rest] = path;
  for (const option of schema.anyOf ?? []) {
    const found = schemaAt(option, path);
    if (found) return found;
  }
  const next = typeof head === "number" ? schema.items : ownProperty(schema, head);
  return next ? schemaAt(next, rest) : null;
}

function ownProperty(schema: FieldSchema, name: string): FieldSchema | undefined {
  const { properties, additionalProperties: others } = schema;
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return typeof others === "object" ? others : undefined;
}
