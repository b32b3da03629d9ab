/** A tree against a zod schema: the completed value, or every fault at its place in the file. */
import { z } from "zod";
import { bound, expectedText, type FieldSchema, schemaAt } from "./expected.ts";
import { type Fault, InputError, nearestName } from "./fault.ts";
import {
  fieldName,
  keyPlaceAt,
  nodeAt,
  type Path,
  placeAt,
  plainValue,
  shown,
  type Tree,
} from "./tree.ts";

type Issue = z.core.$ZodIssue;

/**
 * The value completed with the schema's defaults. `named` is the schema whose field names are
 * suggested, where it knows more than the first. Throws InputError with all faults, in order.
 */
export function checkTree<S extends z.ZodType>(
  schema: S,
  tree: Tree,
  named: z.ZodType = schema,
): z.output<S> {
  const plain = plainValue(tree);
  const result = schema.safeParse(plain);
  const hidden = hiddenNames(tree, []);
  if (result.success && hidden.length === 0) return result.data;
  const fields = z.toJSONSchema(named, { io: "input", unrepresentable: "any" }) as FieldSchema;
  const context = { tree, fields, plain };
  const issues = result.error?.issues ?? [];
  const faults = [
    ...issues.flatMap((issue) => faultsOf(issue, [], context)),
    ...hidden.map((path) => unknownField(path, context)),
  ];
  throw new InputError(inOrder(faults));
}

/** Where a field is called __proto__, which zod passes over. */
function hiddenNames(tree: Tree, path: Path): Path[] {
  if (tree.kind === "scalar") return [];
  if (tree.kind === "list") return tree.items.flatMap((one, k) => hiddenNames(one, [...path, k]));
  return [...tree.entries].flatMap(([name, { node }]) => {
    const here = [...path, name];
    return name === "__proto__" ? [here] : hiddenNames(node, here);
  });
}

/** By file, in the order given and then by name; within a file by line and column. */
export function inOrder(faults: readonly Fault[], files: readonly string[] = []): Fault[] {
  const rank = ({ file }: Fault) => (files.includes(file) ? files.indexOf(file) : files.length);
  return faults.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      byName.compare(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

/** `--set 9` comes before `--set 10`. */
const byName = new Intl.Collator("en", { numeric: true });

interface Context {
  readonly tree: Tree;
  /** The tree as plain values. */
  readonly plain: unknown;
  readonly fields: FieldSchema;
}

function faultsOf(issue: Issue, above: Path, context: Context): Fault[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .filter((key) => key !== "__proto__")
      .map((key) => unknownField([...path, key], context));
  }
  if (issue.code === "invalid_key") return [unfitName(path, context)];
  if (issue.code === "invalid_union") {
    const branch = matchingBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => faultsOf(inner, path, context));
  }
  const node = nodeAt(context.tree, path);
  const here = { ...placeAt(context.tree, path), field: fieldName(path) };
  if (issue.code === "custom") {
    const [problem, remedy = ""] = issue.message.split("; ");
    return [{ ...here, problem, remedy }];
  }
  const schema = schemaAt(context.fields, path, context.plain);
  const expected = schema ? expectedText(schema) : "";
  if (!node || (node.kind === "scalar" && node.value === null)) {
    return [{ ...here, problem: "is missing", remedy: expected }];
  }
  const value = plainValue(node);
  return [
    { ...here, problem: problemText(issue, value), remedy: closest(value, schema, expected) },
  ];
}

/** Of a union's alternatives the one whose shape the value has, if there is just one. */
function matchingBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const wrongShape = (issue: Issue) =>
    issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
  const fitting = errors.filter((issues) => !issues.some(wrongShape));
  return fitting.length === 1 ? fitting[0] : null;
}

function problemText(issue: Issue, value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "is not a number (.nan)" : `is infinite (${shown(value)})`;
  }
  if (issue.code === "too_small" || issue.code === "too_big") return sizeText(issue, value);
  if (issue.code === "invalid_type" && issue.expected === "int" && typeof value === "number") {
    return `${shown(value)} is not a whole number`;
  }
  if (issue.code === "invalid_type") return `${shown(value)} is ${kindOf(value)}`;
  return `${shown(value)} is not right here`;
}

function sizeText(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  value: unknown,
): string {
  if (Array.isArray(value)) return `has ${value.length} entries`;
  if (typeof value === "string") return `has ${value.length} characters`;
  if (issue.code === "too_small") return `${shown(value)} is below ${bound(Number(issue.minimum))}`;
  return `${shown(value)} is above ${bound(Number(issue.maximum))}`;
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "a number";
  return "not expected here";
}

/** What would be right, with the nearest of the known words first where one is near. */
function closest(value: unknown, schema: FieldSchema | null, expected: string): string {
  const words = schema?.enum ?? schema?.items?.enum ?? [];
  const near = typeof value === "string" ? nearestName(value, words.map(String)) : null;
  return near ? `did you mean \`${near}\`? ${expected}` : expected;
}

/** A name that somebody gave, where not every name will do. */
function unfitName(path: Path, { tree, fields, plain }: Context): Fault {
  const names = schemaAt(fields, path.slice(0, -1), plain)?.propertyNames;
  const problem = `${shown(String(path.at(-1)))} is no name`;
  const remedy = names ? expectedText(names) : "";
  return { ...keyPlaceAt(tree, path), field: fieldName(path), problem, remedy };
}

function unknownField(path: Path, { tree, fields, plain }: Context): Fault {
  const remedy = knownInstead(path, fields, plain);
  return { ...keyPlaceAt(tree, path), field: fieldName(path), problem: "unknown field", remedy };
}

/** What may have been meant by a path whose last part is no field, in words. */
export function knownInstead(path: Path, fields: FieldSchema, plain?: unknown): string {
  const name = String(path.at(-1));
  const group = schemaAt(fields, path.slice(0, -1), plain);
  const known = Object.keys(group?.properties ?? {});
  const near = nearestName(name, known);
  if (near) return `did you mean \`${near}\`?`;
  const names = group?.propertyNames;
  if (known.length === 0 && names) return expectedText(names);
  const elsewhere = groupWith(name, fields, []);
  return elsewhere !== null ? `it belongs in \`${elsewhere}\`` : `known here: ${known.join(", ")}`;
}

/** The group in which a field of this name is known, or null. */
function groupWith(name: string, schema: FieldSchema, path: Path): string | null {
  const properties = schema.properties ?? {};
  if (path.length > 0 && Object.hasOwn(properties, name)) return fieldName(path);
  for (const [key, inner] of Object.entries(properties)) {
    const found = groupWith(name, inner, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
