import { expect, test } from "vitest";
import type { ReadTable } from "../lab/tables/read-table.ts";
import { subnetEventsLine } from "./summary.ts";

const events = (rows: readonly [event: string, tao: number][]) =>
  ({
    rows: rows.length,
    column: (name: string) => ({
      texts: () => rows.map(([event]) => event),
      tao: () => Float64Array.from(rows.map(([, tao]) => tao)),
      name,
    }),
  }) as unknown as ReadTable;

test("the summary says how many subnets came and went, and at what price", () => {
  const rows: [string, number][] = [
    ["pruned", 900],
    ["registered", 1_067.2],
    ["added", 1_067.2],
    ["pruned", 800],
    ["registered", 426.9],
  ];
  expect(subnetEventsLine(events(rows))).toBe(
    "subnets: 2 registered (locks of 427 to 1,067 TAO), 2 pruned",
  );
  expect(subnetEventsLine(events([["owner_changed", 0]]))).toBe(
    "subnets: 0 registered, 0 pruned, 1 changed hands",
  );
});
