import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remakeReport } from "./report.ts";
import { makeUpRun, smallSize } from "./testing/made-up-run.ts";
import { type StoredRun, storeRun } from "./testing/stored-run.ts";

let stored: StoredRun;
let page: string;
beforeAll(async () => {
  stored = await storeRun(undefined, smallSize, { withReport: true });
  page = readFileSync(join(stored.folder, "report.html"), "utf8");
});
afterAll(() => stored.remove());

/** The page without the browser's part and the data of the charts. */
const words = () => page.replace(/<script[\s\S]*?<\/script>/g, "");

describe("report.html", () => {
  test("is one file that names no other and stays under 1.5 MB", () => {
    expect(page.length).toBeLessThan(1_500_000);
    expect(words()).not.toMatch(/\b(src|href)=(?!"#)/);
    expect(words()).not.toMatch(/@import|url\(|https?:/);
    expect(words()).toContain("default-src &#39;none&#39;");
  });

  test("escapes every text of the tables and the scenario", () => {
    expect(words()).toContain("Ωmega &amp; &lt;i&gt;Co&lt;/i&gt;");
    expect(page.includes("<i>Co</i>")).toBe(false);
    expect(page.includes("<script>alert(1)")).toBe(false);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });

  test("says what ran, in people's numbers", () => {
    for (const text of [
      "A made-up month of the network",
      "28 August 2026",
      "9 September 2026",
      "block 8,957,880",
      "seed-1",
      "Price average x burn, with the Hill gate by rank (14 July 2026)",
      "Every subnet but 15 has one actor per role.",
      "Nobody registers or leaves during the run.",
      "exact fixed point; pool power function in float64",
      "when 15,750,000 TAO are issued",
    ]) {
      expect(words()).toContain(text);
    }
  });

  test("sums the supply exactly: 12 days of 3,600 TAO", () => {
    const row =
      /Minted<small>.*?<\/small><\/th><td class="n">([\d,]+)<\/td><td class="n">([\d,]+)</;
    expect(words().match(row)?.slice(1)).toEqual(["43,200", "3,600"]);
  });

  test("is made again from the tables, the same to the byte", () => {
    writeFileSync(join(stored.folder, "report.html"), "spoilt");
    expect(remakeReport(stored.folder)).toBe(join(stored.folder, "report.html"));
    expect(readFileSync(join(stored.folder, "report.html"), "utf8") === page).toBe(true);
    expect(readdirSync(stored.folder).sort()).toEqual(["manifest.json", "report.html", "tables"]);
  });

  test("cannot be made where there is no run", () => {
    expect(() => remakeReport(join(stored.folder, "tables"))).toThrow(
      "manifest.json: not found; name a folder that `hivelab run` has written",
    );
  });

  test("of a run that recorded nothing is a page all the same", async () => {
    const empty = await storeRun(() => {}, smallSize, { withReport: true });
    const text = readFileSync(join(empty.folder, "report.html"), "utf8");
    empty.remove();
    expect(text.includes("The run recorded no supply.")).toBe(true);
    expect(text.includes("The chain refused nothing.")).toBe(true);
  });

  test("of half a day has steps that suit it", async () => {
    const short = { ...smallSize, days: 0.5, intervalBlocks: 300, epochs: 2 };
    const half = await storeRun((sink) => makeUpRun(sink, short), short, { withReport: true });
    const text = readFileSync(join(half.folder, "report.html"), "utf8");
    const steps = half.run.windows.list.length;
    half.remove();
    expect(steps).toBe(12);
    expect(text.includes("<b>12 hours</b>")).toBe(true);
    expect(text.includes("averaged over each hour")).toBe(true);
  });
});
