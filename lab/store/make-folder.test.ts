import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolders, onPlace } from "./make-folder.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-made-"));
afterAll(() => rmSync(place, { recursive: true }));

test("a folder is made with all above it, and what was not there is named from the outermost", () => {
  const [a, b, c] = [join(place, "a"), join(place, "a", "b"), join(place, "a", "b", "c")];
  expect(makeFolders(join(place, "a", "x", "..", "b"))).toEqual([a, b]);
  expect(makeFolders(relative(process.cwd(), c))).toEqual([c]);
  expect(makeFolders(c)).toEqual([]);
  expect(statSync(c).isDirectory()).toBe(true);
});

test.each([
  ["below a file", "file/x/y", "ENOTDIR"],
  ["where a file is", "file", "ENOTDIR"],
  ["where a link leads nowhere", "link", "ENOENT"],
  ["below such a link", "link/x", "ENOENT"],
  ["with a name that is too long", "n".repeat(300), "ENAMETOOLONG"],
])("%s no folder can be: one line names the place", (_, name, code) => {
  const file = join(place, "file");
  writeFileSync(file, "");
  const link = join(place, "link");
  if (!existsSync(join(place, "nowhere"))) rmSync(link, { force: true });
  symlinkSync(join(place, "nowhere"), link);
  const dir = join(place, name);
  expect(() => onPlace(dir, "--out", () => makeFolders(dir))).toThrow(
    `${dir}: cannot be written to (${code}); name another folder with --out`,
  );
  expect(existsSync(join(place, "nowhere"))).toBe(false);
});

test.runIf(process.platform === "linux")(
  "/proc has no room for folders, and says so at once",
  () => {
    for (const dir of ["/proc/x", "/proc/x/y"]) {
      expect(() => onPlace(dir, "--out", () => makeFolders(dir))).toThrow(
        `${dir}: cannot be written to (ENOENT); name another folder with --out`,
      );
    }
  },
);
