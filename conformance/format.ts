/**
 * conformance: every claim about a real chain or paper as a check against numbers that we did not
 * make. It may import sim. A vector file is recognised by its content, split into groups, and each
 * record of a group is checked by a function that we look up under the group's name.
 */

/** null when the record agrees; otherwise one line: which field, what was wanted, what we got. */
// biome-ignore lint/suspicious/noExplicitAny: records are foreign JSON; each check reads its own fields.
export type RecordCheck = (record: any, group: any) => string | null;

export interface VectorGroup {
  readonly name: string;
  readonly records: readonly unknown[];
  /** Absent where we have no implementation: all its records then count as failed. */
  readonly check?: RecordCheck;
  /** What stands beside the records in the file (note, tolerance), handed to the check. */
  readonly context?: unknown;
}

export interface VectorFormat {
  readonly name: string;
  /** True when this parsed JSON document is of the format. */
  recognises(document: unknown): boolean;
  groups(document: unknown): VectorGroup[];
}

export interface GroupResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly implemented: boolean;
  readonly firstFailure: string | null;
}

/** Runs a group's records; a check that throws is a failure with the error's message. */
export function runGroup(group: VectorGroup): GroupResult {
  let passed = 0;
  let firstFailure: string | null = group.check ? null : "no implementation yet";
  if (group.check) {
    for (const [index, record] of group.records.entries()) {
      const failure = checkRecord(group.check, record, group.context);
      if (failure === null) passed++;
      else firstFailure ??= `record ${index}: ${failure}`;
    }
  }
  return {
    name: group.name,
    passed,
    failed: group.records.length - passed,
    implemented: group.check !== undefined,
    firstFailure,
  };
}

function checkRecord(check: RecordCheck, record: unknown, context: unknown): string | null {
  try {
    return check(record, context);
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** null when both print the same as JSON with bigints as strings; otherwise what differs. */
export function differs(field: string, wanted: unknown, got: unknown): string | null {
  const want = canonical(wanted);
  const have = canonical(got);
  return want === have ? null : `${field}: wanted ${shorten(want)}, got ${shorten(have)}`;
}

/** The first difference of several fields. */
export function firstDifference(
  ...fields: (readonly [name: string, wanted: unknown, got: unknown])[]
): string | null {
  for (const [name, wanted, got] of fields) {
    const difference = differs(name, wanted, got);
    if (difference !== null) return difference;
  }
  return null;
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => {
    if (typeof inner === "bigint") return inner.toString();
    return ArrayBuffer.isView(inner) ? Array.from(inner as unknown as ArrayLike<unknown>) : inner;
  });

const shorten = (text: string): string => (text?.length > 160 ? `${text.slice(0, 160)}...` : text);
