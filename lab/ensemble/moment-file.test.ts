import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { MomentFile } from "./moment-file.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("blocks of runs come in any order, and moments are read in the order of runs", () => {
  const file = new MomentFile(join(folder, "moments"), 3, 4);
  const block = (first: number, runs: number) =>
    Float64Array.from(
      { length: 3 * runs },
      (_, k) => Math.floor(k / runs) * 100 + first + (k % runs),
    );
  file.put(2, block(8, 2));
  file.put(0, block(0, 4));
  file.put(1, block(4, 4));
  const moments = Array.from(file.byMoment(10), (values) => [...values]);
  file.close();
  const runs = Array.from({ length: 10 }, (_, run) => run);
  expect(moments).toEqual([0, 100, 200].map((from) => runs.map((run) => from + run)));
});
