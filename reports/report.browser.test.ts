import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScenario } from "../lab/run.ts";
import { quickSets } from "../scenarios/testing/quick-flock.ts";
import { writeReport } from "./report.ts";
import { fullSize, makeUpRun } from "./testing/made-up-run.ts";
import { type StoredRun, storeRun } from "./testing/stored-run.ts";

const screenshots = ".vitest/screenshots";
const screens = [
  { name: "laptop", width: 1280, height: 800 },
  { name: "tablet", width: 820, height: 1180 },
  { name: "phone", width: 390, height: 844 },
] as const;
const looks = screens.flatMap((screen) =>
  (["light", "dark"] as const).map((scheme) => ({ ...screen, scheme })),
);

/** The pointer's adventures are told of the laptop's page. */
const [laptop] = looks;

/** The pages that are looked at: of a chain, of FLock with all its parts, and of both worlds. */
const kinds = process.env.HIVELAB_REPORT ? ["named"] : ["chain", "flock", "both"];
type Kind = (typeof kinds)[number];

let browser: Browser;
let stored: StoredRun | undefined;
const made = mkdtempSync(join(tmpdir(), "hivelab-browser-"));
const addresses = new Map<Kind, string>();
beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  const note = (kind: Kind, path: string) => addresses.set(kind, pathToFileURL(path).href);
  if (process.env.HIVELAB_REPORT) {
    note("named", process.env.HIVELAB_REPORT);
  } else {
    const size = { ...fullSize, intervalBlocks: 1_800, epochs: 200 };
    stored = await storeRun((sink) => makeUpRun(sink, size), size, { withReport: true });
    note("chain", join(stored.folder, "report.html"));
    note("flock", await flockPage());
    note("both", await bothPage());
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: (process.env.CHROMIUM_FLAGS ?? "").split(" "),
  });
}, 400_000);
afterAll(async () => {
  await browser?.close();
  stored?.remove();
  rmSync(made, { recursive: true, force: true });
});

const scenarios = join(dirname(dirname(fileURLToPath(import.meta.url))), "scenarios");

/** A small run's report. */
async function pageOf(name: string, days: string, sets: readonly string[]): Promise<string> {
  const { reportPath } = await runScenario({
    scenarioPath: join(scenarios, `${name}.yaml`),
    sets: [...quickSets, ...sets],
    days,
    outDir: join(made, name),
    writeReport: (folder, manifest) => void writeReport(folder, manifest),
  });
  return reportPath;
}

const flockPage = () =>
  pageOf("flock-alliance-attacked", "63", [
    "flock.alliance.count=12",
    "flock.whale.share=0.02",
    "flock.marketplace.offerings=true",
    "flock.parameters.marketplace.revenue_usd_per_day=2000",
  ]);
const bothPage = () => pageOf("flock-research-on-bittensor", "2", ["flock.start=2026-08-15"]);

interface Opened {
  readonly page: Page;
  /** What a quiet page has none of: errors, warnings, requests beyond the page itself. */
  readonly noise: string[];
}

async function open(
  { width, height, scheme }: (typeof looks)[number],
  kind: Kind = kinds[0],
): Promise<Opened> {
  const address = addresses.get(kind)!;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    offline: true,
  });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address) noise.push(`request: ${request.url().slice(0, 200)}`);
  });
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes");
  return { page, noise };
}

/** Every look of the first page; of the others the light ones, since the style is the same. */
const views = kinds.flatMap((kind, i) =>
  looks.filter(({ scheme }) => i === 0 || scheme === "light").map((look) => ({ ...look, kind })),
);

