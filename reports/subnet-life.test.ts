import { afterAll, beforeAll, expect, test } from "vitest";
import { actionsTable, subnetEventsTable } from "../sim/bittensor/tables.ts";
import { isDrawn } from "./chart.ts";
import { convictionChart } from "./charts/conviction.ts";
import { lockCostsChart } from "./charts/lock-costs.ts";
import { subnetLifeSections } from "./sections/subnet-life.ts";
import { gapsBlocks, median, subnetLife } from "./subnet-life.ts";
import { type StoredRun, storeRun } from "./testing/stored-run.ts";

let stored: StoredRun;
beforeAll(async () => {
  stored = await storeRun();
});
afterAll(() => stored.remove());

test("each registration is joined with the subnet that gave way for it", () => {
  const life = subnetLife(stored.run);
  expect(life.founded.map(({ netuid, lockTao }) => [netuid, lockTao])).toEqual([
    [3, 700],
    [7, 610],
  ]);
  const [first] = life.founded;
  // 1,200 TAO for 600,000 alpha at a spot price of 0.004.
  expect(first.pruned).toMatchObject({ owner: "owner/3", paidTao: 1_200, recycledTao: 300 });
  expect(first.pruned?.recovery).toBeCloseTo(0.5, 12);
  expect(gapsBlocks(life)).toEqual([28_800]);
  expect(life.takeovers).toMatchObject([
    { netuid: 9, owner: "takeover/0", by: "conviction", paidTao: 70 },
  ]);
});

test("medians lie in the middle, or between the two in the middle", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test("the section shows locks and conviction, and what they come to", () => {
  const charts = [lockCostsChart(stored.run), convictionChart(stored.run)];
  expect(charts.every(isDrawn)).toBe(true);
  const [section] = subnetLifeSections(stored.run);
  const words = section.body.markup;
  expect(words).toContain("2 subnets were registered and 2 pruned for them; 1 changed hands");
  expect(words).toContain("founder/1");
});

test("the end of a lease is told from a takeover", async () => {
  const ended = await storeRun((sink) => {
    const [block, time] = [8_957_980, Date.UTC(2026, 8, 1)];
    const end = ["terminate_lease", 4, null, null, 0n, true, null];
    sink.append(actionsTable, [block, time, "owner/4", "owner", ...end]);
    sink.append(subnetEventsTable, [
      ...[block, time, 4, "owner_changed", "owner/4", null, null, null, null],
    ]);
  });
  const { takeovers } = subnetLife(ended.run);
  expect(takeovers).toMatchObject([{ netuid: 4, owner: "owner/4", by: "lease" }]);
  const [section] = subnetLifeSections(ended.run);
  expect(section.body.markup).toContain(
    "No subnet was registered; 1 went to the beneficiary of a lease.",
  );
  ended.remove();
});

test("a run without any of it has no such section", async () => {
  const empty = await storeRun(() => {});
  expect(subnetLifeSections(empty.run)).toEqual([]);
  empty.remove();
});
