/**
 * A scenario's subnets with several mechanisms: how many each ever has, how their emission is
 * divided, and which neurons of a metagraph stay where it has more than the mechanisms allow.
 */
import type { AgentsConfig } from "../agents/config.ts";
import type { ChainSection } from "./chain-section.ts";
import type { Fault } from "./fault.ts";
import type { Metagraph } from "./metagraph.ts";
import { fieldName, type Path, placeAt, type Tree } from "./tree.ts";

const U16 = 65_535;
/** Neurons of all mechanisms of a subnet together (spec/yuma-epoch.md section 1.2). */
const MAX_UIDS_OVER_MECHANISMS = 256;

/** Shares as the chain stores them: u16 parts of 65,535, what rounding leaves goes to the first. */
export function splitU16(shares: readonly number[]): number[] {
  const parts = shares.map((share) => Math.floor(share * U16));
  const rest = U16 - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, k) => (k === 0 ? part + rest : part));
}

/** Most mechanisms that each subnet has at the start or is given by a call, by netuid. */
export function mostMechanisms({
  detailed_subnets: subnets,
  calls,
}: Pick<ChainSection, "detailed_subnets" | "calls">): Map<number, number> {
  const most = new Map(subnets.map(({ netuid, mechanisms }) => [netuid, mechanisms]));
  for (const { netuid, count } of calls) {
    if (netuid !== undefined && count !== undefined) {
      most.set(netuid, Math.max(most.get(netuid) ?? 1, count));
    }
  }
  return most;
}

/**
 * A metagraph of so many neurons: all who set weights stay, those with most stake first, and of the
 * others those with the highest mean weight. Uids close up, in their order.
 */
export function trimmedMetagraph(metagraph: Metagraph, uids: number): Metagraph {
  const { stakeRao, weights } = metagraph;
  if (stakeRao.length <= uids) return metagraph;
  const mean = new Float64Array(stakeRao.length);
  for (const [from, row] of weights.entries()) {
    const total = row.reduce((sum, { weightU16 }) => sum + weightU16, 0);
    for (const { uid, weightU16 } of row) mean[uid] += (Number(stakeRao[from]) * weightU16) / total;
  }
  const order = [...weights.keys()].sort((a, b) => {
    const [judgeA, judgeB] = [weights[a].length > 0, weights[b].length > 0];
    if (judgeA !== judgeB) return judgeA ? -1 : 1;
    const [valueA, valueB] = judgeA ? [stakeRao[a], stakeRao[b]] : [mean[a], mean[b]];
    return valueA === valueB ? a - b : valueA > valueB ? -1 : 1;
  });
  const kept = order.slice(0, uids).sort((a, b) => a - b);
  const place = new Map(kept.map((uid, index) => [uid, index]));
  return {
    ...metagraph,
    stakeRao: BigUint64Array.from(kept, (uid) => stakeRao[uid]),
    weights: kept.map((uid) =>
      weights[uid].flatMap((weight) => {
        const to = place.get(weight.uid);
        return to === undefined ? [] : [{ ...weight, uid: to }];
      }),
    ),
  };
}

export function mechanismFaults(
  chain: ChainSection,
  agents: AgentsConfig,
  metagraphs: ReadonlyMap<number, Metagraph>,
  tree: Tree,
): Fault[] {
  const most = mostMechanisms(chain);
  const faults: Fault[] = [];
  const add = (path: Path, problem: string, remedy: string) =>
    faults.push({ ...placeAt(tree, path), field: fieldName(path), problem, remedy });
  for (const [index, section] of chain.detailed_subnets.entries()) {
    const { netuid, mechanisms, mechanism_split: split, max_uids: maxUids } = section;
    const at = (field: string): Path => ["chain", "detailed_subnets", index, field];
    const uids = Math.max(maxUids, metagraphs.get(netuid)?.stakeRao.length ?? 0);
    if (mechanisms > 1 && mechanisms * uids > MAX_UIDS_OVER_MECHANISMS) {
      const each = Math.floor(MAX_UIDS_OVER_MECHANISMS / mechanisms);
      const problem = `${mechanisms} mechanisms of ${uids} neurons are more than the chain's ${MAX_UIDS_OVER_MECHANISMS} together`;
      add(at("mechanisms"), problem, `set max_uids and trim_to_uids to ${each} or less`);
    }
    if (split) {
      const sum = split.reduce((all, share) => all + share, 0);
      const problem =
        split.length > mechanisms
          ? `has ${split.length} parts for ${mechanisms} mechanisms`
          : `sums to ${sum}`;
      if (split.length > mechanisms || Math.abs(sum - 1) > 1e-9) {
        add(at("mechanism_split"), problem, "at most one part a mechanism, together 1");
      }
    }
    if (agents.flockoff.netuid === netuid && (most.get(netuid) ?? 1) > 1) {
      const problem = `${netuid} is FLockOff's, whose miners do one work`;
      add(at("netuid"), problem, "one mechanism, or another subnet");
    }
  }
  for (const [index, { split }] of chain.calls.entries()) {
    const sum = split?.reduce((all, share) => all + share, 0) ?? 1;
    if (Math.abs(sum - 1) > 1e-9) {
      add(["chain", "calls", index, "split"], `sums to ${sum}`, "parts that are together 1");
    }
  }
  return faults;
}
