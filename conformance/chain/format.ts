/**
 * The vectors of the chain's economy: `{_meta, groups: [{function, tolerance?, vectors}]}`, and the
 * index that lists such files. A group is checked by the function registered under its `function`;
 * the whole group goes to the check as context, because some groups state one tolerance for all.
 */
import { isObject, type VectorFormat } from "../format.ts";
import { economyChecks } from "./economy.ts";
import { stakingChecks } from "./staking.ts";

const checks = { ...economyChecks, ...stakingChecks };

interface ChainGroup {
  readonly function: string;
  readonly vectors: unknown[];
}

export const chainVectors: VectorFormat = {
  name: "chain vectors",
  recognises: (document) =>
    isObject(document) &&
    isObject(document._meta) &&
    "source_commit" in document._meta &&
    (Array.isArray(document.groups) || isObject(document.files)),
  groups: (document) => {
    const { groups = [] } = document as { groups?: ChainGroup[] };
    return groups.map((group) => ({
      name: group.function,
      records: group.vectors,
      check: checks[group.function],
      context: group,
    }));
  },
};
