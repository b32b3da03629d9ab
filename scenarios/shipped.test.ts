import { basename } from "node:path";
import { expect, test } from "vitest";
import { promptedFile } from "./shipped.ts";

test("what is shipped goes by its bare name, each command with its own kinds", () => {
  expect(basename(promptedFile("tao-supply", "scenarios"))).toBe("tao-supply.yaml");
  expect(promptedFile("cabal-sensitivity", "plans", "scenarios")).toMatch(
    /plans.cabal-sensitivity\.yaml$/,
  );
});

test("a path stays as it is, and a bare name that is nearly one is told", () => {
  for (const path of ["./tao-supply", "tao-supply.yaml", "nothing-like-that"]) {
    expect(promptedFile(path, "scenarios")).toBe(path);
  }
  expect(() => promptedFile("tao-suply", "scenarios")).toThrow(
    "tao-suply: no such file, and no name of one that is shipped; did you mean tao-supply?",
  );
});

test.each([
  [
    "cabal",
    ["scenarios"],
    "cabal: is a case of Yuma, which is not taken here; `hivelab yuma cabal`",
  ],
  [
    "miners-sell",
    ["searches"],
    "miners-sell: is a plan, which is not taken here; `hivelab sweep miners-sell`",
  ],
  [
    "cabal-smallest-stake",
    ["plans", "scenarios", "cases"],
    "; `hivelab search cabal-smallest-stake`",
  ],
  [
    "tao-supply",
    ["cases"],
    "tao-supply: is a scenario, which is not taken here; `hivelab run tao-supply`",
  ],
] as const)("%s is told what it is where only %j are taken", (name, kinds, line) => {
  expect(() => promptedFile(name, ...kinds)).toThrow(line);
});
