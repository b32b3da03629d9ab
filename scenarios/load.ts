/**
 * From a scenario file to a checked and completed scenario, with the data that it names.
 *
 *   files (extends) -> merged -> --set -> checked and completed -> data read -> dates checked
 */
import { dirname, join, resolve } from "node:path";
import { type BittensorState, readBittensorState } from "./bittensor-state.ts";
import { callFaults } from "./calls/faults.ts";
import { checkTree } from "./check.ts";
import type { DataReference, Source } from "./data-folder.ts";
import type { ChainFile } from "./extends.ts";
import { featureFaults } from "./feature-faults.ts";
import { InputMemory } from "./input-memory.ts";
import { mechanismFaults, trimmedMetagraph } from "./mechanisms.ts";
import { type Metagraph, readMetagraph } from "./metagraph.ts";
import { neuronFaults } from "./neuron-faults.ts";
import { slashedFrom } from "./paths.ts";
import { Reading } from "./reading.ts";
import { ruleBlock } from "./rules.ts";
import type { RuleOverrides } from "./rules-section.ts";
import { type Scenario, scenarioFileSchema, scenarioSchema } from "./schema.ts";
import { startBlocks, startsFaults } from "./starts.ts";
import { asOfFaults, type RuleChange, ruleChanges } from "./timing.ts";
import { fieldName, type Path, placeAt, type Tree } from "./tree.ts";

export interface LoadedScenario {
  /**
   * Completed with defaults; plain data whose JSON is the same for the same files, whatever the
   * working directory. Paths of data start at the scenario file's folder.
   */
  readonly scenario: Scenario;
  readonly state: BittensorState;
  /** By netuid of the subnets that are simulated neuron by neuron. */
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
  /** `chain.rules.changes` with their first blocks, ascending. */
  readonly ruleChanges: readonly RuleChange<RuleOverrides>[];
  /** The last block to simulate. */
  readonly untilBlock: number;
  /** Every file that went in. */
  readonly sources: readonly Source[];
}

/** Throws InputError with every fault that was found; nothing is written anywhere. */
export function loadScenario(
  path: string,
  sets: readonly string[] = [],
  /** Sections at the top that are another world's. */
  others: readonly string[] = [],
  memory = new InputMemory(),
): LoadedScenario {
  const reading = new Reading(path, sets, memory, others);
  const { tree, files, project } = reading;
  const checked = reading.attempt(() => checkTree(scenarioSchema, tree, scenarioFileSchema));
  if (!checked) throw reading.told();
  const references = new References(tree, files, path, project);

  const { chain } = checked;
  const stateReference = references.at(["chain", "state"], chain.state);
  const state = reading.attempt(() =>
    rememberedData("state", stateReference, memory, readBittensorState),
  );
  const metagraphs = new Map<number, Metagraph>();
  chain.detailed_subnets.forEach((subnet, index) => {
    const at: Path = ["chain", "detailed_subnets", index];
    const reference = references.at([...at, "metagraph"], subnet.metagraph);
    const metagraph = reading.attempt(() =>
      rememberedData("metagraph", reference, memory, readMetagraph),
    );
    if (metagraphs.has(subnet.netuid)) {
      reading.add([...at, "netuid"], `${subnet.netuid} is listed twice`, "list it once");
    } else if (state && !state.subnets.some(({ netuid }) => netuid === subnet.netuid)) {
      const problem = `${subnet.netuid} does not exist in ${chain.state}`;
      reading.add([...at, "netuid"], problem, "a subnet of the state");
    }
    const uids = subnet.trim_to_uids ?? Number.POSITIVE_INFINITY;
    if (metagraph) metagraphs.set(subnet.netuid, trimmedMetagraph(metagraph, uids));
  });
  chain.leases.forEach(({ netuid }, index) => {
    const at: Path = ["chain", "leases", index, "netuid"];
    if (chain.leases.findIndex((other) => other.netuid === netuid) < index) {
      reading.add(at, `${netuid} is listed twice`, "list it once");
    } else if (state && !state.subnets.some((subnet) => subnet.netuid === netuid)) {
      const problem = `${netuid} does not exist in ${chain.state}`;
      reading.add(at, problem, "a subnet of the state");
    }
  });
  const { netuid: researchNetuid } = checked.agents.flockoff;
  if (researchNetuid !== 0 && !metagraphs.has(researchNetuid)) {
    const problem = `${researchNetuid} is not simulated neuron by neuron`;
    const remedy = "0, or a netuid of chain.detailed_subnets";
    reading.add(["agents", "flockoff", "netuid"], problem, remedy);
  }
  reading.faults.push(
    ...neuronFaults(checked.agents, metagraphs, tree),
    ...mechanismFaults(chain, checked.agents, metagraphs, tree),
  );
  const untilBlock = (state?.block ?? 0) + Math.max(1, Math.round(chain.horizon_days * 7_200));
  const changes = state
    ? reading.attempt(() => ruleChanges(chain.rules.changes, { tree, state, untilBlock }))
    : undefined;
  reading.faults.push(...asOfFaults(chain.rules.as_of, tree));
  if (state) {
    const { agents } = checked;
    const horizonDays = chain.horizon_days;
    reading.faults.push(
      ...callFaults({ calls: chain.calls, horizonDays, agents, chain, state, metagraphs, tree }),
    );
    const starts = startBlocks(chain.rules.starts, state);
    const fixedBlock = ruleBlock(chain.rules.as_of);
    reading.faults.push(
      ...startsFaults(chain.rules, { tree, state, untilBlock }),
      ...featureFaults({ tree, state, untilBlock, starts, fixedBlock }),
    );
  }
  if (!state || !changes || reading.faults.length > 0) throw reading.told();

  const dataSources = [state, ...metagraphs.values()].flatMap(({ sources }) => sources);
  return {
    scenario: references.fromScenarioFolder(checked),
    state,
    metagraphs,
    ruleChanges: changes,
    untilBlock,
    sources: [...reading.sources, ...dataSources],
  };
}

const rememberedData = <Data>(
  kind: string,
  reference: DataReference,
  memory: InputMemory,
  read: (reference: DataReference) => Data,
): Data => {
  const { text, base, project } = reference;
  return memory.remember(kind, [text, base, project], () => read(reference));
};

/** Names and paths of data, as they were written and where. */
class References {
  constructor(
    private readonly tree: Tree,
    private readonly files: readonly ChainFile[],
    private readonly path: string,
    private readonly project: string,
  ) {}

  at(path: Path, text: string): DataReference {
    const place = placeAt(this.tree, path);
    const home = this.files.find(({ file }) => file.shownAs === place.file);
    // A path given with --set starts at the working directory, as any path at the prompt.
    const base = home ? home.path : join(process.cwd(), "prompt");
    return { text, place, field: fieldName(path), base, project: this.project };
  }

  /** The scenario with paths of data as they would be written in the scenario's own file. */
  fromScenarioFolder(scenario: Scenario): Scenario {
    const moved = (path: Path, text: string): string => {
      if (!/^\.|[/\\]/.test(text)) return text;
      const target = resolve(dirname(this.at(path, text).base), text);
      const way = slashedFrom(dirname(resolve(this.path)), target);
      return way.startsWith(".") ? way : `./${way}`;
    };
    const { chain } = scenario;
    return {
      ...scenario,
      chain: {
        ...chain,
        state: moved(["chain", "state"], chain.state),
        detailed_subnets: chain.detailed_subnets.map((subnet, index) => ({
          ...subnet,
          metagraph: moved(["chain", "detailed_subnets", index, "metagraph"], subnet.metagraph),
        })),
      },
    };
  }
}
