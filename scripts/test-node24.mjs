// npm run test:node24: the unit tests again on Node 24 (the npm package `node` ships it), and the
// main job on both versions, in another folder, time zone and locale: the tables must be the same bytes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run } from "./lib.mjs";

run(process.execPath, ["scripts/ensure.mjs"]);
const place = mkdtempSync(join(tmpdir(), "hivelab-node24-"));
try {
  writeFileSync(join(place, "package.json"), '{ "private": true }\n');
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // The package's own script puts the binary, another npm package, in its place.
  const quietly = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts=false"];
  run(npm, ["install", ...quietly, "node@24"], { cwd: place });
  const node24 = join(
    place,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  const version = spawnSync(node24, ["--version"], { encoding: "utf8" }).stdout?.trim();
  if (!version?.startsWith("v24.")) throw new Error(`no Node 24 here: got ${version}`);
  console.log(`unit tests on Node ${version}`);
  // What takes long (kills, limits, Redis) is not made twice.
  const env = { ...process.env, CI: "", HIVELAB_ALL: "" };
  run(node24, [join(root, "node_modules", "vitest", "vitest.mjs"), "run"], { env });
  const scenario = join(root, "scenarios", "finney-2026.yaml");
  const cli = join(root, "bin", "hivelab.js");
  const hashes = (node, folder, options) => {
    run(node, [cli, "run", scenario, "--days", "0.5", "--out", folder], options);
    const { tables } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    return tables
      .map((table) => `${table.name} ${table.arrow.sha256} ${table.parquet.sha256}`)
      .join("\n");
  };
  const here = hashes(process.execPath, join(place, "a"), { stdio: "ignore" });
  const there = hashes(node24, join(place, "b"), {
    stdio: "ignore",
    cwd: place,
    env: { ...process.env, TZ: "Pacific/Chatham", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  });
  if (here !== there) {
    console.error(
      `tables differ between Node ${process.version} and ${version}:\n${here}\n---\n${there}`,
    );
    process.exit(1);
  }
  console.log(`the main job's tables are the same bytes on Node ${process.version} and ${version}`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
