import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError } from "./fault.ts";
import { readGenesis2023 } from "./genesis-2023.ts";

describe("the state of March 2023", () => {
  const genesis = readGenesis2023();

  test("holds every rao of the snapshot", () => {
    const staked = genesis.neurons.reduce((sum, { stakeRao }) => sum + stakeRao, 0n);
    const free = genesis.freeRao.reduce((sum, rao) => sum + rao, 0n);
    expect(staked).toBe(2_361_517_466_099_541n);
    expect(free).toBe(1_819_812_196_185_399n);
    expect(genesis.neurons.length).toBe(4_096);
  });

  test("numbers owners by wealth", () => {
    const wealth = [...genesis.freeRao];
    for (const { owner, stakeRao } of genesis.neurons) wealth[owner] += stakeRao;
    expect(wealth[0]).toBe(275_686_276_453_197n);
    expect(wealth.every((rao, index) => index === 0 || rao <= wealth[index - 1])).toBe(true);
  });

  test("names the file and row that is damaged", () => {
    const folder = mkdtempSync(join(tmpdir(), "hivelab-genesis-"));
    writeFileSync(join(folder, "owners.csv.gz"), gzipSync("free_rao\n5\n"));
    writeFileSync(join(folder, "neurons.csv.gz"), gzipSync("uid,owner,stake_rao\n1,0,7\n"));
    expect(() => readGenesis2023(folder)).toThrow(
      /neurons\.csv\.gz:2: uid: 1 is not right here; 0/,
    );
    writeFileSync(join(folder, "owners.csv.gz"), "no gzip");
    expect(() => readGenesis2023(folder)).toThrow(InputError);
  });
});
