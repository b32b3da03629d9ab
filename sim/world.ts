/**
 * One step of everything. A world is a chain and the agents who live on it; between two moments at
 * which somebody acts or something is recorded, the chain runs block after block on its own.
 */
import type { Agent, Outcome } from "./agent.ts";
import type { RandomSource, Stream, StreamState } from "./random.ts";

/** What a world needs of a chain (Bittensor, FLock, ...). */
export interface Chain<View, Action> {
  /** The last block that has been completed. */
  readonly block: number;
  /** Runs whole blocks up to and including this one. Throws ConservationError when money appears or vanishes. */
  advanceTo(block: number): void;
  /** What an agent may see: the chain's public state and what is its own. */
  viewFor(agent: Agent<View, Action>): View;
  /** Applies or refuses an action of an agent in the current block, and records which. */
  submit(agent: Agent<View, Action>, action: Action): Outcome;
  /** Writes the rows of a recording moment. */
  record(): void;
}

export interface WorldOptions {
  /** The last block to simulate. */
  readonly untilBlock: number;
  readonly recordEveryBlocks: number;
  /** An agent that wants more than this at once loses the rest: a limit on what grows. */
  readonly maxActionsPerWake?: number;
}

/** A generator ignores what its first `next` is given. */
const NOTHING_ASKED: Outcome = { applied: true, feeRao: 0n };
const DEFAULT_MAX_ACTIONS_PER_WAKE = 10_000;

interface Resident<View, Action> {
  readonly agent: Agent<View, Action>;
  readonly stream: Stream;
  readonly view: View;
  nextBlock: number;
}

export class World<View, Action> {
  private readonly residents: Resident<View, Action>[];
  private nextRecord: number;

  constructor(
    readonly chain: Chain<View, Action>,
    agents: readonly Agent<View, Action>[],
    random: RandomSource,
    readonly options: WorldOptions,
  ) {
    const ids = new Set<string>();
    this.residents = agents.map((agent) => {
      if (ids.has(agent.id)) throw new Error(`two agents are called ${agent.id}`);
      ids.add(agent.id);
      if (!(agent.wake.everyBlocks >= 1)) throw new Error(`${agent.id}: everyBlocks must be >= 1`);
      return {
        agent,
        stream: random.stream(agent.id),
        view: chain.viewFor(agent),
        nextBlock: Math.max(agent.wake.firstBlock, chain.block + 1),
      };
    });
    this.nextRecord = chain.block + options.recordEveryBlocks;
  }

  /** Runs to the end. */
  run(): void {
    while (this.chain.block < this.options.untilBlock) this.step();
  }

  /** To the next block in which an agent acts or rows are recorded. */
  step(): void {
    const { untilBlock, recordEveryBlocks } = this.options;
    let next = Math.min(this.nextRecord, untilBlock);
    for (const { nextBlock } of this.residents) if (nextBlock < next) next = nextBlock;
    this.chain.advanceTo(next);
    for (const resident of this.residents) if (resident.nextBlock === next) this.wake(resident);
    if (next === this.nextRecord || next === untilBlock) {
      this.chain.record();
      this.nextRecord = next + recordEveryBlocks;
    }
  }

  /** Positions of all random streams: with the chain's state, what a checkpoint must keep. */
  streamStates(): StreamState[] {
    return this.residents.map(({ stream }) => stream.state());
  }

  private wake(resident: Resident<View, Action>): void {
    const { agent, stream, view } = resident;
    resident.nextBlock += agent.wake.everyBlocks;
    const limit = this.options.maxActionsPerWake ?? DEFAULT_MAX_ACTIONS_PER_WAKE;
    const actions = agent.act(view, stream)[Symbol.iterator]();
    let step = actions.next(NOTHING_ASKED);
    for (let count = 0; !step.done; count++) {
      if (count === limit) {
        actions.return?.();
        return;
      }
      step = actions.next(this.chain.submit(agent, step.value));
    }
  }
}
