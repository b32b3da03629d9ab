import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { readBittensorState } from "./bittensor-state.ts";
import type { DataReference } from "./data-folder.ts";
import { dataFolder, packageFolder } from "./shipped.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const shipped: DataReference = {
  text: "finney-8957880",
  place: { file: "test" },
  field: "chain.state",
  base: packageFolder,
  project: packageFolder,
};

describe("the shipped state of Finney before block 8,957,880", () => {
  const state = readBittensorState(shipped);
  const eligible = state.subnets.filter(
    (subnet) =>
      subnet.firstEmissionBlock > 0 && subnet.subtokenEnabled && subnet.registrationAllowed,
  );

  test("has the totals that were measured on the chain", () => {
    expect(state.block).toBe(8_957_879);
    expect(new Date(state.timeMs).toISOString()).toBe("2026-08-30T12:02:24.000Z");
    expect(state.totalIssuanceRao).toBe(11_287_741_292_458_174n);
    expect(state.rootTaoRao).toBe(5_351_360_298_988_826n);
    expect(Number(state.gateBarBits) / 2 ** 64).toBeCloseTo(0.0084006, 7);
    expect(Number(state.set.movingPriceAlphaBits) / 2 ** 32).toBeCloseTo(0.0003, 9);
    expect(Number(state.set.taoWeightU64) / 2 ** 64).toBeCloseTo(0.18, 12);
    expect(state.set.gateRank).toBeUndefined();
  });

  test("has 128 subnets, 125 of them eligible, of which 35 are switched off", () => {
    expect(state.subnets.map((subnet) => subnet.netuid)).toEqual(
      Array.from({ length: 128 }, (_, i) => i + 1),
    );
    expect(eligible).toHaveLength(125);
    expect(eligible.filter((subnet) => !subnet.emissionEnabled)).toHaveLength(35);
    const sum = eligible.reduce((total, subnet) => total + subnet.movingPriceI96F32, 0n);
    expect(Number(sum) / 2 ** 32).toBeCloseTo(1.2965, 4);
    expect(eligible.filter((subnet) => subnet.minerBurnedU96F32 > 0n)).toHaveLength(64);
  });

  test("holds root proportions that follow from its stakes and pools", () => {
    // spec/measured-chain.md 1.2, step 7: with the weight w, root's part is t / (t + alpha issuance).
    const weight = (state.set.taoWeightU64! << 32n) / ((1n << 64n) - 1n);
    const root = state.rootTaoRao * weight;
    const wrong = eligible.filter(({ alphaInRao, alphaOutRao, rootProportionU96F32 }) => {
      const expected = (root << 32n) / (root + ((alphaInRao + alphaOutRao) << 32n));
      const distance = expected - rootProportionU96F32;
      return distance > 1_000n || distance < -1_000n;
    });
    expect(wrong).toEqual([]);
  });

  test("names the subnets that still hold their slot since the names were taken", () => {
    const name = (netuid: number) => state.subnets[netuid - 1].name;
    expect([name(1), name(4), name(15), name(64)]).toEqual(["Apex", "Targon", "ORO", "Chutes"]);
    // Registered anew at blocks 8,460,646, 8,884,359 and 8,938,771.
    expect([name(16), name(36), name(59)]).toEqual(["", "", ""]);
    expect(state.subnets.filter((subnet) => subnet.name === "")).toHaveLength(19);
  });

  test("says where it comes from, file by file", () => {
    expect(state.sources.map((source) => source.path)).toEqual([
      "data/finney-8957880/about.json",
      "data/finney-8957880/subnets.csv",
    ]);
    for (const source of state.sources) {
      expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(source.source).toContain("before block 8957880 (Finney)");
    }
  });
});

describe("a state of one's own", () => {
  const project = temporaryProject();
  afterAll(() => project.remove());
  const original = readFileSync(join(dataFolder, "finney-8957880", "subnets.csv"), "utf8");
  const scenario = project.write("x.yaml", "version: 1\ntitle: A test\nchain: { state: ./mine }\n");
  beforeEach(() => {
    mkdirSync(join(project.folder, "mine"), { recursive: true });
    for (const file of ["about.json", "subnets.csv"]) {
      copyFileSync(join(dataFolder, "finney-8957880", file), join(project.folder, "mine", file));
    }
  });

  test("is read from its folder, quotes and empty fields included", () => {
    project.write("mine/subnets.csv", original.replace("1,Apex", '1,"Apex, ""the"" first"'));
    const { state, scenario: completed } = project.load(scenario);
    expect(state.subnets[0].name).toBe('Apex, "the" first');
    expect(state.subnets[35].firstEmissionBlock).toBe(0);
    expect(completed.chain.state).toBe("./mine");
  });

  test("is refused with the line and column of every wrong cell", () => {
    const wrong = original
      .replace("1,Apex,24564179595108", "1,Apex,-24564179595108")
      .replace("2,DSperse,7741505836972", "2,DSperse,7741505836972.5")
      .replace(/\n3,.*\n/, "\n3,short\n")
      .replace("4,Targon,", "0,Targon,");
    project.write("mine/subnets.csv", wrong);
    const lines = project.faultLines(scenario);
    expect(lines.slice(0, 3)).toEqual([
      'mine/subnets.csv:2:8: tao_reserve_rao: "-24564179595108" is not right here; a whole number from 0 to 21000000000000000',
      'mine/subnets.csv:3:11: tao_reserve_rao: "7741505836972.5" is not right here; a whole number from 0 to 21000000000000000',
      "mine/subnets.csv:4:8: tao_reserve_rao: is missing; a whole number from 0 to 21000000000000000",
    ]);
    expect(lines.at(-1)).toBe(
      'mine/subnets.csv:5:1: netuid: "0" is not right here; a whole number from 1 to 65535',
    );
    expect(lines).toHaveLength(2 + 14 + 1);
  });

  test("is refused with a missing column, a netuid out of order, a wrong about.json", () => {
    project.write("mine/subnets.csv", original.replace("tempo_blocks", "tempo"));
    expect(project.faultLines(scenario)[0]).toMatch(
      /^mine\/subnets\.csv:1:1: the columns tempo_blocks are missing; its columns must be netuid, /,
    );
    project.write("mine/subnets.csv", original.replace("\n2,", "\n1,"));
    expect(project.faultLines(scenario)).toEqual([
      "mine/subnets.csv:3:1: netuid: 1 does not come after 1; each netuid once, in ascending order",
    ]);
    const about = readFileSync(join(dataFolder, "finney-8957880", "about.json"), "utf8");
    project.write(
      "mine/about.json",
      about.replace('"11287741292458174"', "11287741292458174").replace("gate_rank", "gate_rang"),
    );
    expect(project.faultLines(scenario)).toEqual([
      "mine/about.json:8:25: total_issuance_rao: 11287741292458174 is a number; a whole number from 0 to 21000000000000000, in quotes",
    ]);
  });
});
