import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import { quickSets } from "../../scenarios/testing/quick-flock.ts";
import { MemorySink } from "../../sim/records.ts";
import { openSimulation } from "../engine.ts";
import { SnapshotError, Snapshots } from "./snapshot.ts";

const scenario = (name: string) =>
  fileURLToPath(new URL(join("..", "..", "scenarios", `${name}.yaml`), import.meta.url));

class Counter {
  values = new Float64Array(2);
  friends = new Map<string, Counter>();
  constructor(public name: string) {}
  get sum(): number {
    return this.values[0] + this.values[1];
  }
}

const build = () => {
  const first = new Counter("first");
  const memory = new WebAssembly.Memory({ initial: 1 });
  const whole = new BigUint64Array(memory.buffer, 64, 2);
  const readFirst = () => first.sum;
  return { first, memory, whole, readFirst, list: [] as unknown[], table: { a: 1, b: -0 } };
};

describe("a snapshot", () => {
  test("puts state back into what was there, and makes anew what came later", () => {
    const world = build();
    const saving = new Snapshots(world);
    world.first.values[1] = 0.1;
    const later = new Counter("later");
    later.friends.set("back", world.first);
    world.first.friends.set("later", later);
    world.list.push(later, 2n ** 70n, undefined, Number.NaN, new Set([later]));
    world.memory.grow(1);
    new BigUint64Array(world.memory.buffer, 64, 2)[1] = 7n;
    world.whole = new BigUint64Array(world.memory.buffer, 64, 2);
    world.table = { b: -0, c: 3 } as never;
    const bytes = saving.save();
    const other = build();
    new Snapshots(other).restore(bytes);
    expect(other.readFirst()).toBe(0.1);
    const restored = other.first.friends.get("later")!;
    expect(restored).toBeInstanceOf(Counter);
    expect(restored.friends.get("back")).toBe(other.first);
    expect(other.list.slice(1, 4)).toEqual([2n ** 70n, undefined, Number.NaN]);
    expect((other.list[4] as Set<unknown>).has(restored)).toBe(true);
    expect(other.memory.buffer.byteLength).toBe(2 * 65_536);
    expect(other.whole.buffer).toBe(other.memory.buffer);
    expect(other.whole[1]).toBe(7n);
    expect(Object.keys(other.table)).toEqual(["b", "c"]);
    expect(Object.is(other.table.b, -0)).toBe(true);
  });

  test("keeps the gaps of an array that is filled out of order", () => {
    const world = build();
    const saving = new Snapshots(world);
    world.list[3] = 3;
    world.list[1] = 1;
    const bytes = saving.save();
    const other = build();
    new Snapshots(other).restore(bytes);
    expect(other.list).toStrictEqual(world.list);
    expect(Object.keys(other.list)).toEqual(["1", "3"]);
  });

  test("names what it cannot carry", () => {
    const world = build();
    const saving = new Snapshots(world);
    world.list.push({ inner: () => 1 });
    expect(() => saving.save()).toThrow(
      new SnapshotError("cannot be saved: list.0.inner is a function that the start did not have"),
    );
    world.list[0] = new (class Stranger {})();
    expect(() => saving.save()).toThrow("list.0 is a Stranger, of which the start had none");
  });
});

const flockSets = [...quickSets, "flock.horizon_days=30"];
/** A few days of FLock by itself, then a day of both. */
const lateStart = ["flock.start=2026-08-26", "chain.horizon_days=1.1"];
const cases: [string, string[], number][] = [
  ["tao-supply", ["supply.horizon_days=400"], 130],
  ["finney-2026", ["chain.horizon_days=0.1", "recording.every_blocks=60"], 7],
  ["flock-mid-2025", flockSets, 11],
  ["flock-v1-to-v2", flockSets, 11],
  ["flock-research-on-bittensor", [...quickSets, ...lateStart], 4],
];

test.each(cases)(
  "%s goes on from a snapshot as if nothing had been",
  (name, sets, steps) => {
    const open = () => {
      const sink = new MemorySink();
      const simulation = openSimulation(loadAnyScenario(scenario(name), sets), sink);
      return { simulation, sink, snapshots: new Snapshots(simulation.state ?? simulation) };
    };
    const first = open();
    for (let step = 0; step < steps; step++) first.simulation.step();
    const bytes = first.snapshots.save();
    first.sink.tables.clear();
    const second = open();
    second.snapshots.restore(bytes);
    // What a world writes when it is built was written before the snapshot.
    second.sink.tables.clear();
    expect(second.simulation.position).toBe(first.simulation.position);
    for (const { simulation } of [first, second]) {
      while (!simulation.isDone) simulation.step();
      simulation.close();
    }
    expect(first.sink.tables.size).toBeGreaterThan(0);
    expect(second.sink.tables).toEqual(first.sink.tables);
  },
  240_000,
);
