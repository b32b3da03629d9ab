import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { emission } from "./emission.ts";
import { reproduce } from "./reproduce.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-economy-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function printed(run: () => unknown): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  await run();
  return lines.join("\n");
}

const state = join(folder, "state.json");
const economics = (price: number) => ({ alpha_price_tao: price, tao_in_pool_tao: 1_000 });
writeFileSync(
  state,
  JSON.stringify({
    subnets: [1, 2, 3].map((netuid) => ({
      netuid,
      name: `Net ${netuid}`,
      block: 8_800_000,
      economics: economics(0.01 * netuid),
    })),
  }),
);

test("emission lists subnets by the rule in force, with a bar and notes on what was assumed", async () => {
  const text = await printed(() => emission(state, { top: "2", json: false }));
  const lines = text.split("\n");
  expect(lines[0]).toBe(`${state}: block 8800000, 3 eligible subnets`);
  expect(text).toMatch(/^R8 \(in force\) +the Hill gate/m);
  expect(text).toMatch(/^SN3 Net 3 +50\.000 .* █{24}$/m);
  expect(text).not.toContain("SN1");
  expect(text).toContain("nothing is assumed burned");
});

test("emission tells one subnet what it would get under each rule, and writes the chart", async () => {
  const chart = join(folder, "chart.svg");
  const options = { rules: ["r2", "R8"], subnet: "1", top: "20", chart, json: false };
  const text = await printed(() => emission(state, options));
  expect(text).toMatch(/^SN1 Net 1 +share in % +rank +TAO\/day +against R8$/m);
  expect(text).toMatch(/^R2 +16\.667 +3 +600\.00 +\+/m);
  expect(readFileSync(chart, "utf8")).toMatch(/^<svg/);
});

test("emission as data holds shares to the last bit", async () => {
  const data = JSON.parse(await printed(() => emission(state, { top: "20", json: true })));
  expect(data.subnets[2]).toMatchObject({ netuid: 3, R2: 0.5, R2_u64f64: "9223372036854775808" });
});

test("reproduce as data is a list of named differences", async () => {
  const text = await printed(() => {
    expect(reproduce(["first-days"], { json: true, list: false })).toBe(0);
  });
  const checks = JSON.parse(text);
  expect(checks.length).toBe(7);
  for (const check of checks) {
    expect(Object.keys(check)).toEqual(["name", "published", "ours", "difference", "bound", "ok"]);
    expect(check.ok).toBe(true);
  }
});

test("reproduce says which groups of checks there are", async () => {
  const text = await printed(() => reproduce([], { json: false, list: true }));
  expect(text).toMatch(/^supply +issuance from the halving/m);
});
