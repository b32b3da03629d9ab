// Makes a fresh clone ready: installs the dependencies and builds, each only when it is needed.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf, root, run } from "./lib.mjs";

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`hivelab needs Node.js 20 or newer; this is ${process.version}`);
  process.exit(1);
}

const stampPath = join(root, "node_modules", ".hivelab-lock");
const wanted = digestOf(["package-lock.json"]);
const installed = existsSync(stampPath) ? readFileSync(stampPath, "utf8") : "";
if (installed !== wanted) {
  console.error("hivelab: installing dependencies (once, about half a minute) ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: ["ignore", 2, 2] });
  writeFileSync(stampPath, wanted);
}

const { buildIfNeeded } = await import("./build.mjs");
await buildIfNeeded();
