import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { loadSearch } from "../search/search-plan.ts";
import { loadPlan } from "./load.ts";
import { publishedPlanSchema, publishedSearchSchema } from "./published-schema.ts";

describe.each([
  ["plans", "plan.schema.json", publishedPlanSchema, loadPlan],
  ["searches", "search.schema.json", publishedSearchSchema, loadSearch],
] as const)("%s", (name, schemaFile, schema, load) => {
  const folder = join(scenariosFolder, name);
  const published = readFileSync(join(folder, schemaFile), "utf8");

  test("have the published JSON Schema of the code (npm run schema rewrites it)", () => {
    expect(published).toBe(schema());
  });

  test("that come with hivelab fit it, say where it lies, and load", () => {
    const inEditors = z.fromJSONSchema(JSON.parse(published));
    const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text.split("\n")[0]).toBe(`# yaml-language-server: $schema=./${schemaFile}`);
      expect(inEditors.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
      expect(load(join(folder, file)).definition.title).not.toBe("");
    }
    expect(inEditors.safeParse({ version: 1, title: "T", scenario: "x" }).success).toBe(false);
  });
});
