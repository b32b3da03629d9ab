import { expect, test } from "vitest";
import { stakeTermsTable, validatorsTable } from "../../sim/bittensor/tables.ts";
import type { RecordSink } from "../../sim/records.ts";
import { isDrawn } from "../chart.ts";
import { rowsOf } from "../frame.ts";
import { sectionsWith, textOf } from "../testing/sections-with.ts";
import { validatorTermSections } from "./validator-terms.ts";

const BLOCK = 8_957_980;
const TIME = Date.UTC(2026, 8, 1);
const TAO = 1_000_000_000n;

const day = (sink: RecordSink, hotkey: string, k: number, take: number, share: number) =>
  sink.append(validatorsTable, [
    ...[BLOCK + 7_200 * k, TIME + 86_400_000 * k, 15, 2, hotkey, take, 0],
    ...[BigInt(1_000 + 100 * k) * TAO, 5n * TAO, 700n * TAO, share, 0.25],
  ]);

test("tells each change, and where the validators stood before and after", async () => {
  const [section, ...others] = await sectionsWith(validatorTermSections, (sink) => {
    sink.append(stakeTermsTable, [
      BLOCK,
      TIME,
      0,
      "delegate_take",
      "a",
      null,
      null,
      null,
      0.18,
      0.1,
    ]);
    sink.append(stakeTermsTable, [BLOCK, TIME, 15, "child", "a", 2, "b", 3, 0, 0.5]);
    sink.append(stakeTermsTable, [BLOCK, TIME, 9, "child", "x", 2, "y", 3, 0, 0.5]);
    for (const k of [0, 1]) {
      day(sink, "a", k, [0.18, 0.1][k], [0.4, 0.2][k]);
      day(sink, "b", k, 0.18, 0.1);
      day(sink, "c", k, 0.18, 0.5);
    }
  });
  expect(others).toEqual([]);
  const text = textOf(section);
  expect(text).toContain("1 times a validator changed a take, 1 times the part of its stake");
  expect(text).toContain("a take of its stakers&#39; dividends 18.0% 10.0%");
  expect(text).toContain("a stake that counts for b 0.0% 50.0%");
  expect(text).not.toContain("counts for y");
  expect(text).toContain("a 1,000 1,100 700 40.0% 20.0% 25.0%");
  const [counted, takes] = section.charts;
  if (!isDrawn(counted) || !isDrawn(takes)) throw new Error("not drawn");
  const drawn = (data: object) => rowsOf(Object.values(data)[0]);
  expect(drawn(counted.data).map(({ validator, share }) => [validator, share])).toEqual([
    ["a", 0.4],
    ["b", 0.1],
    ["a", 0.2],
    ["b", 0.1],
  ]);
  expect(drawn(takes.data).map(({ share }) => share)).toEqual([0.18, 0.18, 0.1, 0.18]);
});

test("is left out where nobody changed its terms", async () => {
  expect(await sectionsWith(validatorTermSections)).toEqual([]);
});
