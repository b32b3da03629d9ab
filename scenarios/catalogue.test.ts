import { expect, test } from "vitest";
import { describedFields, describedFlockFields, describedRootEraFields } from "./catalogue.ts";

const fields = [...describedFields(), ...describedFlockFields(), ...describedRootEraFields()];

test("every field says what it means", () => {
  for (const { field, meaning } of fields) expect(meaning.length, field).toBeGreaterThan(4);
});

test("a field's name ends in its unit, where it has one that can be written", () => {
  const suffixes: Readonly<Record<string, RegExp>> = {
    TAO: /_tao(_per_day)?$/,
    days: /_days$/,
    blocks: /_blocks$/,
    agents: /(^|[._])count$/,
    netuid: /netuid$/,
    rank: /_rank$/,
  };
  const wrong = fields.filter(({ field, unit }) => suffixes[unit] && !suffixes[unit].test(field));
  expect(wrong).toEqual([]);
});

test("numbers have bounds on both sides", () => {
  const open = fields.filter(
    ({ field, allowed }) =>
      /number/.test(allowed) && !/from \S+ to \S+/.test(allowed) && field !== "seed",
  );
  expect(open).toEqual([]);
});
