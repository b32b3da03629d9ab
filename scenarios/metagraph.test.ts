import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { DataReference } from "./data-folder.ts";
import { readMetagraph } from "./metagraph.ts";
import { dataFolder, packageFolder } from "./shipped.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const shipped: DataReference = {
  text: "metagraph-sn15",
  place: { file: "test" },
  field: "metagraph",
  base: packageFolder,
  project: packageFolder,
};

const project = temporaryProject();
afterAll(() => project.remove());

describe("the shipped stakes and weights of a subnet", () => {
  const { stakeRao, weights, sources, block } = readMetagraph(shipped);
  const setters = weights.flatMap((row, uid) => (row.length > 0 ? [uid] : []));

  test("are those of 256 neurons, 20 of which set 1,687 weights", () => {
    expect(block).toBe(4_769_998);
    expect(stakeRao).toHaveLength(256);
    const staked = stakeRao.reduce((sum, rao) => sum + rao, 0n);
    expect(Number(staked) / 1e9).toBeCloseTo(5_443_579.639144671, 5);
    expect(setters).toEqual([
      ...[0, 1, 2, 3, 10, 18, 21, 51, 52, 53, 54, 56, 57, 94, 112, 192, 206, 217, 245, 253],
    ]);
    expect(weights.flat()).toHaveLength(1_687);
    expect(stakeRao.filter((rao) => rao >= 1_000_000_000_000n)).toHaveLength(11);
  });

  test("have the largest weight of each row at 65,535, as the chain stores them", () => {
    for (const uid of setters) {
      expect(Math.max(...weights[uid].map(({ weightU16 }) => weightU16))).toBe(65_535);
    }
    // The largest weight of all is 0.500668 of its row.
    const shares = setters.map(
      (uid) => 65_535 / weights[uid].reduce((sum, { weightU16 }) => sum + weightU16, 0),
    );
    expect(Math.max(...shares)).toBeCloseTo(0.500668466, 6);
  });

  test("come with the digest of each file", () => {
    for (const { path, sha256 } of sources) {
      const bytes = readFileSync(join(packageFolder, path));
      expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
    expect(sources).toHaveLength(3);
  });
});

test("a metagraph of one's own is refused with every wrong row", () => {
  const about = readFileSync(join(dataFolder, "metagraph-sn15", "about.json"), "utf8");
  project.write("mine/about.json", about);
  project.write("mine/neurons.csv", "uid,stake_rao\n0,5\n2,7\n");
  project.write("mine/weights.csv", "from_uid,to_uid,weight_u16\n0,1,65535\n0,1,3\n0,7,3\n9,0,3\n");
  const text =
    "version: 1\ntitle: A test\nchain: { detailed_subnets: [{ netuid: 15, metagraph: ./mine }] }\n";
  const scenario = project.write("x.yaml", text);
  expect(project.faultLines(scenario)).toEqual([
    "mine/neurons.csv:3: uid: 2 is not right here; 1",
    "mine/weights.csv:3: to_uid: 1 is not right here; each target once, in ascending order",
    "mine/weights.csv:4: to_uid: 7 is not right here; a uid below 2",
    "mine/weights.csv:5: from_uid: 9 is not right here; a uid below 2",
  ]);
  project.write("mine/weights.csv", "from_uid,to_uid,weight_u16\n0,1,0\n1,0,65536\n");
  expect(project.faultLines(scenario)).toEqual([
    'mine/weights.csv:2:5: weight_u16: "0" is not right here; a whole number from 1 to 65535',
    'mine/weights.csv:3:5: weight_u16: "65536" is not right here; a whole number from 1 to 65535',
  ]);
});
