import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { scenariosFolder, shippedScenarioNames } from "../scenarios/shipped.ts";
import { temporaryProject } from "../scenarios/testing/temporary-project.ts";
import { validate } from "./validate.ts";

const project = temporaryProject();
afterAll(() => project.remove());
afterEach(() => vi.restoreAllMocks());

function run(files: string[], sets: string[] = []): { code: number; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, "error").mockImplementation(
    (text: string) => void err.push(...text.split("\n")),
  );
  return { code: validate(files, sets), out, err };
}

test("every shipped scenario is valid, and says so in one line", () => {
  const files = shippedScenarioNames().map((name) => join(scenariosFolder, `${name}.yaml`));
  const { code, out, err } = run(files);
  expect(code).toBe(0);
  expect(out).toHaveLength(files.length);
  for (const line of out) expect(line).toMatch(/^\S+\.yaml: valid$/);
  expect(err).toEqual([]);
});

test("a wrong file does not hide the next one; the exit code is 2", () => {
  const wrong = project.write("wrong.yaml", "version: 1\ntitle: A\nsead: 1\nchain: 2\n");
  const right = project.write("right.yaml", "version: 1\ntitle: A\n");
  const { code, out, err } = run([wrong, right]);
  expect(code).toBe(2);
  expect(out).toEqual([`${right}: valid`]);
  expect(err).toEqual([
    `${wrong}:3:1: sead: unknown field; did you mean \`seed\`?`,
    `${wrong}:4:8: chain: 2 is a number; a group of fields`,
  ]);
});

test("--set is checked like the file", () => {
  const right = project.write("right.yaml", "version: 1\ntitle: A\n");
  expect(run([right], ["chain.horizon_days=60"]).code).toBe(0);
  expect(run([right], ["chain.horizon_days=-1"]).err).toEqual([
    "--set 1: chain.horizon_days: -1 is below 1/7200; a number from 1/7200 to 7305",
  ]);
});
