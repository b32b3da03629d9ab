// npm run test:browser [-- RUN_DIR]: what needs a real browser: the report, of a made-up run or of the
// named one, and gpu-kernels on the browser's WebGL and WebGPU and on its driver.
import { join, resolve } from "node:path";
import { chromiumFlags, findChromium, softwareGpuFlags, softwareVulkanOf } from "./chromium.mjs";
import { isFile, run, runPackageBin } from "./lib.mjs";

const [folder] = process.argv.slice(2);
const executable = findChromium();
// A driver that was chosen from outside is kept.
const driver = process.env.VK_ICD_FILENAMES ? {} : softwareVulkanOf(executable);
const env = {
  ...process.env,
  ...driver,
  CHROMIUM: executable,
  CHROMIUM_FLAGS: chromiumFlags.join(" "),
  CHROMIUM_GPU_FLAGS: softwareGpuFlags.join(" "),
};
if (driver === null) {
  console.error(`no SwiftShader beside ${executable}: WebGPU in Node is left out`);
  if (process.env.HIVELAB_ALL) process.exit(1);
}
if (folder) {
  env.HIVELAB_REPORT = join(resolve(folder), "report.html");
  if (!isFile(env.HIVELAB_REPORT)) {
    console.error(`${env.HIVELAB_REPORT}: not found; name the folder of a run`);
    process.exit(2);
  }
}
run(process.execPath, ["scripts/ensure.mjs"]);
const tests = folder ? ["reports"] : [];
const vitest = ["run", "--config", "vitest.browser.config.ts", ...tests];
runPackageBin("vitest", "vitest", vitest, { env });
