import { afterAll, describe, expect, test } from "vitest";
import { type Cell, MemorySink } from "../../sim/records.ts";
import { buildWorld } from "../build-world.ts";
import { temporaryProject } from "../testing/temporary-project.ts";
import { callKinds } from "./kinds.ts";
import { callNames } from "./names.ts";

const project = temporaryProject();
afterAll(() => project.remove());
const written = (calls: string): string =>
  project.write(
    "calls.yaml",
    `version: 1\ntitle: A test\nchain:\n  horizon_days: 0.05\n  calls:\n${calls}`,
  );
const faults = (calls: string): string[] => project.faultLines(written(calls));

type Row = Readonly<Record<string, Cell>> & { readonly after: number };

function run(calls: string, sets: readonly string[] = []) {
  const sink = new MemorySink();
  const loaded = project.load(written(calls), sets);
  const built = buildWorld(loaded, { sink });
  built.world.run();
  built.chain.checkBooks();
  const startBlock = loaded.state.block;
  const actions = sink
    .objects("actions")
    .map((row): Row => ({ ...row, after: Number(row.block) - startBlock }));
  return { ...built, sink, actions };
}

describe("a scenario's calls", () => {
  const takes = `    - { call: set_childkey_take, after_days: 0.01, by: validator/15/21, netuid: 15, take_share: 0.09 }
    - { call: set_childkey_take, after_days: 0.02, by: validator/15/21, netuid: 15, take_share: 0.1 }
    - { call: decrease_take, by: validator/15/2, take_share: 0.1 }
    - { call: set_children, every_days: 0.02, by: validator/15/2, netuid: 15, children: [{ hotkey: validator/15/21, share: 0.5 }] }
`;

  test("are made in their blocks, in the name of who signs, and answered by the chain", () => {
    const { actions, sink, chain, assumptions } = run(takes);
    const of = (agent: string, prefix: string) =>
      actions
        .filter((row) => row.agent === agent && String(row.action).startsWith(prefix))
        .map(({ after, applied, refusal }) => [after, applied, refusal]);
    expect(of("validator/15/21", "set_childkey_take")).toEqual([
      [72, true, null],
      [144, false, "TxChildkeyTakeRateLimitExceeded"],
    ]);
    expect(of("validator/15/2", "decrease_take")).toEqual([[1, true, null]]);
    // 144 blocks apart where the chain wants 150: every second one is taken.
    expect(of("validator/15/2", "set_children")).toEqual([
      [1, true, null],
      [145, false, "TxRateLimitExceeded"],
      [289, true, null],
    ]);
    expect(chain.takes.ofU16("validator/15/2")).toBe(6_554);
    const terms = sink.objects("stake_terms");
    expect(terms.map(({ netuid, term, hotkey, uid }) => [netuid, term, hotkey, uid])).toEqual([
      [0, "delegate_take", "validator/15/2", null],
      [15, "child_take", "validator/15/21", 21],
    ]);
    expect(terms.map(({ before, share }) => [before, share])).toEqual([
      [11_796 / 65_535, 6_554 / 65_535],
      [0, 5_898 / 65_535],
    ]);
    expect(assumptions.join(" ")).toContain("4 calls are made at times that the scenario sets");
  });

  test("leave everybody else's random numbers as they are", () => {
    const others = (rows: readonly Row[]) =>
      rows
        .filter(({ action }) => action === "set_weights")
        .map(({ block, agent }) => [block, agent]);
    const none = "    []\n";
    expect(others(run(takes).actions)).toEqual(others(run(none).actions));
  });

  test("swap hotkeys of people who go on under the new ones", () => {
    const swaps = `    - { call: remove_stake, by: validator/15/2, netuid: 15, amount_alpha: 50 }
    - { call: swap_hotkey, after_days: 0.003, by: validator/15/2, to: validator/15/2b }
    - { call: remove_stake, by: miner/15/41, netuid: 15, amount_alpha: 1 }
    - { call: swap_hotkey, after_days: 0.003, by: miner/15/41, netuid: 15, to: miner/15/41b }
`;
    const { actions, sink, chain } = run(swaps);
    const applied = actions.filter(({ action, applied: is }) => action === "swap_hotkey" && is);
    expect(applied.map(({ after }) => after)).toEqual([22, 22]);
    expect(sink.objects("key_swaps").map(({ netuid, new_key }) => [netuid, new_key])).toEqual([
      [null, "validator/15/2b"],
      [15, "miner/15/41b"],
    ]);
    const subnet = chain.detailed.get(15);
    expect(subnet?.neurons[2].hotkey).toBe("validator/15/2b");
    const sets = actions.filter((row) => row.agent === "validator/15/2" && row.after > 22);
    const weighed = sets.filter(({ action }) => action === "set_weights");
    expect(weighed.length).toBeGreaterThan(0);
    expect(weighed.every((row) => row.applied)).toBe(true);
    // Whoever weighs after the swap knows the miner's work by its new name.
    const row = subnet?.weights[2];
    const place = Array.from(row?.columns ?? []).indexOf(41);
    expect(row?.values[place]).toBeGreaterThan(0);
  });

  test("take all of a position where no amount is named", () => {
    const sell = `    - { call: remove_stake, by: stakers/4, netuid: 4, hotkey: validators/4 }\n`;
    const { actions, chain } = run(sell);
    const [row] = actions.filter(({ agent }) => agent === "stakers/4");
    expect(row).toMatchObject({ action: "remove_stake", applied: true, role: "delegator" });
    expect(chain.book.coldkeyStakeRao("stakers/4", 4)).toBe(0n);
  });
});

