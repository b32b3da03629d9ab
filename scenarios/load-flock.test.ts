import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildFlockWorld } from "./build-flock.ts";
import { loadAnyScenario, loadFlockScenario, worldKind } from "./load-flock.ts";
import { scenariosFolder, shippedScenarioNames } from "./shipped.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const project = temporaryProject();
afterAll(() => project.remove());

const base = join(scenariosFolder, "flock-mid-2025.yaml");
const faults = (text: string) =>
  project.faultLines(project.write("wrong.yaml", `version: 1\ntitle: Wrong\n${text}`));

describe("a FLock scenario", () => {
  test("is told by its flock section, its own or inherited", () => {
    expect(worldKind(base)).toBe("flock");
    expect(worldKind(join(scenariosFolder, "flock-what-if-whale.yaml"))).toBe("flock");
    expect(worldKind(join(scenariosFolder, "finney-2026.yaml"))).toBe("bittensor");
  });

  test("every shipped one loads", () => {
    const names = shippedScenarioNames().filter((name) => name.startsWith("flock-"));
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const kind = name === "flock-research-on-bittensor" ? "both" : "flock";
      expect(loadAnyScenario(join(scenariosFolder, `${name}.yaml`)).kind, name).toBe(kind);
    }
  });

  test.each(["flock-alliance-attacked", "flock-what-if-whale"])(
    "%s starts a world whose books balance",
    (name) => {
      const loaded = loadFlockScenario(join(scenariosFolder, `${name}.yaml`));
      expect(() => buildFlockWorld(loaded).world.ledger.check()).not.toThrow();
    },
  );

  test("is completed with defaults, over which files and --set go", () => {
    const { scenario } = loadFlockScenario(base, ["flock.parameters.gmflock.epsilon=1"]);
    expect(scenario.flock.parameters).toEqual({ gmflock: { epsilon: 1 } });
    expect(scenario.flock.delegators.count).toBe(1280);
    expect(scenario.recording).toEqual({ every_days: 7, tables: "all" });
  });

  test("that is wrong gets a line that names file, line and field", () => {
    expect(faults("flock:\n  nodes: { count: -1 }\n")).toEqual([
      "wrong.yaml:4:19: flock.nodes.count: -1 is below 0; a whole number from 0 to 10000",
    ]);
    expect(faults("flock:\n  parameters:\n    gmflock: { epsilom: 2 }\n")).toEqual([
      "wrong.yaml:5:16: flock.parameters.gmflock.epsilom: unknown field; did you mean `epsilon`?",
    ]);
    expect(faults("flock: {}\nagents: {}\n")[0]).toMatch(
      /^wrong.yaml:4:1: agents: unknown field; /,
    );
    expect(faults("flock: {}\nchain: {}\n")).toEqual([
      "wrong.yaml:1:1: agents.flockoff.netuid: no subnet pays for FLock's research; a netuid of chain.detailed_subnets",
    ]);
    expect(faults("flock:\n  start: 2025-02-30\n")[0]).toMatch(/^wrong.yaml:4:10: flock.start: /);
  });

  test("whose values are impossible together is refused", () => {
    expect(faults("flock:\n  start: 2024-12-01\n")).toEqual([
      "wrong.yaml:4:10: flock.start: 2024-12-01 is before the launch of the token; 2024-12-31 or later",
    ]);
    expect(
      faults("flock:\n  nodes: { wealth_share: 0.5 }\n  delegators: { wealth_share: 0.5 }\n")[0],
    ).toContain("flock.nodes.wealth_share: nodes, validators and delegators together hold more");
    expect(
      faults("flock:\n  parameters:\n    marketplace: { treasury_revenue_share: 0.9 }\n")[0],
    ).toContain("buybacks and treasury take more than the net revenue");
  });

  test("that wants more FLOCK than circulates is refused before it runs", () => {
    const path = project.write(
      "deep.yaml",
      "version: 1\ntitle: Deep\nflock:\n  parameters:\n    market: { depth_usd: 1e9 }\n",
    );
    expect(() => buildFlockWorld(loadFlockScenario(path))).toThrow(
      /market\.depthUsd\): more FLOCK than circulates on day 118/,
    );
  });
});
