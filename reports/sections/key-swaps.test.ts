import { expect, test } from "vitest";
import { keySwapsTable } from "../../sim/bittensor/tables.ts";
import { sectionsWith, textOf } from "../testing/sections-with.ts";
import { keySwapSections } from "./key-swaps.ts";

const TAO = 1_000_000_000n;

test("lists each swap with what went along and what it cost", async () => {
  const row = [8_957_980, Date.UTC(2026, 8, 1)] as const;
  const [section] = await sectionsWith(keySwapSections, (sink) => {
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
  const text = textOf(section);
  expect(text).toContain("2 keys gave way to others");
  expect(text).toMatch(/hotkey h h2 15 · .* 15 3 1,250 0\.001/);
  expect(text).toContain("coldkey c d all 9 4 0.1");
});

test("is left out where no key was swapped", async () => {
  expect(await sectionsWith(keySwapSections)).toEqual([]);
});
