import fc from "fast-check";
import { expect, test } from "vitest";
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import type { BittensorAction } from "../actions.ts";
import { START_BLOCK } from "../example-setup.ts";
import { start, TAO } from "../neurons/testing.ts";
import { newSubnetParameters } from "../new-subnet.ts";

/** Everything belongs to one coldkey, so that any hotkey may be swapped for any other. */
const OWNER = "ann";
const hotkeys = ["a", "b", "c", "d", "e"];
const hotkey = fc.constantFrom(...hotkeys);
const netuid = fc.constant(3 as const);
const asked: fc.Arbitrary<BittensorAction> = fc.oneof(
  fc.record({
    kind: fc.constant("swap_hotkey" as const),
    netuid,
    allSubnets: fc.boolean(),
    hotkey,
    newHotkey: hotkey,
  }),
  fc.record({
    kind: fc.constant("set_children" as const),
    netuid,
    hotkey,
    children: fc.array(fc.record({ hotkey, proportionU64: fc.bigInt(1n, U64_MAX / 3n) }), {
      maxLength: 3,
    }),
  }),
  fc.record({ kind: fc.constant("burned_register" as const), netuid, hotkey }),
  fc.record({
    kind: fc.constantFrom("add_stake" as const, "lock_stake" as const),
    netuid,
    hotkey,
    amountRao: fc.bigInt(TAO, 5n * TAO),
  }),
  fc.record({
    kind: fc.constant("sudo_set_mechanism_count" as const),
    netuid,
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant("sudo_set_epoch_consensus" as const),
    netuid,
    mode: fc.constantFrom("yuma" as const, "null" as const),
  }),
  fc.record({
    kind: fc.constant("set_mechanism_weights" as const),
    netuid,
    hotkey,
    mechanism: fc.integer({ min: 0, max: 2 }),
    uids: fc.constant([1, 2]),
    values: fc.tuple(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 65_535 })),
  }),
);

test("whatever keys, mechanisms and consensus are changed to, every rao and every relation has its place", () => {
  const steps = fc.array(fc.tuple(asked, fc.integer({ min: 1, max: 1_500 })), {
    minLength: 10,
    maxLength: 18,
  });
  const applied = new Set<string>();
  fc.assert(
    fc.property(
      steps,
      fc.constantFrom("exact" as const, "float64" as const),
      (plan, arithmetic) => {
        const { chain, submit, subnet } = start({
          subnet: {
            maxAllowedUids: 64,
            parameters: { ...newSubnetParameters, stakeThresholdRao: 0n },
          },
          parameters: { arithmetic, childrenCooldownBlocks: 50, nullConsensus: true },
          setup: (setup) => ({
            ...setup,
            detailed: setup.detailed.map((entry) => ({
              ...entry,
              owner: { hotkey: "a", coldkey: OWNER },
            })),
          }),
        });
        for (const key of hotkeys) chain.registry.setHotkey({ hotkey: key, coldkey: OWNER });
        let block = START_BLOCK;
        for (const [action, wait] of plan) {
          block += wait;
          chain.advanceTo(block);
          const outcome = submit(OWNER, action);
          if (outcome.applied) applied.add(action.kind);
        }
        chain.advanceTo(block + 800);
        chain.checkBooks();
        const { family, neurons, uidOf } = subnet;
        expect(uidOf.size).toBe(neurons.length);
        for (const [uid, neuron] of neurons.entries()) expect(uidOf.get(neuron.hotkey)).toBe(uid);
        const known = [...hotkeys, ...neurons.map((neuron) => neuron.hotkey)];
        const edges = (of: (name: string) => readonly { hotkey: string }[]) =>
          new Set(
            known.flatMap((name) => of(name).map((other) => [name, other.hotkey])).map(String),
          );
        const down = edges((name) => family.childrenOf(name));
        const up = [...edges((name) => family.parentsOf(name))].map((edge) => {
          const [child, parent] = edge.split(",");
          return `${parent},${child}`;
        });
        expect(new Set(up)).toEqual(down);
        // What anybody holds, somebody owns.
        for (const name of chain.book.hotkeysOf(3))
          expect(chain.registry.hasHotkey(name)).toBe(true);
      },
    ),
    { numRuns: 12 },
  );
  expect(applied.size).toBeGreaterThan(4);
});
