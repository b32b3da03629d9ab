import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { MemorySink } from "../../sim/records.ts";
import { loadAnyScenario, worldKind } from "../load-flock.ts";
import { scenariosFolder } from "../shipped.ts";
import { temporaryProject } from "../testing/temporary-project.ts";
import { buildRootEraWorld } from "./build.ts";
import { type LoadedRootEraScenario, loadRootEraScenario } from "./load.ts";
import { rootEraScenarioSchema } from "./schema.ts";

const shipped = (name: string) => join(scenariosFolder, `${name}.yaml`);
const project = temporaryProject();
afterAll(() => project.remove());

const faults = (text: string) =>
  project.faultLines(project.write("wrong.yaml", `version: 1\ntitle: Wrong\n${text}`));
const root = "  from: 2024-11-24\n  state: finney-root-2024\n";

describe("a scenario before dTAO", () => {
  test("is told by chain.from, its own or inherited", () => {
    expect(worldKind(shipped("genesis-2023"))).toBe("root era");
    expect(worldKind(shipped("what-if-root-cabal"))).toBe("root era");
    expect(worldKind(shipped("finney-2026"))).toBe("bittensor");
    expect(worldKind(shipped("finney-2026"), ["chain.from=4920350"])).toBe("root era");
    expect(worldKind(shipped("finney-2026"), ["chain.from=4920351"])).toBe("bittensor");
  });

  test.each(["genesis-2023", "root-weights-2024", "what-if-root-cabal", "dtao-switch-2025"])(
    "%s is loaded and shipped complete",
    (name) => {
      const { kind, loaded } = loadAnyScenario(shipped(name));
      expect(kind).toBe("root era");
      const { scenario } = loaded as LoadedRootEraScenario;
      expect(JSON.stringify(scenario)).not.toContain(scenariosFolder);
      expect(rootEraScenarioSchema.parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
    },
  );

  test("goes on with pools past the last block without, under rules that are checked too", () => {
    const loadedWith = (days: number) => {
      const path = project.write(
        "long.yaml",
        `version: 1\ntitle: Long\nchain:\n${root}  horizon_days: ${days}\n`,
      );
      return loadRootEraScenario(path);
    };
    expect(loadedWith(81.14).dtao).toBeNull();
    expect(loadedWith(81.14).scenario.dtao).toBeUndefined();
    const long = loadedWith(82);
    expect(long.dtao?.section.switch).toEqual({
      ...{ pool_tao: 1, moving_price: "emission", uncredited: "credited" },
    });
    expect(long.scenario.dtao).toEqual(long.dtao?.section);
    const rules = (text: string) =>
      faults(`chain:\n${root}  horizon_days: 82\ndtao:\n  chain:\n    rules: { ${text} }\n`);
    expect(rules("overrides: { tao_weight: 0.1 }")).toEqual([]);
    expect(rules("changes: [{ from: 2025-01-01, tao_weight: 0.1 }]")[0]).toMatch(
      /^wrong.yaml:9:\d+: dtao.chain.rules.changes\[0\].from: 2025-01-01 lies outside the run; the run goes from block 4920351 \(2025-02-13\)/,
    );
    expect(rules("overrides: { gate_exponent: 4 }")[0]).toMatch(
      /dtao.chain.rules.overrides.gate_exponent: a Hill gate is not there at block 4926535/,
    );
  });

  test("comes to pools while there are root weights, and before pools were concentrated", () => {
    const wrong = (poolsFrom: string) =>
      faults(`chain:\n${root}  horizon_days: 400\n  rules: { pools_from: ${poolsFrom} }\n`);
    expect(wrong("2025-06-01")).toEqual([]);
    expect(wrong("never")).toEqual([]);
    expect(wrong("4336000")).toEqual([
      "wrong.yaml:7:24: chain.rules.pools_from: 4336000 is no block at which pools can begin; a block from 4336136 to 5947548, or its date",
    ]);
    expect(wrong("2025-08-01")[0]).toMatch(/2025-08-01 is no block at which pools can begin/);
  });

  test("writes tables of pools, and two subnets neuron by neuron, only where it can", () => {
    const tables = "recording: { tables: [supply, pools] }\n";
    expect(faults(`chain:\n${root}${tables}`)[0]).toMatch(
      /recording.tables\[1\]: pools is written only with pools, and the run ends before; subnet_names,/,
    );
    expect(faults(`chain:\n${root}  horizon_days: 90\n${tables}`)).toEqual([]);
    const two = [15, 19].map((netuid) => `{ netuid: ${netuid}, metagraph: metagraph-sn15 }`);
    expect(
      faults(`chain:\n${root}  horizon_days: 90\n  detailed_subnets: [${two.join(", ")}]\n`)[0],
    ).toMatch(/chain.detailed_subnets\[1\]: a second subnet neuron by neuron, in a run/);
  });

  test("starts when its state was taken", () => {
    expect(faults("chain:\n  from: 2023-12-01\n")).toEqual([
      "wrong.yaml:4:9: chain.from: 2023-12-01 is not when finney-genesis-2023 was taken; 2023-03-20 or 0, or another state: finney-genesis-2023 is of 2023-03-20, finney-root-2024 of 2024-11-24",
    ]);
    expect(faults("chain:\n  from: 0\n  state: finney-genesis-2022\n")).toEqual([
      'wrong.yaml:5:10: chain.state: "finney-genesis-2022" is no shipped state from before dTAO; did you mean finney-genesis-2023?',
    ]);
  });

  test("begins before there are pools", () => {
    expect(faults("chain:\n  from: 2025-02-13\n")).toEqual([
      'wrong.yaml:4:9: chain.from: "2025-02-13" is no start before dTAO; a date before 2025-02-13 or a block up to 4920350; with pools the run starts from chain.state, and has no `from`',
    ]);
    expect(faults("chain:\n  from: soon\n")[0]).toMatch(/"soon" is no start before dTAO/);
  });

  test("has no pools, and no rules of later eras", () => {
    expect(faults(`chain:\n${root}  arithmetic: float64\n`)[0]).toMatch(
      /^wrong.yaml:6:3: chain.arithmetic: unknown field/,
    );
    expect(faults(`chain:\n${root}  rules: { overrides: {} }\n`)[0]).toMatch(
      /chain.rules.overrides: unknown field/,
    );
    expect(faults(`chain:\n${root}agents: { root: {} }\n`)[0]).toMatch(
      /agents.root: unknown field/,
    );
  });

  test("has a cabal of validators and for a subnet that exist", () => {
    const cabal = "agents:\n  cabal: { members: 3, first_rank: 63, netuid: 90 }\n";
    expect(faults(`chain:\n${root}${cabal}`)).toEqual([
      "wrong.yaml:7:21: agents.cabal.members: ranks 63 to 65, but there are 64 validators; fewer members, or a higher rank",
      "wrong.yaml:7:48: agents.cabal.netuid: 90 does not exist in finney-root-2024; a subnet that the run starts with",
    ]);
  });

  test("divides no more free TAO than there is", () => {
    expect(faults(`chain:\n${root}agents: { delegators: { wealth_tao: 5000000 } }\n`)[0]).toMatch(
      /agents.delegators.wealth_tao: delegators, founders and miners would hold more than the \d+ TAO that are free/,
    );
  });

  test("names what is wrong in a state of one's own", () => {
    project.write(
      "own/about.json",
      '{"format":"hivelab-root-state-1","source":"me","block":4000000,"total_issuance_rao":"9","staked_rao":"5","last_lock_rao":"1","last_lock_block":1}',
    );
    project.write("own/validators.csv", "uid,stake_rao,take_u16,own_stake_rao\n0,5,11797,\n");
    project.write("own/root-weights.csv", "uid,netuid,weight_e4\n");
    project.write("own/root-subnets.csv", "netuid\n");
    expect(faults("chain:\n  from: 4000000\n  state: ./own\n")).toEqual([
      'own/validators.csv:2:5: take_u16: "11797" is not right here; a whole number from 0 to 11796, or nothing',
    ]);
  });
});

describe("a world before dTAO", () => {
  test("begins with everybody's TAO of March 2023, to the rao", () => {
    const sink = new MemorySink();
    const { chain } = buildRootEraWorld(loadRootEraScenario(shipped("genesis-2023")), { sink });
    expect(chain.ledger.totalIssuanceRao).toBe(4_181_329_662_284_940n);
    expect(chain.ledger.stakedRao).toBe(2_361_517_466_099_541n);
    expect(chain.netuids).toEqual([3]);
    chain.advanceTo(1_000);
    // A block emits one TAO; 4,096 neurons and the floor of each part.
    expect(chain.ledger.mintedRao).toBeGreaterThan(989_999_000_000n);
  });

  test("moves to root weights on the block of the change", () => {
    const loaded = loadRootEraScenario(shipped("genesis-2023"), [
      "chain.rules.root_weights_from=300",
      "agents.delegators.count=3",
      "agents.root_validators.weigh_every_days=0.02",
    ]);
    const { world, chain } = buildRootEraWorld(
      { ...loaded, untilBlock: 1_200 },
      { sink: new MemorySink() },
    );
    world.run();
    expect(chain.root.seats).toHaveLength(64);
    // The only subnet there is: the table's value becomes root's.
    expect(chain.root.standings.get(3)?.trustBits).toBeGreaterThan(1n << 63n);
    expect(chain.subnets.get(3)?.emissionRao).toBeGreaterThanOrEqual(999_999_998);
  });

  test("starts from the captured root: seats, weights, takes and a subnet of neurons", () => {
    const { chain } = buildRootEraWorld(loadRootEraScenario(shipped("root-weights-2024")), {
      sink: new MemorySink(),
    });
    expect(chain.ledger.totalIssuanceRao).toBe(7_859_300_000_000_000n);
    expect(chain.root.seats).toHaveLength(64);
    // Seven seats of the capture weigh nothing.
    expect(chain.root.rows.size).toBe(57);
    expect(chain.subnets.get(15)?.start.neurons.kind).toBe("yuma");
    chain.advanceTo(4_336_135 + 800);
    chain.checkBooks();
  });
});
