/**
 * What a plan varies: a scenario of either world or of both, or a case of Yuma. Its fields, tables
 * and files, so that a plan's paths and names can be checked before anything runs.
 */
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { caseSchema } from "../../scenarios/cases/schema.ts";
import type { Source } from "../../scenarios/data-folder.ts";
import type { FieldSchema } from "../../scenarios/expected.ts";
import { readScenarioTree } from "../../scenarios/extends.ts";
import { InputError, nearestName } from "../../scenarios/fault.ts";
import { bothScenarioFileSchema, flockScenarioFileSchema } from "../../scenarios/flock-schema.ts";
import { projectFolder } from "../../scenarios/paths.ts";
import { beginsBeforePools } from "../../scenarios/root-era/load.ts";
import { rootEraScenarioFileSchema } from "../../scenarios/root-era/schema.ts";
import { scenarioFileSchema } from "../../scenarios/schema.ts";
import { scenariosFolder, shippedNames, shippedScenarioNames } from "../../scenarios/shipped.ts";
import { supplyScenarioFileSchema } from "../../scenarios/supply-schema.ts";
import { nodeAt, type Path, type Place, shown, type Tree } from "../../scenarios/tree.ts";
import { ownRootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import { supplyForecastTables } from "../../sim/bittensor/supply/tables.ts";
import { bittensorTables } from "../../sim/bittensor/tables.ts";
import { flockBridgeTable, flockTables } from "../../sim/flock/tables.ts";
import type { TableDefinition } from "../../sim/records.ts";
import { caseTables } from "../cases/write.ts";

export type SubjectKind = "bittensor" | "flock" | "both" | "supply" | "root era" | "case";

export interface Subject {
  readonly kind: SubjectKind;
  readonly path: string;
  /** What may be written in it, as JSON Schema. */
  readonly fields: FieldSchema;
  /** What a run of it records. */
  readonly tables: readonly TableDefinition[];
  /** Whether chance plays a part in it, so that a run has a seed. */
  readonly hasSeed: boolean;
  /** The seed that the file itself names. */
  readonly seed: string;
  /** The file, merged with those that it extends. */
  readonly tree: Tree;
  readonly sources: readonly Source[];
}

const schemas: Readonly<Record<SubjectKind, z.ZodType>> = {
  bittensor: scenarioFileSchema,
  flock: flockScenarioFileSchema,
  both: bothScenarioFileSchema,
  supply: supplyScenarioFileSchema,
  "root era": rootEraScenarioFileSchema,
  case: caseSchema,
};

/** What a run of each kind records. */
export const tablesOf: Readonly<Record<SubjectKind, readonly TableDefinition[]>> = {
  bittensor: bittensorTables,
  flock: flockTables.filter((table) => table !== flockBridgeTable),
  both: [...bittensorTables, ...flockTables],
  supply: supplyForecastTables,
  // A run that goes past the last block without pools writes those with pools too.
  "root era": [...bittensorTables, ...ownRootEraTables],
  case: caseTables,
};

/** Throws InputError where the file cannot be read; whether it is right shows when it is run. */
export function readSubject(path: string): Subject {
  const { tree, files } = readScenarioTree(path, projectFolder(path));
  const kind = kindOf(tree);
  const fields = z.toJSONSchema(schemas[kind], { io: "input", unrepresentable: "any" });
  const seed = nodeAt(tree, ["seed"]);
  return {
    kind,
    path,
    fields: fields as FieldSchema,
    tables: tablesOf[kind],
    hasSeed: kind !== "case",
    seed: seed?.kind === "scalar" && seed.value !== null ? String(seed.value) : "hivelab",
    tree,
    sources: files.map(({ file }) => ({
      path: file.source,
      sha256: file.sha256,
      source: "scenario",
    })),
  };
}

function kindOf(tree: Tree): SubjectKind {
  const has = (...path: Path) => nodeAt(tree, path) !== undefined;
  if (has("epochs") && !has("chain") && !has("flock")) return "case";
  if (!has("flock")) {
    if (beginsBeforePools(tree)) return "root era";
    return has("supply") && !has("chain") ? "supply" : "bittensor";
  }
  return has("chain") ? "both" : "flock";
}

/**
 * The file that a plan names: a path from the plan's folder, or the bare name of a shipped
 * scenario. Throws InputError, at `place`, for an unknown name.
 */
export function subjectPath(text: string, planPath: string, place: Place): string {
  if (/[./\\]/.test(text)) return resolve(dirname(planPath), text);
  const known = shippedScenarioNames();
  if (known.includes(text)) return join(scenariosFolder, `${text}.yaml`);
  const cases = shippedNames("cases");
  if (cases.includes(text)) return join(scenariosFolder, "cases", `${text}.yaml`);
  const near = nearestName(text, [...known, ...cases]);
  const problem = `${shown(text)} is not among the shipped scenarios`;
  const remedy = near ? `did you mean ${near}?` : "a path ends in .yaml";
  throw new InputError([{ ...place, field: "scenario", problem, remedy }]);
}
