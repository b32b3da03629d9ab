import { afterAll, describe, expect, test } from "vitest";
import { temporaryProject } from "./testing/temporary-project.ts";

const project = temporaryProject();
afterAll(() => project.remove());
const start = "version: 1\ntitle: A test\n";

const wrongYaml: readonly (readonly [name: string, text: string, ...lines: string[]])[] = [
  [
    "a field given twice",
    `${start}seed: a\nseed: b\n`,
    "x.yaml:4:1: seed: given twice, first in line 3; keep one of the two",
  ],
  [
    "a tab as indentation",
    `${start}chain:\n\thorizon_days: 3\n`,
    "x.yaml:4:1: a tab indents this line; indent with spaces",
  ],
  [
    "a line out of step",
    `${start}chain:\n    horizon_days: 3\n  arithmetic: exact\n`,
    "x.yaml:5:1: the indentation fits no line above; align it with its neighbours",
  ],
  [
    "a line without a colon",
    `${start}chain:\n  horizon_days 3\n  arithmetic: exact\n`,
    "x.yaml:4:3: this is no `field: value`; write a colon and a space after the field's name, each field on its own line",
  ],
  [
    "a colon in bare text",
    `${start}description: what if: more\n`,
    "x.yaml:3:14: a second `:` stands in this line; put text that holds a colon in quotes",
  ],
  [
    "a list that never closes",
    `${start}recording: { tables: [supply }\n`,
    "x.yaml:3:30: a [ above is not closed; close it with ]",
  ],
  [
    "a quote that never closes",
    `${start}description: "so\n`,
    'x.yaml:4:1: not YAML: Missing closing "quote',
  ],
  [
    "a second document",
    `${start}---\nversion: 1\n`,
    "x.yaml:3:1: a second document starts here; one document a file",
  ],
  [
    "a tag that would make an object",
    `${start}seed: !!js/function 'x'\n`,
    "x.yaml:3:7: this tag is not read; leave the tag out",
  ],
  [
    "another version of YAML",
    `%YAML 1.1\n---\n${start}`,
    "x.yaml:1:1: YAML 1.1 is not read; leave the %YAML line out",
  ],
  [
    "a group as a field's name",
    `${start}? { a: 1 }\n: 2\n`,
    "x.yaml:3:3: a field's name must be plain text; `name: value`",
  ],
  [
    "an alias of nothing",
    `${start}seed: *nowhere\n`,
    "x.yaml:3:7: seed: no value above is marked &nowhere; mark one, or write the value out",
  ],
  [
    "an alias of the group that it stands in",
    `${start}chain: &loop\n  rules: *loop\n`,
    "x.yaml:4:10: chain.rules: no value above is marked &loop; mark one, or write the value out",
  ],
  [
    "nesting without end",
    `${start}seed: ${"[".repeat(30)}${"]".repeat(30)}\n`,
    "x.yaml:3:27: seed[0][0]: is nested too deeply; at most 20 levels",
  ],
  [
    "an empty file",
    "",
    "x.yaml: holds nothing; a scenario starts with `version: 1` and `title: ...`",
  ],
  [
    "comments alone",
    "# later\n",
    "x.yaml: holds nothing; a scenario starts with `version: 1` and `title: ...`",
  ],
  [
    "a list of scenarios",
    "- version: 1\n",
    "x.yaml:1:1: holds no fields; a scenario starts with `version: 1` and `title: ...`",
  ],
  [
    "no version",
    "title: A test\n",
    "x.yaml:1:1: version: is missing; a scenario starts with `version: 1` and `title: ...`",
  ],
  ["a version to come", "version: 2\nnews: 1\n", "x.yaml:1:10: version: 2 is not read here; 1"],
  ["no title", "version: 1\n", "x.yaml:1:1: title: is missing; a text of 1 to 120 characters"],
];

test.each(wrongYaml)("told line by line: %s", (_name, text, ...lines) => {
  expect(project.faultLines(project.write("x.yaml", text))).toEqual(lines);
});

describe("a file that is no scenario is refused:", () => {
  const told = (content: Uint8Array | string) =>
    project.faultLines(project.write("x.yaml", content));

  test("100 MB, unread", () => {
    const large = Buffer.alloc(100_000_000, "#");
    expect(told(large)).toEqual(["x.yaml: is 100.0 MB large; at most 1.0 MB are read"]);
  });
  test("a binary", () => {
    expect(told(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1))).toEqual([
      "x.yaml: is binary, not text; name a text file",
    ]);
  });
  test("UTF-16 and Latin-1 text", () => {
    expect(told(Buffer.from(`\ufeff${start}`, "utf16le"))).toEqual([
      "x.yaml: is UTF-16 text; save it as UTF-8",
    ]);
    expect(told(Buffer.from("title: Gr\u00fc\u00dfe\n", "latin1"))).toEqual([
      "x.yaml: is not UTF-8 text; save it as UTF-8",
    ]);
  });
  test("a folder, a device, nothing at all", () => {
    project.write("shelf/finney.yaml", start);
    expect(project.faultLines(`${project.folder}/shelf`)).toEqual([
      "shelf: is a folder; name a file",
    ]);
    expect(project.faultLines("/dev/null")).toEqual([
      "/dev/null: is not a regular file; name a file",
    ]);
    expect(project.faultLines(`${project.folder}/shelf/finny.yaml`)).toEqual([
      "shelf/finny.yaml: does not exist or cannot be opened; did you mean finney.yaml?",
    ]);
  });
});

describe("a file made to exhaust the reader is refused:", () => {
  const bomb = (levels: number) =>
    Array.from({ length: levels }, (_, i) =>
      i === 0
        ? "a0: &a0 [x]"
        : `a${i}: &a${i} [${Array(10)
            .fill(`*a${i - 1}`)
            .join(", ")}]`,
    ).join("\n");
  const cases: readonly (readonly [name: string, text: string, line: string])[] = [
    [
      "a bomb of aliases",
      bomb(12),
      "x.yaml:7:15: a4[1]: the file holds too many values; at most 10000, aliases counted as what they stand for",
    ],
    [
      "a list too long",
      `seed: [${"1,".repeat(15_000)}]`,
      "x.yaml:3:20000: seed[9996]: the file holds too many values; at most 10000, aliases counted as what they stand for",
    ],
    [
      "half a million values",
      `seed: [${"1,".repeat(490_000)}]`,
      "x.yaml:1:1: holds more than 60000 words and marks; a scenario needs far fewer",
    ],
    [
      "one field, many times",
      "a: 1\n".repeat(190_000),
      "x.yaml:1:1: holds more than 60000 words and marks; a scenario needs far fewer",
    ],
    [
      "anchors and aliases without end",
      "- &a 1\n- *a\n".repeat(70_000),
      "x.yaml:1:1: holds more than 60000 words and marks; a scenario needs far fewer",
    ],
  ];
  test.each(cases)("%s", (_name, text, line) => {
    expect(project.faultLines(project.write("x.yaml", `${start}${text}`))[0]).toBe(line);
  });

  test.each([
    ["brackets", "[".repeat(15_000)],
    ["groups", "{a: ".repeat(5_000)],
    ["lists", `seed:\n  ${"- ".repeat(15_000)}`],
  ])("a tower of %s", (_name, text) => {
    const [line] = project.faultLines(project.write("x.yaml", `${start}${text}`));
    expect(line).toMatch(/^x\.yaml:\d+:\d+: is nested too deeply; at most 20 levels$/);
  });
});
