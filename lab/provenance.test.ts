import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { nearestWith } from "../scenarios/paths.ts";
import { sourceState } from "./provenance.ts";

const place = realpathSync(mkdtempSync(join(tmpdir(), "hivelab-bundle-")));
afterAll(() => rmSync(place, { recursive: true, force: true }));

test("a folder is looked for up to the root of the file system, and no further", () => {
  const deep = join(place, "a", "b");
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(place, "marker"), "");
  expect(nearestWith(deep, ["nowhere", "marker"])).toBe(place);
  expect(nearestWith(place, ["marker"])).toBe(place);
  expect(nearestWith(deep, ["hivelab-nowhere"])).toBeNull();
  expect(nearestWith(parse(place).root, ["hivelab-nowhere"])).toBeNull();
});

test("the program as one file, with no package above it, says that its commit is not known", () => {
  const source = fileURLToPath(new URL("./provenance.ts", import.meta.url));
  const outfile = join(place, "bundle.mjs");
  const shared = { bundle: true, platform: "node", format: "esm" } as const;
  buildSync({ ...shared, entryPoints: [source], outfile, logLevel: "error" });
  const script = `const { sourceState } = await import(${JSON.stringify(outfile)});
    console.log(JSON.stringify(sourceState()));`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    ...{ cwd: place, encoding: "utf8", timeout: 20_000 },
  });
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toEqual({ commit: null, dirty: null });
  expect(sourceState(place)).toEqual({ commit: null, dirty: null });
});
