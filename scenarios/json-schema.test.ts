import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { publishedSchema } from "./json-schema.ts";
import { scenariosFolder, shippedScenarioNames } from "./shipped.ts";

const published = readFileSync(join(scenariosFolder, "scenario.schema.json"), "utf8");
const inEditors = z.fromJSONSchema(JSON.parse(published));

test("the published JSON Schema is that of the code (npm run schema rewrites it)", () => {
  expect(published).toBe(publishedSchema());
});

test("it accepts every shipped scenario, and each says where it lies", () => {
  for (const name of shippedScenarioNames()) {
    const text = readFileSync(join(scenariosFolder, `${name}.yaml`), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=./scenario.schema.json");
    const { error } = inEditors.safeParse(parse(text));
    expect(error?.issues ?? []).toEqual([]);
  }
});

test("it refuses what the loader refuses", () => {
  const start = { version: 1, title: "A test" };
  expect(inEditors.safeParse({ ...start, seed: null, chain: null }).success).toBe(true);
  for (const wrong of [
    { title: "A test" },
    { ...start, title: null },
    { ...start, sead: "s" },
    { ...start, agents: { miners: { skill_spread: -0.2 } } },
    { ...start, chain: { arithmetic: "exakt" } },
    { ...start, recording: { tables: ["wealths"] } },
  ]) {
    expect(inEditors.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  }
});
