import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../reports/report.ts";
import { smallCrossing } from "../scenarios/testing/small-root-era.ts";
import { temporaryProject } from "../scenarios/testing/temporary-project.ts";
import { LAST_ROOT_ERA_BLOCK } from "../sim/bittensor/root-era/calendar.ts";
import { resumeRun, runWithCheckpoints } from "./checkpoint/run.ts";
import { RunStopped } from "./engine.ts";
import { type RunResult, runScenario } from "./run.ts";
import { readTable } from "./tables/read-table.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-crossing-"));
const project = temporaryProject();
const dtao = `dtao:
  agents:
    delegators: { count: 3, wealth_tao: 3000, rebalance_every_days: 0.02 }
    miners: { sell_every_days: 0.02 }
`;
const scenarioPath = smallCrossing(project, 0.15, dtao);
afterAll(() => {
  project.remove();
  rmSync(place, { recursive: true, force: true });
});

let whole: RunResult;
beforeAll(async () => {
  whole = await runScenario({
    scenarioPath,
    outDir: join(place, "whole"),
    writeReport: (folder, made) => void writeReport(folder, made),
  });
});

const table = (name: string) => readTable(join(whole.dir, "tables", `${name}.arrow`));
const hashes = ({ manifest }: Pick<RunResult, "manifest">) =>
  manifest.tables.map(({ name, rows, arrow }) => `${name} ${rows} ${arrow.sha256}`);
const lastWith = (blocks: Float64Array, holds: (block: number) => boolean) =>
  blocks.findLastIndex((block) => holds(block));

