import { expect, test } from "vitest";
import { calendarPinnedTo, isoDate, isoMinute } from "./calendar.ts";

test("a calendar pinned to the first halving dates the blocks around it", () => {
  const halving = Date.UTC(2025, 11, 15, 13, 31, 24);
  const calendar = calendarPinnedTo(7_103_976, halving);
  expect(isoMinute(calendar.timeOf(7_103_976))).toBe("2025-12-15 13:31");
  expect(isoDate(calendar.timeOf(7_103_976 + 7_200 * 30))).toBe("2026-01-14");
  expect(calendar.blockAt(halving + 1)).toBe(7_103_977);
  expect(calendar.blockAt(calendar.timeOf(7_000_000))).toBe(7_000_000);
});

test("a calendar needs whole numbers", () => {
  expect(() => calendarPinnedTo(1.5, 0)).toThrow(/block must be/);
  expect(() => calendarPinnedTo(1, Number.NaN)).toThrow(/timeMs must be/);
});
