/** `hivelab describe [what]`: scenarios, agents, rules, tables, from the code's own definitions. */
import {
  type AgentEntry,
  describedAgents,
  describedFields,
  describedFlockFields,
  describedFlockParts,
  describedFlockRules,
  describedRootEraFields,
  describedRules,
  describedScenarios,
  describedSupplyFields,
  describedTables,
  type FieldEntry,
} from "../scenarios/catalogue.ts";
import { InputError, nearestName } from "../scenarios/fault.ts";
import type { TableDefinition } from "../sim/records.ts";
import { type Screen, screenOf, strong, table } from "./layout.ts";

/** One thing that can be described: how it is read by a person, and as data. */
interface Topic {
  readonly title: string;
  data(): unknown;
  text(screen: Screen): string;
}

export function describe(what: string | undefined, options: { readonly json: boolean }): void {
  const topics = what === undefined ? overview() : [topicNamed(what)];
  if (options.json) {
    const data =
      what === undefined
        ? Object.fromEntries(topics.map((topic) => [topic.title, topic.data()]))
        : topics[0].data();
    console.log(JSON.stringify(data, null, 2));
    return;
  }
  const screen = screenOf(process.stdout);
  console.log(topics.map((topic) => whole(topic, screen)).join("\n\n"));
  if (what !== undefined) return;
  const names = [...Object.keys(groups), ...memberNames()].join(", ");
  console.log(`\nhivelab describe NAME tells all about one of: ${names}`);
}

const whole = ({ title, text }: Topic, screen: Screen): string =>
  `${strong(title, screen)}\n${text(screen)}`;

const scenarios: Topic = {
  title: "scenarios",
  data: describedScenarios,
  text: (screen) =>
    table(
      ["file", "title"],
      describedScenarios().map(({ path, title }) => [path, title]),
      screen,
    ),
};

const agents: Topic = {
  title: "agents",
  data: describedAgents,
  text: (screen) =>
    describedAgents()
      .map((agent) => whole(agentTopic(agent, `agents.${agent.kind}`), screen))
      .join("\n\n"),
};

const rules: Topic = {
  title: "rules (blocks after a ~ are known only roughly)",
  data: describedRules,
  text: (screen) =>
    table(
      ["rule-set", "from", "first block", "spec", "what changed"],
      describedRules().map(({ name, date, firstBlock, certainty, spec, summary }) => {
        const block = certainty === "approximate" ? `~${firstBlock}` : String(firstBlock);
        return [name, date, block, spec, summary];
      }),
      screen,
    ),
};

const tables: Topic = {
  title: "tables",
  data: () => describedTables,
  text: (screen) => describedTables.map((one) => whole(tableTopic(one), screen)).join("\n\n"),
};

const fields: Topic = {
  title: "fields",
  data: describedFields,
  text: (screen) => fieldTable(describedFields(), "", screen),
};

const flock: Topic = {
  title: "fields of a FLock scenario",
  data: describedFlockFields,
  text: (screen) => fieldTable(describedFlockFields(), "", screen),
};

const supply: Topic = {
  title: "fields of a scenario of supply alone",
  data: describedSupplyFields,
  text: (screen) => fieldTable(describedSupplyFields(), "", screen),
};

const rootEra: Topic = {
  title: "fields of a scenario before dTAO (chain.from before 2025-02-13)",
  data: describedRootEraFields,
  text: (screen) => fieldTable(describedRootEraFields(), "", screen),
};

const groups: Readonly<Record<string, Topic>> = {
  scenarios,
  agents,
  rules,
  tables,
  fields,
  flock,
  supply,
  "root-era": rootEra,
};

/** All groups, one line a member. */
const overview = (): Topic[] => [
  scenarios,
  {
    ...agents,
    text: (screen) =>
      table(
        ["kind", "what they do"],
        describedAgents().map(({ kind, meaning }) => [kind, meaning]),
        screen,
      ),
  },
  {
    title: "flock",
    data: () => ({ parts: describedFlockParts(), rules: describedFlockRules() }),
    text: (screen) =>
      table(
        ["part of a FLock scenario", "what it is about"],
        [
          ...describedFlockParts().map(({ kind, meaning }) => [kind, meaning]),
          ...describedFlockRules().map(({ name, date, title }) => [
            `rule-set ${name}, ${date}`,
            title,
          ]),
        ],
        screen,
      ),
  },
  {
    ...rules,
    title: "rules",
    text: (screen) =>
      table(
        ["rule-set", "from", "what changed"],
        describedRules().map(({ name, date, summary }) => [name, date, summary]),
        screen,
      ),
  },
  {
    ...tables,
    text: (screen) =>
      table(
        ["table", "rows"],
        describedTables.map(({ name, meaning }) => [name, meaning]),
        screen,
      ),
  },
];

const memberNames = (): string[] => [
  ...describedAgents().map(({ kind }) => kind),
  ...describedFlockParts().map(({ kind }) => kind),
  ...describedTables.map(({ name }) => name),
];

/** Throws InputError where nothing bears the name. */
function topicNamed(what: string): Topic {
  if (Object.hasOwn(groups, what)) return groups[what];
  const agent = describedAgents().find(({ kind }) => kind === what);
  if (agent) return agentTopic(agent, `agents.${agent.kind}`);
  const part = describedFlockParts().find(({ kind }) => kind === what);
  if (part) return agentTopic(part, part.kind);
  const found = describedTables.find(({ name }) => name === what);
  if (found) return tableTopic(found);
  const known = [...Object.keys(groups), ...memberNames()];
  const near = nearestName(what, known);
  const remedy = near ? `did you mean ${near}?` : `known are ${known.join(", ")}`;
  const problem = `nothing is called ${JSON.stringify(what)}`;
  throw new InputError([{ file: "hivelab describe", field: "", problem, remedy }]);
}

/** `path` is where its fields stand in a scenario. */
const agentTopic = (agent: AgentEntry, path: string): Topic => ({
  title: `${path}: ${agent.meaning}`,
  data: () => agent,
  text: (screen) => fieldTable(agent.fields, `${path}.`, screen),
});

const tableTopic = (definition: TableDefinition): Topic => ({
  title: `${definition.name}: ${definition.meaning}`,
  data: () => definition,
  text: (screen) =>
    table(
      ["column", "type", "unit", "meaning"],
      definition.columns.map(({ name, type, unit, meaning }) => [name, type, unit, meaning]),
      screen,
    ),
});

function fieldTable(fields: readonly FieldEntry[], prefix: string, screen: Screen): string {
  const rows = fields.map((entry) => [
    entry.field.slice(prefix.length),
    entry.default === undefined ? "" : shortJson(entry.default),
    shortAllowed(entry),
    entry.meaning,
  ]);
  return table(["field", "default", "allowed", "meaning"], rows, screen);
}

/** "0 to 3 ln", "whole, 0 to 10000 agents", "true or false". */
function shortAllowed({ allowed, unit }: FieldEntry): string {
  const range = /^a (whole )?number from (.*)$/.exec(allowed);
  if (!range) return allowed;
  return `${range[1] ? "whole, " : ""}${range[2]}${unit === "" || unit === "1" ? "" : ` ${unit}`}`;
}

const shortJson = (value: unknown): string =>
  typeof value === "string" ? value || '""' : JSON.stringify(value);
