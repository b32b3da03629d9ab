import { expect, test } from "vitest";
import { mechanismNeuronsTable } from "../../sim/bittensor/tables.ts";
import type { RecordSink } from "../../sim/records.ts";
import { isDrawn } from "../chart.ts";
import { rowsOf } from "../frame.ts";
import { sectionsWith, textOf } from "../testing/sections-with.ts";
import { mechanismSections } from "./mechanisms.ts";

const BLOCK = 8_957_980;
const TIME = Date.UTC(2026, 8, 1);
const TAO = 1_000_000_000n;

const row = (sink: RecordSink, epoch: number, mechanism: number, uid: number, mined: bigint) =>
  sink.append(mechanismNeuronsTable, [
    ...[BLOCK + 360 * epoch, TIME, 15, epoch, mechanism, uid, "miner"],
    ...[0, uid === 1 ? 65_535 : 0, 0, 0, mined * TAO, 0n],
  ]);

test("says what each mechanism gave, and to whom", async () => {
  const [section, ...others] = await sectionsWith(mechanismSections, (sink) => {
    for (const epoch of [0, 1]) {
      row(sink, epoch, 0, 1, 40n);
      row(sink, epoch, 0, 2, 0n);
      row(sink, epoch, 1, 1, 0n);
      row(sink, epoch, 1, 2, 10n);
      row(sink, epoch, 1, 3, 0n);
    }
  });
  expect(others).toEqual([]);
  const text = textOf(section);
  expect(section.title).toContain("2 mechanisms");
  expect(text).toContain("1 100.0% 100.0% 80 0 80");
  expect(text).toContain("2 0.0% 0.0% 0 20 20");
  expect(text).not.toContain("3 0.0%");
  const [chart] = section.charts;
  if (!isDrawn(chart)) throw new Error("not drawn");
  const drawn = rowsOf(Object.values(chart.data)[0]);
  const sum = (mechanism: string) =>
    drawn
      .filter((bar) => bar.mechanism === mechanism)
      .reduce((all, { value }) => all + Number(value), 0);
  expect(sum("mechanism 0") / sum("mechanism 1")).toBeCloseTo(4, 9);
});

test("is left out where every subnet has one mechanism", async () => {
  expect(await sectionsWith(mechanismSections)).toEqual([]);
});
