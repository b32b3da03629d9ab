import { expect, test } from "vitest";
import { neuronsTable } from "../../sim/bittensor/tables.ts";
import type { RecordSink } from "../../sim/records.ts";
import { sectionsWith, textOf } from "../testing/sections-with.ts";
import { decidingSections } from "./deciding.ts";

const epoch = (sink: RecordSink, k: number, permits: boolean[], incentive: number[]) => {
  for (const [uid, permit] of permits.entries()) {
    sink.append(neuronsTable, [
      ...[8_957_980 + 360 * k, Date.UTC(2026, 8, 1 + k), 21, k, uid, "validator"],
      ...[0, 0, incentive[uid], 0, 0, 0n, permit, true],
    ]);
  }
};

test("says in which epochs one validator decided, and what its best miner got", async () => {
  const [section] = await sectionsWith(decidingSections, (sink) => {
    epoch(sink, 0, [true, true], [0, 13_107]);
    epoch(sink, 1, [true, false], [0, 65_535]);
    epoch(sink, 2, [true, false], [0, 32_767]);
    epoch(sink, 3, [false, true], [65_535, 0]);
  });
  expect(section.id).toBe("deciding-21");
  const text = textOf(section);
  expect(text).toContain("In 3 epochs one validator alone held a permit");
  expect(text).toMatch(/several 1 20\.0% .* uid 0 alone 2 75\.0% .* uid 1 alone 1 100\.0%/);
});

test("is left out where several always held one", async () => {
  expect(await sectionsWith(decidingSections)).toEqual([]);
});
