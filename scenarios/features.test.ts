import { afterAll, describe, expect, test } from "vitest";
import { describedFields } from "./catalogue.ts";
import { featureFaults, possibleFrom } from "./feature-faults.ts";
import { ceilings, features, limitAt } from "./features.ts";
import { temporaryProject } from "./testing/temporary-project.ts";
import type { Tree } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

const project = temporaryProject();
afterAll(() => project.remove());

const state = { block: 5_361_000, timeMs: Date.parse("2025-04-17T00:00:00Z") };
const tree = (text: string): Tree => readYaml(text, "x.yaml");
const linesOf = (text: string, span: Partial<Parameters<typeof featureFaults>[0]> = {}) =>
  featureFaults({
    tree: tree(text),
    state,
    untilBlock: state.block + 7_200,
    starts: {},
    fixedBlock: null,
    ...span,
  }).map(({ line, column, field, problem, remedy }) =>
    [line, column, ` ${field}`, ` ${problem}; ${remedy}`].join(":"),
  );

describe("what a scenario asks for too early", () => {
  test("is told with the date from which it would be possible", () => {
    expect(linesOf("chain:\n  rules:\n    overrides: { emission_switch: false }")).toEqual([
      "3:35: chain.rules.overrides.emission_switch: a switch for each subnet's emission is not there at block 5368200 (2025-04-18); possible from block 8283784 (2026-05-28) on",
    ]);
    expect(linesOf("agents: { root: { claim_share_per_day: 0.1 } }")).toEqual([
      "1:40: agents.root.claim_share_per_day: claiming root dividends is not there at block 5368200 (2025-04-18); possible from block 6820000 (2025-11-06) on",
    ]);
    expect(
      linesOf("chain: { rules: { changes: [{ from: 5362000, swap_fee_share: 0.1 }] } }"),
    ).toEqual([
      "1:62: chain.rules.changes[0].swap_fee_share: a fee on swaps is not there at block 5368200 (2025-04-18); possible from block 5947549 (2025-07-08) on",
    ]);
  });

  test("a takeover by conviction in 2025 is told that it takes until July 2026", () => {
    expect(linesOf("agents: { takeover: { count: 1 } }")).toEqual([
      "1:30: agents.takeover.count: a change of a subnet's owner by conviction is not there at block 5368200 (2025-04-18); possible from block 8636191 (2026-07-16) on",
    ]);
  });

  test("a leased subnet, several mechanisms and a lock by a call are told as well", () => {
    expect(linesOf("chain: { leases: [{ netuid: 4 }] }")[0]).toMatch(
      /chain.leases\[0\].netuid: a leased subnet is not there .* from block 6205200 \(2025-08-12\) on$/,
    );
    const called = (name: string) => linesOf(`chain: { calls: [{ call: ${name} }] }`);
    expect(called("sudo_set_mechanism_count")[0]).toMatch(
      /chain.calls\[0\].call: a subnet with several mechanisms is not there .* \(2025-09-23\) on$/,
    );
    expect(called("lock_stake")[0]).toMatch(
      /a conviction lock is not there .* possible from block/,
    );
    expect(called("sudo_set_epoch_consensus")[0]).toMatch(
      /null consensus is not there .* from block 9233782 \(2026-10-07\) on$/,
    );
    expect(called("set_children")).toEqual([]);
  });

  test("is no fault where the run comes to it, or the scenario lets it begin earlier", () => {
    const text = "agents: { root: { claim_share_per_day: 0.1 } }";
    expect(linesOf(text, { untilBlock: 6_820_000 })).toEqual([]);
    expect(linesOf(text, { starts: { "root claims": 5_362_000 } })).toEqual([]);
    const bent = { starts: { "root claims": 5_500_000 } };
    expect(linesOf(text, bent)[0]).toMatch(/possible from block 5500000 \(2025-05-06\) on$/);
    expect(linesOf(text, { starts: { "root claims": null } })[0]).toMatch(
      /possible from block 8765684 \(2026-08-03\) on$/,
    );
  });

  test("counts numbers of the time as well as rules, and what the scenario brings itself", () => {
    const overrides = (text: string) => `chain: { rules: { overrides: { ${text} } } }`;
    const early = { state: { block: 5_000_000, timeMs: Date.parse("2025-02-24") } };
    const until = { ...early, untilBlock: 5_050_000 };
    expect(linesOf(overrides("moving_price_half_age_blocks: 0"), until)[0]).toMatch(
      /a slow start of the price average is not there .* possible from block 5071500/,
    );
    expect(linesOf(overrides("gate_exponent: 2"))[0]).toMatch(
      /a Hill gate is not there .* possible from block 8713794 \(2026-07-27\) on$/,
    );
    expect(linesOf(overrides("gate_exponent: 2, gate: true"))).toEqual([]);
    expect(linesOf(overrides("burn_penalty: false"))).toHaveLength(1);
    expect(linesOf(overrides("burn_penalty: true"))).toEqual([]);
  });

  test("is no fault where it asks for nothing", () => {
    expect(linesOf("agents: { root: { claim_share_per_day: 0 } }")).toEqual([]);
    expect(linesOf("title: nothing")).toEqual([]);
  });

  test("goes by the frozen rules where they are frozen", () => {
    const text = "chain: { rules: { overrides: { emission_switch: true } } }";
    expect(linesOf(text, { fixedBlock: 9_000_000 })).toEqual([]);
  });
});

describe("what a scenario asks for beyond a limit", () => {
  test("is told with the limit", () => {
    const text = "version: 1\ntitle: t\nchain: { rules: { overrides: { swap_fee_share: 0.2 } } }\n";
    expect(project.faultLines(project.write("x.yaml", text))).toEqual([
      "x.yaml:3:48: chain.rules.overrides.swap_fee_share: 0.2 is over the chain's limit; largest swap fee that an owner may set: 10000/65535 (0.15259)",
    ]);
    expect(linesOf("chain: { detailed_subnets: [{ netuid: 129 }] }")[0]).toMatch(
      /chain.detailed_subnets\[0\].netuid: 129 is over the chain's limit; subnets besides root: 128/,
    );
  });

  test("is right at the limit itself", () => {
    expect(linesOf("agents: { validators: { take_share: 0.18 } }")).toEqual([]);
    expect(linesOf("agents: { validators: { take_share: 0.1801 } }")).toHaveLength(1);
  });
});

test("every feature and ceiling names a field of the schema and something of the chain", () => {
  const known = new Set(describedFields().map(({ field }) => field.replaceAll("[]", ".*")));
  for (const { field } of [...features, ...ceilings]) expect(known).toContain(field);
  for (const { exists } of features) {
    expect(possibleFrom(exists, { state, starts: {} })).not.toBeNull();
  }
  for (const { limit } of ceilings) expect(limitAt(limit, 9_000_000)).toBeDefined();
});
