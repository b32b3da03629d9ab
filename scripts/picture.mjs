// npm run picture [-- RUN_DIR [FILE]]: the README's picture, taken of a run's report in Chromium.
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromiumFlags, findChromium } from "./chromium.mjs";
import { isFile, root } from "./lib.mjs";

const [folder = "runs/finney-2026", file = join(root, "docs", "report.png")] =
  process.argv.slice(2);
/** What stands in the picture, two a row, below the head of the page. */
const figures = ["emission-share", "prices", "rewards-by-role", "incentive-heatmap-15"];

const report = resolve(folder, "report.html");
if (!isFile(report)) {
  console.error(`${report}: not found; make the run first (npm start)`);
  process.exit(2);
}
const executablePath = findChromium();
const { chromium } = await import("playwright-core");
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, offline: true });
await page.goto(pathToFileURL(report).href);
await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes");
await page.evaluate((ids) => {
  const shown = document.createElement("div");
  shown.className = "figures";
  shown.append(...ids.map((id) => document.getElementById(id)).filter(Boolean));
  document.querySelector("main").replaceChildren(shown);
  for (const part of document.querySelectorAll("nav, footer")) part.remove();
  document.body.style.paddingBottom = "28px";
}, figures);
mkdirSync(dirname(file), { recursive: true });
await page.screenshot({ path: file, fullPage: true });
await browser.close();
console.log(file);
