/**
 * The golden files made of named groups: primitives, economics, mechanisms. One check per group
 * name, gathered from the files beside this one.
 */
import { isObject, type RecordCheck, type VectorFormat } from "../format.ts";
import { economicsChecks } from "./economics.ts";
import { mechanismSplitChecks, mechanismsChecks } from "./mechanisms.ts";
import { primitivesEpochChecks } from "./primitives-epoch.ts";
import { primitivesFixedChecks } from "./primitives-fixed.ts";

const checks: Readonly<Record<string, Readonly<Record<string, RecordCheck>>>> = {
  "bittensor-economics-golden/1": { ...economicsChecks, ...mechanismSplitChecks },
  "bittensor-primitives-golden/1": { ...primitivesFixedChecks, ...primitivesEpochChecks },
  "bittensor-mechanisms-golden/1": mechanismsChecks,
};

interface GroupsDocument {
  readonly format: string;
  readonly groups: readonly { name: string; note: string; cases: unknown[] }[];
}

export const goldenGroups: VectorFormat = {
  name: "golden groups",
  recognises: (document) =>
    isObject(document) && typeof document.format === "string" && document.format in checks,
  groups: (document) => {
    const { format, groups } = document as GroupsDocument;
    return groups.map((group) => ({
      name: `${format.split("-")[1]}/${group.name}`,
      records: group.cases,
      check: checks[format][group.name],
      context: group,
    }));
  },
};
