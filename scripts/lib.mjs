// What the project's scripts share: paths, running a child, and "is this newer than that?".
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const rooms = [
  "sim",
  "agents",
  "scenarios",
  "lab",
  "reports",
  "conformance",
  "cli",
  "bench",
  "gpu-kernels",
];

/** Run a program in the project's root with its output passed through; exit with its code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) {
    console.error(`cannot run ${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Run the JavaScript entry point of an installed package, without npx. */
export function runPackageBin(packageName, binName, args, options) {
  const home = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const entry = typeof bin === "string" ? bin : bin[binName];
  run(process.execPath, [join(home, entry), ...args], options);
}

/** All files below the given folders whose name passes, as paths from the root, sorted. */
export function filesBelow(folders, passes) {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (passes(path)) found.push(relative(root, path).split(sep).join("/"));
    }
  };
  for (const folder of folders) if (existsSync(join(root, folder))) visit(join(root, folder));
  return found.sort();
}

/** A digest of the content of files, for "has anything changed since ...?" */
export function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

export const isFile = (path) => existsSync(path) && statSync(path).isFile();
