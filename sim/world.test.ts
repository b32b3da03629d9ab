import { describe, expect, test } from "vitest";
import type { Agent, Outcome } from "./agent.ts";
import { randomSource } from "./random.ts";
import { type Chain, World } from "./world.ts";

type Log = string[];

class CountingChain implements Chain<{ block: number }, string> {
  block = 100;
  readonly log: Log = [];
  advanceTo(block: number): void {
    this.block = block;
  }
  viewFor(): { block: number } {
    const chain = this;
    return {
      get block() {
        return chain.block;
      },
    };
  }
  submit(agent: Agent<{ block: number }, string>, action: string): Outcome {
    this.log.push(`${this.block} ${agent.id} ${action}`);
    return { applied: true, feeRao: 0n };
  }
  record(): void {
    this.log.push(`${this.block} record`);
  }
}

const shouter = (id: string, firstBlock: number, everyBlocks: number, times = 1) => ({
  id,
  role: "test",
  wake: { firstBlock, everyBlocks },
  *act(view: { block: number }) {
    for (let i = 0; i < times; i++) yield `hello@${view.block}`;
  },
});

describe("a world", () => {
  test("wakes agents on schedule, in their order, and records on time and at the end", () => {
    const chain = new CountingChain();
    const agents = [shouter("b", 103, 4), shouter("a", 0, 6)];
    new World(chain, agents, randomSource("s"), { untilBlock: 111, recordEveryBlocks: 5 }).run();
    expect(chain.log).toEqual([
      "101 a hello@101",
      "103 b hello@103",
      "105 record",
      "107 b hello@107",
      "107 a hello@107",
      "110 record",
      "111 b hello@111",
      "111 record",
    ]);
  });

  test("takes no more actions of one waking than the limit", () => {
    const chain = new CountingChain();
    const options = { untilBlock: 101, recordEveryBlocks: 50, maxActionsPerWake: 2 };
    new World(chain, [shouter("a", 0, 1, 5)], randomSource("s"), options).run();
    expect(chain.log.filter((line) => line.includes("hello"))).toHaveLength(2);
  });

  test("tells an agent the outcome of its action before it asks for the next", () => {
    const chain = new CountingChain();
    const refuseOnce = { applied: false, reason: "SettingWeightsTooFast" } as const;
    chain.submit = (_, action) => {
      chain.log.push(action);
      return chain.log.length === 1 ? refuseOnce : { applied: true, feeRao: 0n };
    };
    const learner: Agent<{ block: number }, string> = {
      id: "learner",
      role: "test",
      wake: { firstBlock: 101, everyBlocks: 9 },
      *act(): Generator<string, void, Outcome> {
        let outcome = yield "first try";
        while (!outcome.applied) outcome = yield `again after ${outcome.reason}`;
      },
    };
    const options = { untilBlock: 101, recordEveryBlocks: 50 };
    new World(chain, [learner], randomSource("s"), options).run();
    expect(chain.log).toEqual(["first try", "again after SettingWeightsTooFast", "101 record"]);
  });

  test("refuses two agents of one name", () => {
    const agents = [shouter("a", 0, 1), shouter("a", 0, 1)];
    const options = { untilBlock: 101, recordEveryBlocks: 1 };
    expect(() => new World(new CountingChain(), agents, randomSource("s"), options)).toThrow(
      /two agents/,
    );
  });
});
