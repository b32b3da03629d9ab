/** One run of a scenario that holds both economies: FLock and the chain of its research subnet. */
import { basename } from "node:path";
import { buildFlockWorld } from "../scenarios/build-flock.ts";
import { buildWorld } from "../scenarios/build-world.ts";
import type { LoadedBoth } from "../scenarios/load-flock.ts";
import { bittensorTables } from "../sim/bittensor/tables.ts";
import { flockTables } from "../sim/flock/tables.ts";
import type { RecordSink } from "../sim/records.ts";
import { dayEnd, SubnetTap, stepBoth, type TwoEconomies } from "./bridge.ts";
import {
  arithmeticLine,
  type RunRequest,
  type RunResult,
  RunStopped,
  ruleSetFacts,
} from "./run.ts";
import { FLOCK_ARITHMETIC, flockRuleSetFacts } from "./run-flock.ts";
import { defaultRunFolder, openRun } from "./run-folder.ts";

/** `loadStart` is when the scenario's reading began. Throws InputError; then nothing is written. */
export async function runBothScenario(
  request: RunRequest,
  loaded: LoadedBoth,
  loadStart: number,
): Promise<RunResult> {
  const { chain: loadedChain, flock: loadedFlock } = loaded;
  const name = basename(request.scenarioPath).replace(/\.ya?ml$/, "");
  const chainTables = bittensorTables.filter((table) =>
    isWanted(loadedChain.scenario.recording.tables, table.name),
  );
  const run = openRun(request.outDir ?? defaultRunFolder(name), {
    tables: [...chainTables, ...flockTables],
    writeReport: request.writeReport,
  });
  try {
    const { netuid } = loadedChain.scenario.agents.flockoff;
    const kept = new Set(chainTables.map((table) => table.name));
    const tap = new SubnetTap(onlyNamed(run.sink, kept), netuid);
    const chain = buildWorld(loadedChain, { sink: tap });
    const flock = buildFlockWorld(loadedFlock);
    const without = buildFlockWorld(loadedFlock, { withResearchers: true });
    const { tao_price, buyback_share } = loadedFlock.scenario.flock.bridge;
    const both: TwoEconomies = {
      chain,
      tap,
      flock: flock.world,
      without: without.world,
      sink: run.sink,
      plan: { everyDays: 7, tables: new Set(flockTables.map((table) => table.name)) },
      settings: { taoUsd: tao_price, buybackShare: buyback_share },
    };
    const fromBlock = loadedChain.state.block + 1;
    const { calendar } = chain.chain;
    const toBlock = loadedChain.untilBlock;
    await request.onStart?.({ fromBlock, toBlock, fromTime: calendar.timeOf(fromBlock) });
    const simulateStart = performance.now();
    await simulate(both, loadedChain.state.block, toBlock, request.onProgress);
    chain.chain.checkBooks();
    const end = performance.now();
    const date = (block: number) => new Date(calendar.timeOf(block)).toISOString();
    return await run.finish({
      scenario: {
        name,
        title: loadedChain.scenario.title,
        completed: { ...loadedChain.scenario, flock: loadedFlock.scenario.flock },
      },
      seed: loadedChain.scenario.seed,
      span: {
        from_block: fromBlock,
        to_block: toBlock,
        from_time: date(fromBlock),
        to_time: date(toBlock),
      },
      rule_sets: [...chain.ruleSets.map(ruleSetFacts), ...flock.ruleSets.map(flockRuleSetFacts)],
      bent_rules: [...chain.bentRules],
      data: [...loadedChain.sources],
      arithmetic: `chain ${arithmeticLine(loadedChain)}. FLock: ${FLOCK_ARITHMETIC}`,
      aggregated: [...chain.aggregated, ...flock.aggregated],
      assumptions: [...chain.assumptions, ...flock.assumptions, ...BRIDGE_ASSUMPTIONS],
      timings: {
        load_s: seconds(loadStart, simulateStart),
        simulate_s: seconds(simulateStart, end),
      },
    });
  } catch (error) {
    run.abort();
    throw error;
  }
}

const BRIDGE_ASSUMPTIONS = [
  "The research that the subnet buys is valued at what its miners are paid in alpha, at spot; the twin without a subnet buys it for the same dollars, out of FLock's treasury.",
  "One price of TAO in dollars holds throughout.",
  "Skill becomes the loss of a data set by an assumed curve; the subnet's neurons have the stakes of a metagraph that is not its own.",
];

const isWanted = (wanted: "all" | readonly string[], name: string): boolean =>
  wanted === "all" || wanted.includes(name);

const onlyNamed = (sink: RecordSink, names: ReadonlySet<string>): RecordSink => ({
  append: (table, row) => {
    if (names.has(table.name)) sink.append(table, row);
  },
});

async function simulate(
  both: TwoEconomies,
  startBlock: number,
  toBlock: number,
  onProgress: RunRequest["onProgress"],
): Promise<void> {
  for (let day = 1; both.chain.chain.block < toBlock; day++) {
    stepBoth(both, Math.min(toBlock, dayEnd(startBlock, day)));
    if (onProgress?.(both.chain.chain.block) === false) {
      throw new RunStopped("the run was stopped; nothing was written");
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;
