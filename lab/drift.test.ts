import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { measureDrift } from "./drift.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

test("after an hour the two arithmetics differ, by far less than a millionth", () => {
  const scenarioPath = join(root, "scenarios", "finney-2026.yaml");
  const { blocks, lines } = measureDrift({ scenarioPath, sets: ["chain.horizon_days=0.05"] });
  expect(blocks).toBe(360);
  const pools = lines.find(({ quantity }) => quantity === "alpha in pools");
  expect(pools?.subnets).toBe(128);
  for (const { largestRelative } of lines) expect(largestRelative).toBeLessThan(1e-6);
  expect(Math.max(...lines.map(({ largestRelative }) => largestRelative))).toBeGreaterThan(0);
});