describe.each(views)("the $kind report on a $name, $scheme", (look) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(look, look.kind);
  });
  afterAll(() => opened?.page.context().close());

  test("opens without an error, a warning or a request", async () => {
    const path = join(screenshots, `${look.kind}-${look.name}-${look.scheme}.png`);
    await opened.page.screenshot({ path, fullPage: true });
    expect(opened.noise).toEqual([]);
  });

  test("drew every chart with marks in it, as wide as its card", async () => {
    const charts = await opened.page.$$eval(".chart", (places) =>
      places.map((place) => {
        const svg = place.querySelector("svg");
        const { width, height } = svg?.getBoundingClientRect() ?? { width: 0, height: 0 };
        const marks = place.querySelectorAll("[class*='role-mark'] path").length;
        return { id: place.id, marks, height, spare: place.clientWidth - width };
      }),
    );
    expect(charts.length).toBeGreaterThan(0);
    for (const chart of charts) {
      expect(chart.marks, chart.id).toBeGreaterThan(0);
      expect(chart.height, chart.id).toBeGreaterThan(80);
      expect(Math.abs(chart.spare), chart.id).toBeLessThan(12);
    }
  });

  test("names every element once", async () => {
    const repeated = await opened.page.$$eval("[id]", (elements) => {
      const ids = elements.map(({ id }) => id);
      return ids.filter((id, i) => ids.indexOf(id) !== i);
    });
    expect(repeated).toEqual([]);
  });

  test("keeps every card's content inside, or lets it scroll there", async () => {
    const faults = await opened.page.$$eval(".card, figure, section", (boxes) =>
      boxes
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => `${box.id || box.textContent?.trim().slice(0, 40)}: ${box.scrollWidth}`),
    );
    expect(faults).toEqual([]);
  });

  test("does not scroll sideways", async () => {
    const [wanted, given] = await opened.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wanted).toBe(given);
  });

  test("has no text over another or cut off by its chart", async () => {
    expect(await opened.page.evaluate(collisions)).toEqual([]);
  });
});

describe("the reader", () => {
  test("brings out one subnet by its name in the legend, and undoes it", async () => {
    const { page } = await open(laptop);
    const marks = "#chart-emission-share [class*='role-mark'] path";
    const strengths = () =>
      page.$$eval(marks, (paths) =>
        [...new Set(paths.map((p) => p.getAttribute("opacity")))].sort(),
      );
    const names = page.locator(".legend[data-for=emission-share] button");
    expect(await strengths()).toEqual(["1"]);
    await names.first().click();
    expect(await strengths()).toEqual(["0.12", "1"]);
    expect(await names.first().getAttribute("aria-pressed")).toBe("true");
    await names.nth(1).click({ modifiers: ["Shift"] });
    expect(await page.locator(".legend [aria-pressed=true]").count()).toBe(2);
    await names.nth(1).click({ modifiers: ["Shift"] });
    await names.first().click();
    expect(await strengths()).toEqual(["1"]);
    await page.context().close();
  });

  test("points at a bar and reads its date, block and amount", async () => {
    const { page } = await open(laptop);
    await page.locator("#chart-rewards-by-role [class*='role-mark'] path").first().hover();
    const tip = await page.locator("#tip").innerText();
    expect(tip).toMatch(/until\s*\d+ \w+ 2026, \d\d:\d\d UTC/);
    expect(tip).toMatch(/block\s*\d,\d{3},\d{3}/);
    expect(tip).toMatch(/TAO per day\s*[\d,]+\.\d/);
    await page.locator("h1").hover();
    expect(await page.locator("#tip").isHidden()).toBe(true);
    await page.context().close();
  });

  test("turns the phone and the charts follow", async () => {
    const { page } = await open(looks[4]);
    const width = () =>
      page.$eval("#chart-issuance svg", (svg) => Math.round(svg.getBoundingClientRect().width));
    const upright = await width();
    await page.setViewportSize({ width: 844, height: 390 });
    await expect.poll(width).toBeGreaterThan(upright + 100);
    expect(await page.evaluate(collisions)).toEqual([]);
    await page.context().close();
  });
});

/** Runs in the page: pairs of texts that cover one another, and texts beyond their chart. */
function collisions(): string[] {
  const faults: string[] = [];
  const isShown = (element: Element) =>
    element.textContent?.trim() !== "" &&
    element.getAttribute("opacity") !== "0" &&
    element.getClientRects().length > 0;
  for (const figure of document.querySelectorAll("header, figure, .card")) {
    const svg = figure.querySelector(".chart svg")?.getBoundingClientRect();
    const texts = [
      ...figure.querySelectorAll("h1, h3, p, .legend button, dt, dd, nav a, caption, svg text"),
    ].filter(isShown);
    const boxes = texts.map((text) => ({
      text: text.textContent?.trim().slice(0, 40),
      box: text.getBoundingClientRect(),
      isInChart: text.tagName === "text",
    }));
    for (const [i, a] of boxes.entries()) {
      if (a.isInChart && svg) {
        const out = Math.max(svg.left - a.box.left, a.box.right - svg.right);
        if (out > 2) faults.push(`${figure.id}: "${a.text}" is ${out} px outside`);
      }
      for (const b of boxes.slice(i + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // The boxes of texts have some air above and below the letters.
        if (across > 1 && down > 4) faults.push(`${figure.id}: "${a.text}" and "${b.text}"`);
      }
    }
  }
  return faults;
}
