import { expect, test } from "vitest";
import { planSource } from "../lab/plans/from-flags.ts";
import { planFrom } from "../lab/plans/load.ts";
import { promptedFile, shippedNames } from "../scenarios/shipped.ts";
import { EXAMPLES } from "./examples.ts";
import { buildProgram } from "./program.ts";

const lines = Object.entries(EXAMPLES).flatMap(([name, own]) => own.map((line) => [name, line]));

test.each(lines)("%s: %s has options of that command and a shipped name", (name, line) => {
  const command = buildProgram().commands.find((one) => one.name() === name);
  const words = line.split(" ");
  expect(words.slice(0, 2)).toEqual(["hivelab", name]);
  const known = command?.options.map(({ long }) => long);
  for (const word of words.filter((one) => one.startsWith("--"))) expect(known).toContain(word);
  const shipped = (["scenarios", "plans", "searches"] as const).flatMap(shippedNames);
  expect(shipped).toContain(words[2].replace("runs/", ""));
});

test("help shows them behind the options", () => {
  const sweep = buildProgram().commands.find((one) => one.name() === "sweep");
  let help = "";
  sweep
    ?.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  expect(help.indexOf("Examples:")).toBeGreaterThan(help.indexOf("--workers"));
  for (const line of EXAMPLES.sweep) expect(help).toContain(`\n  ${line}\n`);
});

test("what the examples of a sweep vary are fields of their scenarios", () => {
  for (const line of EXAMPLES.sweep.slice(1)) {
    const words = line.split(" ");
    const after = (flag: string) =>
      words.flatMap((word, k) => (word === flag ? [words[k + 1]] : []));
    const path = promptedFile(words[2], "scenarios");
    const source = planSource(path, { param: after("--param"), keep: after("--keep") });
    expect(planFrom(source, after("--set")).size).toBeGreaterThan(2);
  }
});
