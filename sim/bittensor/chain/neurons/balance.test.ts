import fc from "fast-check";
import { expect, test } from "vitest";
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import { START_BLOCK } from "../example-setup.ts";
import { newSubnetParameters } from "../new-subnet.ts";
import type { NeuronAction } from "./actions.ts";
import { newSubnetRegistration } from "./registration-terms.ts";
import { start, TAO } from "./testing.ts";

const miners = ["ann/0", "ann/1", "ann/2", "ann/3", "miner/3/1", "miner/3/2"];
const hotkeys = [...miners, "validator/3/0"];
const ownerOf = (hotkey: string) => (hotkey.startsWith("ann") ? "ann" : hotkey);

const hotkey = fc.constantFrom(...hotkeys);
const u16 = fc.integer({ min: 0, max: 65_535 });
const rao = fc.bigInt(1n, 200n * TAO);
const netuid = fc.constant(3 as const);

/** Anything that can be asked about neurons, sound or not. */
const action: fc.Arbitrary<NeuronAction> = fc.oneof(
  fc.record({ kind: fc.constant("burned_register" as const), netuid, hotkey }),
  fc.record({ kind: fc.constant("burned_register" as const), netuid, hotkey }),
  fc.record({
    kind: fc.constant("commit_timelocked_weights" as const),
    netuid,
    hotkey,
    uids: fc.constant([1, 2, 3]),
    values: fc.tuple(u16, u16, u16),
  }),
  fc.record({
    kind: fc.constant("set_children" as const),
    netuid,
    hotkey,
    children: fc.array(fc.record({ hotkey, proportionU64: fc.bigInt(1n, U64_MAX / 3n) }), {
      maxLength: 3,
    }),
  }),
  fc.record({ kind: fc.constant("set_childkey_take" as const), netuid, hotkey, takeU16: u16 }),
  fc.record({
    kind: fc.constantFrom("increase_take" as const, "decrease_take" as const),
    netuid: fc.constant(0 as const),
    hotkey,
    takeU16: fc.integer({ min: 0, max: 12_000 }),
  }),
  fc.record({ kind: fc.constant("set_coldkey_auto_stake_hotkey" as const), netuid, hotkey }),
  fc.record({
    kind: fc.constantFrom("add_collateral" as const, "set_min_collateral" as const),
    netuid,
    hotkey,
    amountRao: rao,
  }),
);

test("whatever is asked about neurons, every rao has its place, and locked alpha is there", () => {
  const steps = fc.array(fc.tuple(action, fc.integer({ min: 1, max: 200 })), {
    minLength: 12,
    maxLength: 25,
  });
  const applied = new Set<string>();
  fc.assert(
    fc.property(steps, fc.boolean(), (plan, recyclesWithheld) => {
      const { chain, submit, subnet } = start({
        subnet: {
          maxAllowedUids: 5,
          recyclesWithheld,
          collateral: { lockShareU16: 20_000, drainRatioBits: 1n << 62n },
          parameters: { ...newSubnetParameters, commitReveal: true, stakeThresholdRao: 0n },
          registration: {
            ...newSubnetRegistration,
            replacement: { immunityBlocks: 100, immuneOwnerUids: 1, minNonImmuneUids: 1 },
          },
        },
        parameters: { childrenCooldownBlocks: 50 },
      });
      let block = START_BLOCK;
      for (const [asked, wait] of plan) {
        block += wait;
        chain.advanceTo(block);
        const outcome = submit("hotkey" in asked ? ownerOf(asked.hotkey) : "ann", asked);
        if (outcome.applied) applied.add(asked.kind);
      }
      chain.advanceTo(block + 800);
      chain.checkBooks();
      expect(new Set(subnet.neurons.map((neuron) => neuron.hotkey)).size).toBe(
        subnet.neurons.length,
      );
      for (const [uid, neuron] of subnet.neurons.entries()) {
        expect(subnet.uidOf.get(neuron.hotkey)).toBe(uid);
      }
      for (const key of hotkeys) {
        const heldRao = chain.book.stakeRao(key, ownerOf(key), 3);
        expect(subnet.collateral.lockedRao(key)).toBeLessThanOrEqual(heldRao);
      }
    }),
    { numRuns: 25 },
  );
  // The plans are not all refusals.
  expect(applied.size).toBeGreaterThan(5);
});
