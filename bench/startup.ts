/** How soon the command line answers, against Node itself starting up and doing nothing. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchSuite, Rate } from "./suite.ts";

const NODE = "node -e 0";
const bin = fileURLToPath(new URL("../../bin/hivelab.js", import.meta.url));

const start = (name: string, args: string[], reference: string | null): Rate => ({
  name,
  unit: "starts/s",
  reference,
  run() {
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
  },
});

export const suite: BenchSuite = {
  name: "start-up",
  clock: "wall",
  rates: () => [
    start(NODE, ["-e", "0"], null),
    start("hivelab --help", [bin, "--help"], NODE),
    start("hivelab describe tables", [bin, "describe", "tables"], NODE),
  ],
};
