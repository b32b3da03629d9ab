// npm run test:browser [-- RUN_DIR]: the report in a real browser, of a made-up run or of the named one.
import { join, resolve } from "node:path";
import { chromiumFlags, findChromium } from "./chromium.mjs";
import { isFile, run, runPackageBin } from "./lib.mjs";

const [folder] = process.argv.slice(2);
const env = {
  ...process.env,
  CHROMIUM: findChromium(),
  CHROMIUM_FLAGS: chromiumFlags.join(" "),
};
if (folder) {
  env.HIVELAB_REPORT = join(resolve(folder), "report.html");
  if (!isFile(env.HIVELAB_REPORT)) {
    console.error(`${env.HIVELAB_REPORT}: not found; name the folder of a run`);
    process.exit(2);
  }
}
run(process.execPath, ["scripts/ensure.mjs"]);
runPackageBin("vitest", "vitest", ["run", "--config", "vitest.browser.config.ts"], { env });
