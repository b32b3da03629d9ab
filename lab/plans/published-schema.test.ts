import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { publishedPlanSchema } from "./published-schema.ts";

const folder = join(scenariosFolder, "plans");
const published = readFileSync(join(folder, "plan.schema.json"), "utf8");

test("the published JSON Schema of plans is that of the code (npm run schema rewrites it)", () => {
  expect(published).toBe(publishedPlanSchema());
});

test("it accepts every shipped plan, and each says where it lies", () => {
  const inEditors = z.fromJSONSchema(JSON.parse(published));
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=./plan.schema.json");
    expect(inEditors.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
  }
  expect(inEditors.safeParse({ version: 1, title: "T", scenario: "x" }).success).toBe(false);
});
