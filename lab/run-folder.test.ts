import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defineTable } from "../sim/records.ts";
import { type RunFacts, readManifest } from "./manifest.ts";
import { sha256OfFile, sourceState } from "./provenance.ts";
import { checkRunPlace, defaultRunFolder, openRun } from "./run-folder.ts";
import { writingInto } from "./store/make-folder.ts";

const table = defineTable("blocks", "Blocks.", [["block", "u32", "block", "a block"]]);

const facts: RunFacts = {
  scenario: { name: "test", title: "A test", completed: { horizon_days: 1 } },
  seed: "s",
  span: {
    from_block: 1,
    to_block: 7_201,
    from_time: "2026-08-30T00:00:00.000Z",
    to_time: "2026-08-31T00:00:00.000Z",
  },
  rule_sets: [{ name: "r", title: "R", in_force_from: "2026-07-01", source: "spec" }],
  data: [],
  arithmetic: "exact",
  aggregated: [],
  assumptions: ["None."],
  timings: { simulate_s: 1 },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hivelab-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function makeRun(out: string, blocks: readonly number[]) {
  const run = openRun(out, {
    tables: [table],
    writeReport: (dir) => writeFileSync(join(dir, "report.html"), "<!doctype html>"),
  });
  for (const block of blocks) run.sink.append(table, [block]);
  return run.finish(facts);
}

describe("a run folder", () => {
  test("holds tables, report and a manifest whose hashes are the files'", async () => {
    const out = join(folder, "runs", "test");
    const { dir, reportPath } = await makeRun(out, [1, 2, 3]);
    expect(dir).toBe(out);
    expect(existsSync(reportPath)).toBe(true);
    const { tables, seed, program } = readManifest(out);
    expect(seed).toBe("s");
    expect(program.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([["blocks", 3]]);
    for (const { path, sha256, bytes } of [tables[0].arrow, tables[0].parquet]) {
      expect(sha256OfFile(join(out, path))).toBe(sha256);
      expect(readFileSync(join(out, path)).length).toBe(bytes);
    }
    expect(readdirSync(join(folder, "runs"))).toEqual(["test"]);
  });

  test("two runs differ in environment and timings alone", async () => {
    const [a, b] = [join(folder, "a"), join(folder, "b")];
    await makeRun(a, [1, 2]);
    await makeRun(b, [1, 2]);
    const same = ({ environment: _, timings: __, ...rest }: ReturnType<typeof readManifest>) =>
      rest;
    expect(same(readManifest(a))).toEqual(same(readManifest(b)));
  });

  test("an earlier run stays until the new one is complete, then gives way", async () => {
    const out = join(folder, "test");
    await makeRun(out, [1]);
    const second = openRun(out, { tables: [table] });
    second.sink.append(table, [1]);
    expect(readManifest(out).tables[0].rows).toBe(1);
    second.sink.append(table, [2]);
    await second.finish(facts);
    expect(readManifest(out).tables[0].rows).toBe(2);
    expect(readdirSync(folder)).toEqual(["test"]);
  });

  test("an aborted or failed run leaves nothing and harms nothing", async () => {
    const out = join(folder, "test");
    await makeRun(out, [1]);
    openRun(out, { tables: [table] }).abort();
    const failing = openRun(out, {
      tables: [table],
      writeReport: () => {
        throw new Error("no report");
      },
    });
    await expect(failing.finish(facts)).rejects.toThrow("no report");
    expect(readManifest(out).tables[0].rows).toBe(1);
    expect(readdirSync(folder)).toEqual(["test"]);
  });

  test("where no folder can be, one line says so", () => {
    writeFileSync(join(folder, "file"), "");
    const below = join(folder, "file", "runs", "x");
    expect(() => openRun(below, { tables: [] })).toThrow(
      `${below}: cannot be written to (ENOTDIR); name another folder with --out`,
    );
    rmSync(join(folder, "file"));
  });

  test("what is no run is never replaced", async () => {
    const out = join(folder, "mine");
    writeFileSync(out, "a file");
    expect(() => openRun(out, { tables: [] })).toThrow(`${out}: is a file; name another folder`);
    rmSync(out);
    mkdirSync(out);
    writeFileSync(join(out, "thesis.txt"), "years of work");
    expect(() => openRun(out, { tables: [] })).toThrow("is not empty and holds no run of hivelab");
    rmSync(join(out, "thesis.txt"));
    await makeRun(out, [1]);
    writeFileSync(join(out, "tables", "notes.txt"), "mine");
    expect(() => openRun(out, { tables: [] })).toThrow("holds tables/notes.txt");
    expect(readFileSync(join(out, "tables", "notes.txt"), "utf8")).toBe("mine");
  });

  test("that cannot be written is refused by its own name, before the work and at its beginning", () => {
    const out = join(folder, "file", "deep", "run");
    expect(() => checkRunPlace(out)).not.toThrow();
    writeFileSync(join(folder, "file"), "mine");
    const line = `${out}: cannot be written to (ENOTDIR); name another folder with --out`;
    expect(() => checkRunPlace(out)).toThrow(line);
    expect(() => openRun(out, { tables: [] })).toThrow(line);
    expect(() => checkRunPlace(join(folder, "file"))).toThrow("is a file");
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("mine");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test("is told with what to do where no option names it", () => {
    writeFileSync(join(folder, "file"), "mine");
    const report = join(folder, "file", "report.html");
    const work = () => writeFileSync(report, "<!doctype html>");
    expect(() => writingInto(folder, "copy it", work)).toThrow(
      `${folder}: cannot be written to (ENOTDIR); copy it`,
    );
  });

  // No folder is closed to root.
  test.skipIf(process.getuid?.() === 0)("nor can one below a folder without our rights", () => {
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o555 });
    const out = join(closed, "run");
    const line = `${out}: cannot be written to (EACCES); name another folder with --out`;
    expect(() => checkRunPlace(out)).toThrow(line);
    expect(() => openRun(out, { tables: [] })).toThrow(line);
  });

  test("has the scenario's name by default, whatever that is", () => {
    expect(defaultRunFolder("finney-2026")).toBe(join("runs", "finney-2026"));
    expect(defaultRunFolder("../../etc/passwd")).toBe(join("runs", "-..-etc-passwd"));
    expect(defaultRunFolder("..")).toBe(join("runs", "run"));
  });
});

describe("a manifest", () => {
  test.each([
    ["no folder", null, "manifest.json: not found; name a folder that `hivelab run` has written"],
    ["broken JSON", "{", "manifest.json: not JSON"],
    ["another file", '{"name":"x"}', 'not the manifest of a run; `format` would be "hivelab run"'],
    ["null", "null", "not the manifest of a run"],
    [
      "a later version",
      '{"format":"hivelab run","format_version":2}',
      "version 2 of the format; this hivelab reads version 1",
    ],
    ["missing parts", '{"format":"hivelab run","format_version":1}', "manifest.json: program: "],
  ])("that cannot be read says why: %s", (_, text, message) => {
    if (text !== null) writeFileSync(join(folder, "manifest.json"), text);
    expect(() => readManifest(folder)).toThrow(message);
  });
});

describe("provenance", () => {
  test("a folder without git has no commit", () => {
    expect(sourceState(folder)).toEqual({ commit: null, dirty: null });
  });
});
