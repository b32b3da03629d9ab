import { afterEach, expect, test } from "vitest";
import { keySwapsTable } from "../../sim/bittensor/tables.ts";
import type { RecordSink } from "../../sim/records.ts";
import { makeUpRun, smallSize } from "../testing/made-up-run.ts";
import { type StoredRun, storeRun } from "../testing/stored-run.ts";
import { keySwapSections } from "./key-swaps.ts";

let stored: StoredRun | null = null;
afterEach(() => stored?.remove());
const TAO = 1_000_000_000n;

async function sections(fill: (sink: RecordSink) => void) {
  stored = await storeRun((sink) => {
    makeUpRun(sink, smallSize);
    fill(sink);
  });
  return keySwapSections(stored.run);
}

test("lists each swap with what went along and what it cost", async () => {
  const row = [8_957_980, Date.UTC(2026, 8, 1)] as const;
  const [section] = await sections((sink) => {
    sink.append(keySwapsTable, [
      ...row,
      "hotkey",
      15,
      "c",
      "h",
      "h2",
      3,
      1_250n * TAO,
      TAO / 1_000n,
    ]);
    sink.append(keySwapsTable, [...row, "coldkey", null, "c", "c", "d", 9, 4n * TAO, TAO / 10n]);
  });
  const text = section.body.markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  expect(text).toContain("2 keys gave way to others");
  expect(text).toMatch(/hotkey h h2 15 · .* 15 3 1,250 0\.001/);
  expect(text).toContain("coldkey c d all 9 4 0.1");
});

test("is left out where no key was swapped", async () => {
  expect(await sections(() => {})).toEqual([]);
});
