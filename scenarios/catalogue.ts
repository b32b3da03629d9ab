/**
 * What there is to choose from: scenarios, agents and their fields, tables and their columns, made
 * from the definitions that the code itself uses.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { agentsConfig } from "../agents/config.ts";
import { ownRootEraTables } from "../sim/bittensor/root-era/tables.ts";
import { ruleLayers, shareRules } from "../sim/bittensor/rules/timeline.ts";
import { supplyForecastTables } from "../sim/bittensor/supply/tables.ts";
import { bittensorTables } from "../sim/bittensor/tables.ts";
import { ARENA_RULE_SETS } from "../sim/flock/arena/rules.ts";
import { flockTables } from "../sim/flock/tables.ts";
import { timeOfDay } from "../sim/flock/world/record.ts";
import type { TableDefinition } from "../sim/records.ts";
import { expectedText, type FieldSchema } from "./expected.ts";
import { flockScenarioSchema } from "./flock-schema.ts";
import { rootEraScenarioSchema } from "./root-era/schema.ts";
import { scenarioFileSchema } from "./schema.ts";
import { scenariosFolder, shippedScenarioNames } from "./shipped.ts";
import { supplyScenarioSchema } from "./supply-schema.ts";
import { nodeAt } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

export interface ScenarioEntry {
  readonly name: string;
  /** From the package's folder. */
  readonly path: string;
  readonly title: string;
}

export interface FieldEntry {
  /** From the top of a scenario: `agents.miners.skill_spread`. */
  readonly field: string;
  readonly unit: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** The value where none is given; absent where one must be given, or where it means "as it is". */
  readonly default?: unknown;
  readonly meaning: string;
}

export interface AgentEntry {
  readonly kind: string;
  readonly meaning: string;
  readonly fields: readonly FieldEntry[];
}

export function describedScenarios(): ScenarioEntry[] {
  return shippedScenarioNames().map((name) => {
    const path = join(scenariosFolder, `${name}.yaml`);
    const title = nodeAt(readYaml(readFileSync(path, "utf8"), path), ["title"]);
    const text = title?.kind === "scalar" ? String(title.value) : "";
    return { name, path: `scenarios/${name}.yaml`, title: text };
  });
}

export interface RuleSetEntry {
  readonly name: string;
  /** True for those that `chain.rules.as_of` may name: the rules of emission shares. */
  readonly nameable: boolean;
  readonly firstBlock: number;
  readonly date: string;
  /** Runtime specification that brought it; empty before such numbers. */
  readonly spec: string;
  /** How sure the first block is. */
  readonly certainty: string;
  readonly summary: string;
  readonly evidence: string;
}

/** The dated changes of the chain's rules, oldest first. */
export const describedRules = (): RuleSetEntry[] =>
  ruleLayers
    .map(({ name, firstBlock, date, spec, certainty, summary, evidence }) => ({
      name,
      nameable: shareRules.some((rule) => rule.name === name),
      ...{ firstBlock, date, spec, certainty, summary, evidence },
    }))
    .sort((a, b) => a.firstBlock - b.firstBlock);

const inputSchema = (schema: z.ZodType): FieldSchema =>
  z.toJSONSchema(schema, { io: "input" }) as FieldSchema;

export function describedAgents(): AgentEntry[] {
  const kinds = inputSchema(agentsConfig).properties ?? {};
  return Object.entries(kinds).map(([kind, schema]) => ({
    kind,
    meaning: schema.description ?? "",
    fields: fieldsOf(schema, `agents.${kind}`),
  }));
}

/** Every field of a scenario, in the order of the schema; those of lists with `[]`. */
export const describedFields = (): FieldEntry[] => fieldsOf(inputSchema(scenarioFileSchema), "");

/** The fields of a scenario's FLock section. */
export const describedFlockFields = (): FieldEntry[] =>
  fieldsOf(inputSchema(flockScenarioSchema.shape.flock), "flock");

/** FLock's people, and what they and the protocol are set by: the parts of a FLock section. */
export function describedFlockParts(): AgentEntry[] {
  const parts = inputSchema(flockScenarioSchema.shape.flock).properties ?? {};
  return Object.entries(parts)
    .filter(([, schema]) => schema.properties !== undefined)
    .map(([name, schema]) => ({
      kind: `flock.${name}`,
      meaning: schema.description ?? "",
      fields: fieldsOf(schema, `flock.${name}`),
    }));
}

/** The dated rule-sets of AI Arena. */
export const describedFlockRules = () =>
  ARENA_RULE_SETS.map(({ name, title, fromDay, source }) => ({
    name,
    date: new Date(timeOfDay(fromDay)).toISOString().slice(0, 10),
    title,
    source,
  }));

/** The fields of a scenario of supply alone. */
export const describedSupplyFields = (): FieldEntry[] =>
  (["supply", "pool", "questions"] as const).flatMap((name) =>
    fieldsOf(inputSchema(supplyScenarioSchema.shape[name]), name),
  );

/** The fields of a scenario before dTAO that are its own. */
export const describedRootEraFields = (): FieldEntry[] => {
  const { chain, agents, dtao } = inputSchema(rootEraScenarioSchema).properties ?? {};
  return [...fieldsOf(chain, "chain"), ...fieldsOf(agents, "agents"), ...fieldsOf(dtao, "dtao")];
};

export const describedTables: readonly TableDefinition[] = [
  ...bittensorTables,
  ...ownRootEraTables,
  ...flockTables,
  ...supplyForecastTables,
];

function fieldsOf(schema: FieldSchema, path: string): FieldEntry[] {
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      fieldsOf(inner, path === "" ? name : `${path}.${name}`),
    );
  }
  const entry: FieldEntry = {
    field: path,
    unit: schema.unit ?? "",
    allowed: expectedText(schema),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    meaning: schema.description ?? "",
  };
  return schema.items?.properties ? [entry, ...fieldsOf(schema.items, `${path}[]`)] : [entry];
}
