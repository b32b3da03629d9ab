/** `hivelab reproduce [NAME...]`: published and captured values against ours. */
import type { RealityCheck, RealityTable } from "../conformance/reality/check.ts";
import { type RealityGroup, realityGroups } from "../conformance/reality/registry.ts";
import { InputError, nearestName } from "../scenarios/fault.ts";
import { reportAndExit } from "./failure.ts";
import { plainData } from "./json.ts";
import { type Screen, screenOf, strong, table } from "./layout.ts";

export interface ReproduceOptions {
  readonly json: boolean;
  readonly list: boolean;
}

/** The exit code: 0 when every check holds, 1 otherwise. */
export function reproduce(names: readonly string[], options: ReproduceOptions): number {
  const screen = screenOf(process.stdout);
  let groups: readonly RealityGroup[] = [];
  try {
    groups = names.length === 0 ? realityGroups : names.map(groupNamed);
  } catch (error) {
    reportAndExit(error);
  }
  if (options.list) {
    const rows = groups.map(({ name, about }) => [name, about]);
    console.log(table(["name", "what is compared"], rows, screen));
    return 0;
  }
  const results = groups.map((group): GroupResult => {
    const checks = group.run();
    return { group, checks, table: options.json ? undefined : group.table?.() };
  });
  const all = results.flatMap(({ group, checks }) =>
    checks.map((check) => ({ ...check, name: `${group.name}: ${check.name}` })),
  );
  if (options.json) console.log(plainData(all));
  else {
    console.log(results.map((result) => groupText(result, screen)).join("\n\n"));
    const held = all.filter(({ ok }) => ok).length;
    console.log(`\n${held} of ${all.length} agree within their bounds`);
  }
  return all.every(({ ok }) => ok) ? 0 : 1;
}

function groupNamed(name: string): RealityGroup {
  const group = realityGroups.find((one) => one.name === name);
  if (group) return group;
  const known = realityGroups.map((one) => one.name);
  const near = nearestName(name, known);
  throw new InputError([
    {
      file: "hivelab reproduce",
      field: "name",
      problem: `no check is called ${name}`,
      remedy: near ? `did you mean ${near}?` : `there are ${known.join(", ")}`,
    },
  ]);
}

interface GroupResult {
  readonly group: RealityGroup;
  readonly checks: readonly RealityCheck[];
  readonly table?: RealityTable;
}

const groupText = (result: GroupResult, screen: Screen): string =>
  result.table
    ? `${checksText(result, screen)}\n\n${tableText(result.table, screen)}`
    : checksText(result, screen);

const tableText = ({ head, rows }: RealityTable, screen: Screen): string =>
  table(
    head,
    rows.map((row) => [...row]),
    screen,
  );

const checksText = ({ group, checks }: GroupResult, screen: Screen): string =>
  `${strong(`${group.name}: ${group.about}`, screen)}\n${table(
    ["check", "published", "ours", "difference", "bound", ""],
    checks.map((check) => [
      check.name,
      readable(check.published),
      readable(check.ours),
      readable(check.difference),
      readable(check.bound),
      check.ok ? "ok" : "DIFFERS",
    ]),
    screen,
  )}`;

/** Up to twelve significant digits, whole numbers in full. */
function readable(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  return String(Number(value.toPrecision(12)));
}
