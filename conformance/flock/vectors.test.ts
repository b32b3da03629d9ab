import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isObject, runGroup } from "../format.ts";
import { flockVectors } from "./vectors.ts";

const folder = fileURLToPath(new URL("../vectors/flock", import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

/** The same document with every expected figure one percent and a little larger. */
function corrupted(value: unknown, expected = false): unknown {
  if (typeof value === "number") return expected ? value * 1.01 + 0.1 : value;
  if (Array.isArray(value)) return value.map((entry) => corrupted(entry, expected));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      corrupted(inner, expected || key === "expected"),
    ]),
  );
}

describe("FLock vectors", () => {
  test("reported figures are recognised and claim nothing", () => {
    const document = { id: "validation_targets", targets: [{ metric: "max_supply", value: 1e9 }] };
    expect(flockVectors.recognises(document)).toBe(true);
    expect(flockVectors.groups(document).map(runGroup)).toEqual([
      {
        name: "validation_targets/reported figures only, nothing to check",
        passed: 0,
        failed: 0,
        implemented: true,
        firstFailure: null,
      },
    ]);
  });

  test.each(["cases", "integer_cases", "derived_fee_drag", "reward_cases", "slash_cases"])(
    "every record under %s fails when its expected figures are changed",
    (list) => {
      const groups = files
        .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")))
        .flatMap((document) => flockVectors.groups(corrupted(document)))
        .filter(({ name }) => name.endsWith(`/${list}`))
        .map(runGroup);
      expect(groups.length).toBeGreaterThan(0);
      expect(groups.filter(({ passed }) => passed > 0)).toEqual([]);
    },
  );

  test("a file of another kind is not taken for one of ours", () => {
    expect(flockVectors.recognises({ id: "virtuals_bonding" })).toBe(false);
    expect(flockVectors.recognises({ format: "golden" })).toBe(false);
  });
});
