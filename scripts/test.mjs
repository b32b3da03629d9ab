// npm test: install and build if needed, then format, lint, types and every unit test.
// Arguments go to vitest: `npm test -- sim/random`.
import { run, runPackageBin } from "./lib.mjs";

run(process.execPath, ["scripts/ensure.mjs"]);
runPackageBin("@biomejs/biome", "biome", ["ci", "."]);
runPackageBin("typescript", "tsc", ["-p", "tsconfig.json"]);
runPackageBin("vitest", "vitest", ["run", ...process.argv.slice(2)]);
console.log(
  "left out of npm test: the report and gpu-kernels in a real browser (npm run test:browser, needs " +
    "Chromium) and the tests on Node 24 (npm run test:node24, fetches it from npm); .ci/run does both. " +
    "HIVELAB_ALL=1 npm test also kills a sweep twenty times, and runs workers on Redis (wants redis-server)",
);
