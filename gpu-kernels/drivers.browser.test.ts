/**
 * The contract on graphics drivers: gpu.js's WebGPU in Node, and every backend in a page of Chromium,
 * WebGL and WebGPU included. scripts/test-browser.mjs names the browser, its flags and its driver.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend } from "./backends.ts";
import { contractCases, partedCases } from "./testing/contract.ts";
import type { PageResult } from "./testing/contract-page.ts";
import { BACKEND_NAMES, type Backend } from "./types.ts";

const cases = [...contractCases, ...partedCases];

// Where a driver is named, WebGPU that does not open on it is a failure.
describe.skipIf(!process.env.VK_ICD_FILENAMES)("the contract holds on gpujs-webgpu in Node", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openBackend("gpujs-webgpu");
  });
  afterAll(async () => {
    console.log(`WebGPU in Node: ${backend?.device}`);
    await backend?.dispose();
  });

  test.each(cases)("$name", async ({ run }) => {
    const { faults, checked } = await run(backend);
    expect(faults).toEqual([]);
    expect(checked).toBeGreaterThan(0);
  });

  test("compiled each kernel once, whatever the sizes of batches", () => {
    // Seven for consensus, three for answers, one for paths.
    expect(backend.work?.compiled).toBe(11);
  });
});

/** WebGL 1 where the browser is made to have nothing newer. */
const inBrowser = [
  ...BACKEND_NAMES.map((name) => ({ name, isOld: false, label: name })),
  { name: "gpujs-webgl", isOld: true, label: "gpujs-webgl in WebGL 1" },
] as const;

describe("in a browser", () => {
  let browser: Browser;
  let script: string;
  const noise: string[] = [];
  beforeAll(async () => {
    [script, browser] = await Promise.all([
      bundled(),
      chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: (process.env.CHROMIUM_GPU_FLAGS ?? "").split(" "),
      }),
    ]);
  });
  afterAll(() => browser?.close());

  describe.each(inBrowser)("the contract holds on $label", ({ name, isOld }) => {
    let result: PageResult;
    beforeAll(async () => {
      const page = await openPage(browser, noise);
      if (isOld) await page.evaluate(withoutWebGl2);
      await page.addScriptTag({ content: script });
      result = await page.evaluate((own) => globalThis.contractOf(own), name);
      await page.close();
    }, 400_000);

    test("on what was asked for", () => {
      const devices = { "gpujs-webgl": isOld ? /^WebGL on / : /^WebGL 2 on /, "gpujs-webgpu": /./ };
      const wanted =
        name in devices ? devices[name as keyof typeof devices] : /WebAssembly|JavaScript/;
      expect(result.device).toMatch(wanted);
      if (name in devices) console.log(`${name} in Chromium: ${result.device}`);
    });

    test.each(cases.map((one) => one.name))("%s", (own) => {
      const found = result.cases.find((one) => one.name === own);
      expect(found?.faults).toEqual([]);
      expect(found?.checked).toBeGreaterThan(0);
    });
  });

  test("drivers and page say nothing", () => {
    expect(noise).toEqual([]);
  });
});

/** WebGPU is for secure pages, which those of localhost are; this one comes from here. */
async function openPage(browser: Browser, noise: string[]): Promise<Page> {
  const page = await browser.newPage();
  page.on("console", (message) => {
    // Chromium warns that a result was waited for.
    if (message.type() !== "warning") noise.push(message.text());
  });
  page.on("pageerror", (error) => noise.push(error.message));
  await page.route("http://localhost/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>contract</title>" }),
  );
  await page.goto("http://localhost/");
  return page;
}

/** Runs in the page. */
function withoutWebGl2(): void {
  const canvas = HTMLCanvasElement.prototype as { getContext(type: string, own?: object): unknown };
  const getContext = canvas.getContext;
  canvas.getContext = function (type, own) {
    return type === "webgl2" ? null : getContext.call(this, type, own);
  };
}

/** The contract and all that it needs as one script. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(dirname(fileURLToPath(import.meta.url)), "testing", "contract-page.ts")],
    ...{ bundle: true, write: false, format: "iife", target: "es2022", logLevel: "error" },
  });
  return outputFiles[0].text;
}
