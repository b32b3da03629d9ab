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
  /** Groups that a field with a constant tells apart. */
  readonly oneOf?: readonly FieldSchema[];
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
  /** What such a name must be. */
  readonly propertyNames?: FieldSchema;
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
  const options = optionsOf(schema);
  if (options.length > 0) return [...new Set(options.map(expectedText))].join(", or ");
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

/** The alternatives of a field that may be several things. */
const optionsOf = (schema: FieldSchema): readonly FieldSchema[] =>
  schema.anyOf ?? schema.oneOf ?? [];

/**
 * The schema of the field at a path: through groups, lists, and the alternative that has it. Of
 * groups that a constant tells apart it is the one of the `value` that stands there.
 */
export function schemaAt(
  schema: FieldSchema,
  path: readonly (string | number)[],
  value?: unknown,
): FieldSchema | null {
  const [head, ...rest] = path;
  const options = optionsOf(schema).filter((option) => !contradicts(option, value, head));
  if (path.length === 0) {
    const own = options.flatMap((option) => schemaAt(option, [], value) ?? []);
    const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
    const fitting = own.filter(({ properties }) => value === undefined || (isGroup && properties));
    return fitting.length === 1 ? fitting[0] : schema;
  }
  const found = options.flatMap((option) => schemaAt(option, path, value) ?? []);
  if (found.length > 1 && found.every((one) => one.const !== undefined)) {
    return { enum: [...new Set(found.map((one) => one.const))] };
  }
  if (found.length > 0) return found[0];
  const next = typeof head === "number" ? schema.items : ownProperty(schema, head);
  const inner = (value as Record<string | number, unknown> | null | undefined)?.[head];
  return next ? schemaAt(next, rest, inner) : null;
}

/** Whether a group is not the one meant: a constant of it, other than the field asked for, differs. */
function contradicts(
  { properties = {} }: FieldSchema,
  value: unknown,
  asked: string | number | undefined,
): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(properties).some(
    ([name, one]) =>
      one.const !== undefined &&
      name !== asked &&
      Object.hasOwn(value, name) &&
      (value as Record<string, unknown>)[name] !== one.const,
  );
}

function ownProperty(schema: FieldSchema, name: string): FieldSchema | undefined {
  const { properties, additionalProperties: others } = schema;
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return typeof others === "object" ? others : undefined;
}