describe("a run across the switch to pools", () => {
  test("is one run: its tables go through the switch, and issuance adds up on both sides", () => {
    expect(whole.manifest.span).toMatchObject({
      from_block: LAST_ROOT_ERA_BLOCK - 349,
      to_block: LAST_ROOT_ERA_BLOCK - 350 + 1_080,
    });
    const supply = table("supply");
    const blocks = supply.column("block").numbers();
    expect(blocks).toContain(LAST_ROOT_ERA_BLOCK);
    const amount = (name: string, row: number) => supply.column(name).integers()[row];
    for (let row = 1; row < supply.rows; row++) {
      expect(blocks[row]).toBeGreaterThan(blocks[row - 1]);
      const grown = amount("total_issuance_rao", row) - amount("total_issuance_rao", row - 1);
      expect(grown).toBe(amount("minted_rao", row) - amount("recycled_rao", row));
    }
    // Stake and free TAO are the same people's on both sides; locks became pools and free TAO.
    const before = lastWith(blocks, (block) => block <= LAST_ROOT_ERA_BLOCK);
    const pools = amount("pools_tao_rao", before + 1);
    expect(amount("pools_tao_rao", before)).toBe(0n);
    expect(Number(pools) / 1e9).toBeGreaterThan(4);
    const root = amount("root_stake_rao", before + 1) - amount("root_stake_rao", before);
    expect(Math.abs(Number(root)) / 1e9).toBeLessThan(3_000);
  });

  test("names each subnet once, and follows its share from root weights to prices", () => {
    expect([...table("subnet_names").column("netuid").numbers()]).toEqual([1, 2, 3, 4]);
    const subnets = table("subnets");
    const blocks = subnets.column("block").numbers();
    const shares = subnets.column("emission_share").numbers();
    const netuids = subnets.column("netuid").numbers();
    const shareAt = (at: number, netuid: number) =>
      shares[blocks.findIndex((block, row) => block === at && netuids[row] === netuid)];
    // Price averages begin at the last emission: the shares of the first blocks are root's.
    const first = LAST_ROOT_ERA_BLOCK + 100;
    const sum = [1, 2, 3, 4].reduce((all, netuid) => all + shareAt(LAST_ROOT_ERA_BLOCK, netuid), 0);
    for (const netuid of [1, 2, 3]) {
      const before = shareAt(LAST_ROOT_ERA_BLOCK, netuid) / sum;
      expect(Math.abs(shareAt(first, netuid) - before)).toBeLessThan(0.08);
    }
    expect(table("pools").rows).toBe(4 * 8);
    expect(table("root_network").column("block").numbers().at(-1)).toBe(LAST_ROOT_ERA_BLOCK);
  });

  test("says on its page and in its manifest what was assumed", () => {
    const { rule_sets, assumptions, arithmetic, scenario } = whole.manifest;
    expect(rule_sets.map(({ name }) => name)).toEqual(["R1", "R2"]);
    expect(arithmetic).toMatch(/^Before dTAO: .* From block 4920351: exact/);
    const said = assumptions.join("\n");
    for (const words of ["migrate_rao.rs", "price averages start at what", "are not simulated"]) {
      expect(said).toContain(words);
    }
    expect(scenario.completed).toMatchObject({ dtao: { switch: { pool_tao: 1 } } });
    const page = readFileSync(join(whole.dir, "report.html"), "utf8");
    for (const words of ["The switch to pools", "Locked by owners of subnets", "Alpha prices"]) {
      expect(page).toContain(words);
    }
  });

  test("comes to pools at another block, or never, where the scenario says so", async () => {
    const early = LAST_ROOT_ERA_BLOCK - 150;
    const runWith = (poolsFrom: number | string, name: string) =>
      runScenario({
        scenarioPath,
        sets: [`chain.rules.pools_from=${poolsFrom}`],
        outDir: join(place, name),
      });
    const { dir, manifest } = await runWith(early, "early");
    const blocks = (table: string) =>
      readTable(join(dir, "tables", `${table}.arrow`))
        .column("block")
        .numbers();
    expect([blocks("root_network").at(-1), blocks("pools")[0]]).toEqual([early - 1, early + 99]);
    expect(manifest.rule_sets[1]).toMatchObject({ name: "R2", in_force_from: "2025-02-13" });
    expect(manifest.bent_rules).toEqual([
      `R2 (price average over the sum of all) begins at block ${early} (2025-02-13); on the chain it began at block 4920351 (2025-02-13).`,
    ]);
    const never = await runWith("never", "never");
    expect(never.manifest.rule_sets.map(({ name }) => name)).toEqual(["R1"]);
    expect(never.manifest.tables.map(({ name }) => name)).not.toContain("pools");
    expect(never.manifest.scenario.completed).not.toHaveProperty("dtao");
    expect(never.manifest.span.to_block).toBeGreaterThan(LAST_ROOT_ERA_BLOCK);
  });

  test("takes the neurons of a subnet along, with their weights and bonds", async () => {
    const { dir } = await runScenario({
      scenarioPath,
      sets: ["chain.detailed_subnets=[{ netuid: 2, metagraph: metagraph-sn15 }]"],
      outDir: join(place, "neurons"),
    });
    const neurons = readTable(join(dir, "tables", "neurons.arrow"));
    const column = (name: string) => neurons.column(name).numbers();
    const [blocks, uids, bits] = [column("block"), column("uid"), column("dividends")];
    const epochs = [...new Set(blocks)];
    expect(epochs.filter((block) => block <= LAST_ROOT_ERA_BLOCK)).toHaveLength(1);
    expect(epochs.filter((block) => block > LAST_ROOT_ERA_BLOCK)).toHaveLength(2);
    expect([...new Set(column("epoch"))]).toEqual([0, 1, 2]);
    // Whoever weighed miners before does so after: dividends go to the same validators.
    const paidAt = (at: number) =>
      [...uids.keys()].filter((row) => blocks[row] === at && bits[row] > 0).map((row) => uids[row]);
    expect(paidAt(epochs[0]).length).toBeGreaterThan(1);
    expect(paidAt(epochs[1])).toEqual(paidAt(epochs[0]));
  });

  test("killed before the switch, in it and after it, it has the same bytes", async () => {
    const outDir = join(place, "killed");
    const request = { scenarioPath, sets: [], outDir, every: "0.4h", report: false };
    const dieAt = (block: number) => ({
      onProgress: (now: number) => {
        if (now >= block) throw new Error("killed");
        return true;
      },
    });
    const stopAt = (block: number) => ({ onProgress: (now: number) => now < block });
    await expect(runWithCheckpoints(request, dieAt(LAST_ROOT_ERA_BLOCK - 100))).rejects.toThrow(
      "killed",
    );
    // At its last block a world before dTAO has only to be switched.
    await expect(resumeRun(outDir, stopAt(LAST_ROOT_ERA_BLOCK))).rejects.toThrow(RunStopped);
    await expect(resumeRun(outDir, dieAt(LAST_ROOT_ERA_BLOCK + 200))).rejects.toThrow("killed");
    await expect(resumeRun(outDir, dieAt(LAST_ROOT_ERA_BLOCK + 500))).rejects.toThrow("killed");
    expect(hashes(await resumeRun(outDir, {}))).toEqual(hashes(whole));
  });
});
