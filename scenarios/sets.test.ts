import fc from "fast-check";
import { expect, test } from "vitest";
import { InputMemory } from "./input-memory.ts";
import { applySets, plainScalar } from "./sets.ts";
import type { Tree } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

const place = { file: "--set 1" };
const asYaml = (text: string) => readYaml(text, place.file, place);

test("numbers and short texts mean what they mean in YAML", () => {
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const text = fc.stringMatching(/^[A-Za-z0-9 _./:-]{0,20}$/);
  fc.assert(
    fc.property(fc.oneof(number, text), (value) => {
      const written = JSON.stringify(value);
      const plain = plainScalar(written, place);
      if (plain) expect(plain).toEqual(asYaml(written));
      if (typeof value === "string") expect(plain).not.toBeNull();
    }),
  );
  for (const written of ["0", "-0", "1e-7", "1.5e+300", "0.1", '"yes"', '"12"', '" a: b "']) {
    expect(plainScalar(written, place)).toEqual(asYaml(written));
    expect(plainScalar(written, place)).not.toBeNull();
  }
  for (const written of ["01", "1_000", "0x10", "1e5", "~", "[1]", '"a\\n"', "'a'", " 1", ""]) {
    expect(plainScalar(written, place), written).toBeNull();
  }
});

test("a memory knows the latest settings, and no others", () => {
  const memory = new InputMemory();
  let made = 0;
  const ask = (path: string, sets: readonly string[]) => memory.latest(path, sets, () => ++made);
  const [one, other] = [["seed=1"], ["seed=2"]];
  expect([ask("a", one), ask("a", one), ask("b", one), ask("b", other), ask("a", one)]).toEqual([
    1, 1, 2, 3, 4,
  ]);
});

test("later settings stand over earlier ones", () => {
  const empty: Tree = { kind: "map", place, entries: new Map() };
  const { tree, faults } = applySets(empty, ["seed=1", 'seed="x"', "a.b=2"]);
  expect(faults).toEqual([]);
  expect(tree).toMatchObject({ kind: "map" });
  const seed = tree.kind === "map" ? tree.entries.get("seed")?.node : null;
  expect(seed).toMatchObject({ kind: "scalar", value: "x", place: { file: "--set 2" } });
});
