import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { conformFile } from "./conform.ts";

const folder = fileURLToPath(new URL("./vectors", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.json(\.gz)?$/.test(file))
  .sort();

describe("the shipped vectors agree to the last bit", () => {
  test.each(files)("%s", (file) => {
    const { groups } = conformFile(`${folder}/${file}`);
    expect(groups.reduce((sum, group) => sum + group.passed, 0)).toBeGreaterThan(0);
    expect(groups.filter((group) => group.failed > 0)).toEqual([]);
  });
});