describe("calls that cannot be made are told", () => {
  const at = (index: number) => `calls.yaml:${6 + index}`;

  test("with the field that is missing, or that the call does not know", () => {
    expect(faults("    - { call: set_children, by: validator/15/2, netuid: 15 }\n")).toEqual([
      `${at(0)}:7: chain.calls[0].children: is missing; set_children wants it`,
    ]);
    expect(
      faults("    - { call: decrease_take, by: validator/15/2, take_share: 0.1, netuid: 3 }\n"),
    ).toEqual([
      `${at(0)}:67: chain.calls[0].netuid: means nothing to decrease_take; it takes \`take_share\` or \`hotkey\``,
    ]);
  });

  test("with the name, the subnet and the day that are not there", () => {
    expect(
      faults(
        "    - { call: decrease_take, by: validator/15/3000, take_share: 0.1 }\n" +
          "    - { call: set_childkey_take, by: owner/4, netuid: 4, take_share: 0.1 }\n" +
          "    - { call: burn_alpha, by: owner/4, netuid: 200 }\n" +
          "    - { call: burn_alpha, by: owner/4, netuid: 4, after_days: 1 }\n",
      ),
    ).toEqual([
      expect.stringContaining(
        'calls.yaml:6:34: chain.calls[0].by: nobody is called "validator/15/3000" at the start; did you mean `validator/15/',
      ),
      `${at(1)}:55: chain.calls[1].netuid: 4 is not simulated neuron by neuron; a netuid of chain.detailed_subnets`,
      `${at(2)}:48: chain.calls[2].netuid: 200 does not exist at the start; a subnet of the state`,
      `${at(3)}:63: chain.calls[3].after_days: 1 lies after the end of the run; it lasts 0.05 days (chain.horizon_days)`,
    ]);
  });

  test("with the chain's limit of a take", () => {
    expect(faults("    - { call: increase_take, by: owner/4, take_share: 0.2 }\n")).toEqual([
      `${at(0)}:55: chain.calls[0].take_share: 0.2 is over the chain's limit; largest delegate take: 11796/65535 (0.18000)`,
    ]);
  });

  test("but not of who has got a coldkey by a swap before", () => {
    expect(
      faults(
        "    - { call: announce_coldkey_swap, by: owner/4, to: heir }\n" +
          "    - { call: swap_coldkey_announced, by: owner/4, to: heir }\n" +
          "    - { call: burn_alpha, by: heir, netuid: 4, hotkey: owner/4 }\n",
      ),
    ).toEqual([]);
  });
});

test("every call has a kind, whose needs it does not also leave open", () => {
  expect(Object.keys(callKinds)).toEqual([...callNames]);
  for (const { needs, may, onNeurons } of Object.values(callKinds)) {
    expect(may.filter((field) => needs.includes(field))).toEqual([]);
    if (onNeurons) expect(needs).toContain("netuid");
  }
});
