/** Faults of a scenario's agents that live on a subnet simulated neuron by neuron. */
import type { AgentsConfig } from "../agents/config.ts";
import type { Fault } from "./fault.ts";
import type { Metagraph } from "./metagraph.ts";
import { copierCandidates } from "./neuron-population.ts";
import { fieldName, type Path, placeAt, type Tree } from "./tree.ts";

/** What the drawn validators do, and what one at least must go on doing. */
const limited = {
  copiers: ["copy", "score miners"],
  undercutters: ["compete by their take", "stay as a rival"],
} as const;

export function neuronFaults(
  agents: AgentsConfig,
  metagraphs: ReadonlyMap<number, Metagraph>,
  tree: Tree,
): Fault[] {
  const faults: Fault[] = [];
  const add = (path: Path, problem: string, remedy: string) =>
    faults.push({ ...placeAt(tree, path), field: fieldName(path), problem, remedy });
  const known = [...metagraphs.keys()];
  for (const kind of ["entrants", "copiers", "spammers", "undercutters"] as const) {
    const { count, netuid = known[0] } = agents[kind];
    const path = ["agents", kind, "netuid"];
    if (count === 0) continue;
    if (netuid === undefined || !metagraphs.has(netuid)) {
      const problem =
        netuid === undefined
          ? "no subnet is simulated neuron by neuron"
          : `${netuid} is not simulated neuron by neuron`;
      add(path, problem, "a netuid of chain.detailed_subnets");
    } else if ((kind === "entrants" || kind === "spammers") && netuid === agents.flockoff.netuid) {
      const problem = `${netuid} is FLockOff's, whose miners are those of the start`;
      add(path, problem, "another netuid of chain.detailed_subnets");
    } else if (kind === "copiers" || kind === "undercutters") {
      const most = copierCandidates(netuid, metagraphs.get(netuid) as Metagraph).length - 1;
      const [verb, rest] = limited[kind];
      const problem = `${count} of subnet ${netuid}'s validators cannot ${verb}`;
      if (count > most) {
        const remedy = `at most ${most}: one of those with 1,000 TAO of stake must ${rest}`;
        add(["agents", kind, "count"], problem, remedy);
      }
    }
  }
  return faults;
}
