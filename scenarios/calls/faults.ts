/** What is wrong with a scenario's calls: fields that a call wants or does not know, and names. */
import { alternatives } from "../expected.ts";
import { type Fault, nearestName } from "../fault.ts";
import { fieldName, keyPlaceAt, type Path, placeAt, shown, type Tree } from "../tree.ts";
import { type CallField, callKinds } from "./kinds.ts";
import { coldkeysAtStart, type PeoplePlan } from "./people.ts";
import type { ScriptedCallSection } from "./section.ts";

export interface CallSpan extends PeoplePlan {
  readonly calls: readonly ScriptedCallSection[];
  readonly horizonDays: number;
  readonly tree: Tree;
}

const always = ["call", "after_days", "every_days", "by"];

export function callFaults(span: CallSpan): Fault[] {
  if (span.calls.length === 0) return [];
  const people = coldkeysAtStart(span);
  // Who is given everything by a swap can sign afterwards.
  for (const { call, to } of span.calls) {
    if (call === "swap_coldkey_announced" && to !== undefined) people.add(to);
  }
  return span.calls.flatMap((call, index) => {
    const at: Path = ["chain", "calls", index];
    return [
      ...fieldFaults(call, at, span.tree),
      ...subnetFaults(call, at, span),
      ...signerFaults(call, at, people, span.tree),
      ...timeFaults(call, at, span),
    ];
  });
}

function fieldFaults(call: ScriptedCallSection, at: Path, tree: Tree): Fault[] {
  const { needs, may } = callKinds[call.call];
  const known: readonly string[] = [...always, ...needs, ...may];
  const named = alternatives([...needs, ...may].map((field) => `\`${field}\``));
  const missing = needs
    .filter((field) => call[field] === undefined)
    .map((field) => ({
      ...placeAt(tree, at),
      field: fieldName([...at, field]),
      problem: "is missing",
      remedy: `${call.call} wants it`,
    }));
  const unknown = (Object.keys(call) as CallField[])
    .filter((field) => call[field] !== undefined && !known.includes(field))
    .map((field) => ({
      ...keyPlaceAt(tree, [...at, field]),
      field: fieldName([...at, field]),
      problem: `means nothing to ${call.call}`,
      remedy: `it takes ${named}`,
    }));
  return [...missing, ...unknown];
}

function subnetFaults(
  { call, netuid }: ScriptedCallSection,
  at: Path,
  { state, metagraphs, tree }: CallSpan,
): Fault[] {
  const { needs, onNeurons } = callKinds[call];
  if (netuid === undefined || !needs.includes("netuid")) return [];
  const fault = (problem: string, remedy: string): Fault[] => [
    { ...placeAt(tree, [...at, "netuid"]), field: fieldName([...at, "netuid"]), problem, remedy },
  ];
  if (onNeurons) {
    return metagraphs.has(netuid)
      ? []
      : fault(`${netuid} is not simulated neuron by neuron`, "a netuid of chain.detailed_subnets");
  }
  const exists = netuid === 0 || state.subnets.some((subnet) => subnet.netuid === netuid);
  return exists ? [] : fault(`${netuid} does not exist at the start`, "a subnet of the state");
}

function signerFaults(
  { by }: ScriptedCallSection,
  at: Path,
  people: ReadonlySet<string>,
  tree: Tree,
): Fault[] {
  if (people.has(by)) return [];
  const near = nearestName(by, [...people]);
  const problem = `nobody is called ${shown(by)} at the start`;
  const remedy = near
    ? `did you mean \`${near}\`?`
    : "such as `validator/15/2`, `owner/4`, `stakers/4` or `delegator/0`";
  return [{ ...placeAt(tree, [...at, "by"]), field: fieldName([...at, "by"]), problem, remedy }];
}

function timeFaults(
  { after_days: days = 0 }: ScriptedCallSection,
  at: Path,
  { horizonDays, tree }: CallSpan,
): Fault[] {
  if (days <= horizonDays) return [];
  const path = [...at, "after_days"];
  const problem = `${days} lies after the end of the run`;
  const remedy = `it lasts ${horizonDays} days (chain.horizon_days)`;
  return [{ ...placeAt(tree, path), field: fieldName(path), problem, remedy }];
}
