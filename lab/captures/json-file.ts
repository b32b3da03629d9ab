/**
 * lab/captures: chain state that was captured outside and is given to us as a file. It may import
 * scenarios and sim. This file: JSON documents, whose faults name the file and the field.
 */
import { type Fault, InputError } from "../../scenarios/fault.ts";
import { readInputFile } from "../../scenarios/input-file.ts";
import { shown } from "../../scenarios/tree.ts";

const MAX_BYTES = 64_000_000;

/** A parsed document that knows how to complain about itself. */
export class JsonDocument {
  constructor(
    readonly file: string,
    readonly root: unknown,
  ) {}

  /** Throws InputError: `file: field: problem; remedy`. */
  fail(field: string, problem: string, remedy: string): never {
    throw new InputError([{ file: this.file, field, problem, remedy }]);
  }

  /** The object at a path of keys, or a fault. */
  object(path: readonly string[]): Readonly<Record<string, unknown>> {
    const value = this.at(path);
    if (isPlainObject(value)) return value;
    return this.fail(path.join("."), problemOf(value), "a group of fields");
  }

  /** Whatever stands at a path of keys; undefined where the way there is missing. */
  at(path: readonly string[]): unknown {
    let value: unknown = this.root;
    for (const key of path) {
      value = isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    return value;
  }

  /** A whole number of at least 0, or a fault. */
  count(path: readonly string[]): number {
    const value = this.at(path);
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
    return this.fail(path.join("."), problemOf(value), "a whole number of at least 0");
  }
}

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const problemOf = (value: unknown): string =>
  value === undefined ? "is missing" : `${shown(value)} is not right here`;

/** Reads a JSON file that a person named. Throws InputError. */
export function readJsonFile(path: string): JsonDocument {
  const file = readInputFile(path, { maxBytes: MAX_BYTES, project: process.cwd(), anywhere: true });
  try {
    return new JsonDocument(file.shownAs, JSON.parse(file.text));
  } catch (error) {
    throw new InputError([syntaxFault(file.shownAs, file.text, error as Error)]);
  }
}

function syntaxFault(file: string, text: string, error: Error): Fault {
  const position = Number(/position (\d+)/.exec(error.message)?.[1] ?? text.length);
  const before = text.slice(0, position).split("\n");
  return {
    file,
    line: before.length,
    column: before[before.length - 1].length + 1,
    field: "",
    problem: "is not JSON from here on",
    remedy: "write one JSON document",
  };
}
