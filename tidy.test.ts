import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { version } from "./lab/version.ts";

/** Which rooms a room may import, itself apart. Imports go one way. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  sim: [],
  agents: ["sim"],
  scenarios: ["agents", "sim"],
  "gpu-kernels": ["sim"],
  lab: ["scenarios", "agents", "sim", "gpu-kernels"],
  conformance: ["sim", "agents", "scenarios", "lab", "gpu-kernels"],
  reports: ["lab", "scenarios", "agents", "sim"],
  cli: ["reports", "conformance", "lab", "scenarios", "agents", "sim", "gpu-kernels"],
  bench: ["cli", "reports", "conformance", "lab", "scenarios", "agents", "sim", "gpu-kernels"],
};

const root = dirname(fileURLToPath(import.meta.url));

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path);
    return /\.ts$/.test(path) && !path.endsWith(".generated.ts") ? [path] : [];
  });
}

const rooms = Object.keys(mayImport).filter((room) => readdirSync(root).includes(room));
const files = rooms.flatMap(sourcesBelow).map((path) => ({
  path,
  room: path.split("/")[0],
  text: readFileSync(join(root, path), "utf8"),
  isTest: path.endsWith(".test.ts"),
}));
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]);

describe("the house is tidy", () => {
  test("imports go one way: cli, reports -> lab -> scenarios -> agents -> sim", () => {
    const wrong = files
      .filter((file) => !file.isTest)
      .flatMap((file) =>
        importsOf(file.text)
          .filter((target) => target.startsWith("."))
          .map((target) => relative(root, join(root, dirname(file.path), target)).split("/")[0])
          .filter((room) => room !== file.room && !mayImport[file.room].includes(room))
          .map((room) => `${file.path} imports ${room}`),
      );
    expect(wrong).toEqual([]);
  });

  test("sim and agents use no clock, locale, chance, process or file of their own", () => {
    const forbidden =
      /Math\.(random|exp|log\w*|pow|sin|cos|tan\w*|cbrt|hypot|expm1)\b|Date\.now|new Date\(\)|performance\.|toLocale|Intl\.|process\.|localeCompare|"node:|(?<![*\w.]\s?)\*\* ?[a-z0.]/;
    const wrong = files
      .filter((file) => (file.room === "sim" || file.room === "agents") && !file.isTest)
      .filter((file) => !file.path.includes("/kernel/assembly/"))
      .flatMap((file) =>
        file.text
          .split("\n")
          .map((line, index) => ({ line, place: `${file.path}:${index + 1}` }))
          .filter(({ line }) => !/^\s*(\/?\*|\/\/)/.test(line))
          .filter(({ line }) =>
            forbidden.test(line.replace(/\/\/.*$/, "").replace(/\d+n \*\*/g, "")),
          )
          .map(({ line, place }) => `${place}: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });

  test("files stay short enough to read", () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  test("the version in code is the package's", () => {
    const { version: packaged } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(version).toBe(packaged);
  });
});
