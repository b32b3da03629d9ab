import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildProgram } from "./program.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every package that importing a file loads at once, imports with `await import` left out. */
function packagesLoadedBy(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, clause, target] of text.matchAll(
    /^(?:import|export)\s+([^;]*?from\s+)?"([^"]+)";/gm,
  )) {
    if (clause?.startsWith("type ")) continue;
    if (!target.startsWith(".")) packages.add(target);
    else for (const one of packagesLoadedBy(join(dirname(file), target), seen)) packages.add(one);
  }
  return packages;
}

test("the command line starts with commander alone: what a command needs is loaded when it runs", () => {
  expect([...packagesLoadedBy(join(root, "cli.ts"))]).toEqual(["commander"]);
  expect([...packagesLoadedBy(join(root, "cli", "validate.ts"))]).toContain("yaml");
});

test("every command says what it does", () => {
  const { commands } = buildProgram();
  expect(commands.map((command) => command.name())).toEqual(
    expect.arrayContaining(["validate", "describe", "conform"]),
  );
  for (const command of commands) expect(command.description(), command.name()).not.toBe("");
});

test("help tells the defaults that say something, and no empty lists", () => {
  const help = buildProgram()
    .commands.map((command) => command.helpInformation())
    .join("\n")
    .replace(/\s+/g, " ");
  expect(help).not.toMatch(/default: (\[\]|false|")/);
  expect(help).toContain("a worker silent for so long has died (default: 15)");
});
