import { afterAll, describe, expect, test } from "vitest";
import { MemorySink } from "../sim/records.ts";
import { buildWorld } from "./build-world.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const project = temporaryProject();
afterAll(() => project.remove());
const start = "version: 1\ntitle: A test\nagents:\n";

function run(agents: string, sets: readonly string[] = []) {
  const path = project.write("run.yaml", `${start}${agents}`);
  const sink = new MemorySink();
  const built = buildWorld(project.load(path, ["chain.horizon_days=0.35", ...sets]), { sink });
  built.world.run();
  built.chain.checkBooks();
  return { ...built, sink };
}

describe("a subnet that is simulated neuron by neuron", () => {
  test("takes miners from outside, who replace those that earn least", () => {
    const { sink, chain } = run("  entrants: { count: 40, wealth_tao: 50 }\n");
    const rows = sink.objects("registrations");
    expect(rows.length).toBeGreaterThan(3);
    expect(rows[0].replaced_emission_rao).toBe(0n);
    expect(rows.every(({ coldkey }) => /^entrant\/15\/\d+$/.test(String(coldkey)))).toBe(true);
    const paid = rows.reduce((sum, { cost_rao: rao }) => sum + Number(rao), 0);
    expect(paid).toBeGreaterThan(0);
    expect(chain.detailed.get(15)?.neurons).toHaveLength(256);
    const prices = sink.objects("registration_prices").map(({ price_rao: rao }) => Number(rao));
    expect(Math.max(...prices)).toBeGreaterThan(prices[0]);
  });

  test("is crowded by an attacker for as long as the price stays under its limit", () => {
    const { sink } = run("  spammers: { count: 1, start_after_days: 0.1, max_price_tao: 0.3 }\n");
    const rows = sink.objects("registrations");
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ cost_rao: rao }) => (rao as bigint) <= 300_000_000n)).toBe(true);
    expect(new Set(rows.map(({ hotkey }) => hotkey)).size).toBe(rows.length);
  });

  test("has validators that copy, of the role by which records tell them apart", () => {
    const commit =
      "chain.detailed_subnets[0]={netuid: 15, metagraph: metagraph-sn15, commit_reveal: true}";
    const { sink, chain, assumptions } = run("  copiers: { count: 3 }\n", [commit]);
    expect(assumptions.join(" ")).toContain("weights are committed and opened 1 epoch later");
    expect(assumptions.join(" ")).toContain("3 validators with at least 1,000 TAO of stake copy");
    const copiers = chain.detailed.get(15)?.neurons.filter(({ role }) => role === "copier");
    expect(copiers).toHaveLength(3);
    const asked = sink.objects("actions");
    const of = (role: string) => asked.filter((row) => row.role === role && row.applied);
    expect(of("copier").map(({ action }) => action)).toContain("commit_timelocked_weights");
    expect(of("validator").map(({ action }) => action)).not.toContain("set_weights");
    expect(chain.detailed.get(15)?.commits.stored).toBeGreaterThan(20);
    expect(chain.detailed.get(15)?.commits.refused).toBe(0);
  });
});

describe("a scenario that cannot be peopled is told why", () => {
  test("collateral of miners, before spec 437", () => {
    const text = "chain:\n  rules: { as_of: R5 }\n  detailed_subnets:\n";
    const subnet = "    - { netuid: 15, metagraph: metagraph-sn15, collateral_share: 0.5 }\n";
    const path = project.write("x.yaml", `version: 1\ntitle: A test\n${text}${subnet}`);
    const [line] = project.faultLines(path);
    expect(line).toContain(
      "detailed_subnets[0].collateral_share: collateral of miners is not there",
    );
    expect(line).toContain("possible from block 8636191 (2026-07-16) on");
  });

  const cases: readonly (readonly [string, ...string[]])[] = [
    [
      "  entrants: { count: 1, netuid: 9 }\n",
      "x.yaml:4:33: agents.entrants.netuid: 9 is not simulated neuron by neuron; a netuid of chain.detailed_subnets",
    ],
    [
      "  spammers: { count: 1 }\nchain: { detailed_subnets: [] }\n",
      "x.yaml:4:13: agents.spammers.netuid: no subnet is simulated neuron by neuron; a netuid of chain.detailed_subnets",
    ],
    [
      "  copiers: { count: 40 }\n",
      "x.yaml:4:21: agents.copiers.count: 40 of subnet 15's validators cannot copy; at most 10: one of those with 1,000 TAO of stake must score miners",
    ],
    [
      "  entrants: { count: 1 }\n  flockoff: { netuid: 15 }\n",
      "x.yaml:4:13: agents.entrants.netuid: 15 is FLockOff's, whose miners are those of the start; another netuid of chain.detailed_subnets",
    ],
  ];

  test.each(cases)("%s", (text, ...lines) => {
    expect(project.faultLines(project.write("x.yaml", start + text))).toEqual(lines);
  });
});
