import { describe, expect, test } from "vitest";
import { scenarioSchema } from "./schema.ts";

describe("a scenario", () => {
  const smallest = { version: 1, title: "Nothing changed" };

  test("is completed with the defaults", () => {
    const scenario = scenarioSchema.parse(smallest);
    expect(scenario.seed).toBe("hivelab");
    expect(scenario.chain.state).toBe("finney-8957880");
    expect(scenario.chain.horizon_days).toBe(30);
    expect(scenario.chain.rules).toEqual({
      as_of: "timeline",
      starts: {},
      overrides: {},
      changes: [],
    });
    expect(scenario.chain.detailed_subnets).toMatchObject([
      { netuid: 15, metagraph: "metagraph-sn15" },
    ]);
    expect(scenario.agents.root.claim_share_per_day).toBe(0.02);
    expect(scenario.recording).toEqual({ every_blocks: 300, tables: "all" });
  });

  test("completed once is complete: its JSON parses to itself", () => {
    const scenario = scenarioSchema.parse(smallest);
    expect(JSON.stringify(scenarioSchema.parse(JSON.parse(JSON.stringify(scenario))))).toBe(
      JSON.stringify(scenario),
    );
  });

  test("has its keys in the schema's order, whatever the order in the file", () => {
    const forward = scenarioSchema.parse({ ...smallest, seed: "s", recording: {}, chain: {} });
    const backward = scenarioSchema.parse({ chain: {}, recording: {}, seed: "s", ...smallest });
    expect(JSON.stringify(forward)).toBe(JSON.stringify(backward));
  });
});
