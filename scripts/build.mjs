// Builds dist/: AssemblyScript kernels to WebAssembly (embedded as text, so that Node, workers and
// browsers load them alike), TypeScript to JavaScript, and the browser part of the reports.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { digestOf, filesBelow, rooms, root, runPackageBin } from "./lib.mjs";

const isSource = (path) => /\.(ts|mjs|json)$/.test(path) && !/\.(test|generated)\.ts$/.test(path);

/** Everything that the build reads; a changed digest means that dist/ is out of date. */
function sources() {
  return [
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.build.json",
    ...filesBelow([...rooms, "scripts"], isSource),
    ...["cli.ts"].filter((path) => existsSync(join(root, path))),
  ];
}

/**
 * Compiles each `<somewhere>/kernel/assembly/index.ts` into `<somewhere>/kernel/wasm.generated.ts`,
 * a module that exports the binary as base64 text.
 */
function buildKernels() {
  const entries = filesBelow(rooms, (path) => path.endsWith("/kernel/assembly/index.ts"));
  for (const entry of entries) {
    const folder = dirname(dirname(entry));
    const parts = filesBelow([dirname(entry)], (path) => path.endsWith(".ts"));
    const wasm = join("dist", folder, "kernel.wasm");
    const digest = digestOf(parts);
    const module = join(root, folder, "wasm.generated.ts");
    const wat = join("dist", folder, "kernel.wat");
    if (existsSync(module) && readFileSync(module, "utf8").includes(digest)) continue;
    mkdirSync(join(root, dirname(wasm)), { recursive: true });
    runPackageBin("assemblyscript", "asc", [
      entry,
      ...["--outFile", wasm, "--textFile", wat],
      // AS112 warns of v128 between modules, which stays inside the kernel.
      ...["--disableWarning", "112"],
      ...["-O3", "--enable", "simd", "--runtime", "stub", "--noAssert", "--importMemory"],
    ]);
    const base64 = readFileSync(join(root, wasm)).toString("base64");
    writeFileSync(
      module,
      `// Made by scripts/build.mjs from ${entry}; digest ${digest}\nexport const wasmBase64 =\n  "${base64}";\n`,
    );
    console.error(
      `hivelab: built ${basename(folder)} (${basename(dirname(folder))}), ${Math.ceil((base64.length * 3) / 4096)} KB`,
    );
  }
}

/** Browser bundles: `<room>/browser/<name>.ts` becomes dist/<room>/browser/<name>.bundle.js. */
async function buildBrowserBundles() {
  const entries = filesBelow(["reports"], (path) => /\/browser\/[^/]+\.entry\.ts$/.test(path));
  if (entries.length === 0) return;
  const { build } = await import("esbuild");
  for (const entry of entries) {
    await build({
      entryPoints: [join(root, entry)],
      outfile: join(root, "dist", entry.replace(/\.entry\.ts$/, ".bundle.js")),
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2022",
      charset: "utf8",
      legalComments: "none",
      logLevel: "error",
    });
  }
}

export async function build() {
  const started = process.hrtime.bigint();
  buildKernels();
  runPackageBin("typescript", "tsc", ["-p", "tsconfig.build.json"]);
  await buildBrowserBundles();
  writeFileSync(join(root, "dist", ".stamp"), digestOf(sources()));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.error(`hivelab: built in ${seconds.toFixed(1)} s`);
}

export async function buildIfNeeded() {
  const stamp = join(root, "dist", ".stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digestOf(sources())) return;
  await build();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
