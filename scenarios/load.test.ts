import { symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "./fault.ts";
import { loadScenario } from "./load.ts";
import { scenariosFolder } from "./shipped.ts";
import { temporaryProject } from "./testing/temporary-project.ts";
import { fieldName } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

const project = temporaryProject();
afterAll(() => project.remove());
const start = "version: 1\ntitle: A test\n";
const base = project.write(
  "base.yaml",
  `${start}seed: base\nchain:\n  horizon_days: 7\n  rules: { overrides: { gate_rank: 64, gate: true } }\n  detailed_subnets: []\nrecording: { tables: [supply, pools] }\n`,
);

describe("a scenario that extends another", () => {
  test("keeps what it does not say, replaces lists, and has its own title", () => {
    const path = project.write(
      "child.yaml",
      "version: 1\ntitle: Child\nextends: base.yaml\nchain: { rules: { overrides: { gate: false } } }\nrecording: { tables: [wealth] }\n",
    );
    const { scenario, sources } = project.load(path);
    expect(scenario.title).toBe("Child");
    expect(scenario.seed).toBe("base");
    expect(scenario.chain.rules.overrides).toEqual({ gate: false, gate_rank: 64 });
    expect(scenario.recording).toEqual({ every_blocks: 300, tables: ["wealth"] });
    expect(sources.slice(0, 2).map((source) => source.path)).toEqual(["child.yaml", "base.yaml"]);
    expect("extends" in scenario).toBe(false);
  });

  test("takes the default again with null", () => {
    const path = project.write(
      "child.yaml",
      `${start}extends: ./base.yaml\nseed: ~\nchain: { rules: { overrides: { gate_rank: } }, detailed_subnets: null }\n`,
    );
    const { scenario } = project.load(path);
    expect(scenario.seed).toBe("hivelab");
    expect(scenario.chain.rules.overrides).toEqual({ gate: true });
    expect(scenario.chain.detailed_subnets).toMatchObject([
      { netuid: 15, metagraph: "metagraph-sn15" },
    ]);
  });

  test("may name a shipped one, from anywhere", () => {
    const path = project.write("child.yaml", `${start}extends: finney-2026\n`);
    expect(project.load(path).sources[1].path).toBe("scenarios/finney-2026.yaml");
  });

  test("is told the file in which a value stands", () => {
    project.write("deep/base.yaml", `${start}seed: [1]\nagents: { miners: { sell_share: 3 } }\n`);
    const path = project.write("child.yaml", `${start}extends: deep/base.yaml\nchain: 3\n`);
    expect(project.faultLines(path)).toEqual([
      "child.yaml:4:8: chain: 3 is a number; a group of fields",
      "deep/base.yaml:3:7: seed: a list is not right here; a text of 1 to 200 characters, or a whole number",
      "deep/base.yaml:4:33: agents.miners.sell_share: 3 is above 1; a number from 0 to 1",
    ]);
  });

  test("reads data from the folder of the file that names it", () => {
    project.write("deep/base.yaml", `${start}chain: { state: ./mine }\n`);
    const path = project.write("child.yaml", `${start}extends: deep/base.yaml\n`);
    expect(project.faultLines(path)).toEqual([
      "deep/base.yaml:3:17: chain.state: deep/mine/about.json does not exist or cannot be opened; check the path",
    ]);
  });

  const wrongExtends: readonly (readonly [name: string, value: string, line: string])[] = [
    [
      "itself",
      "x.yaml",
      "x.yaml:3:1: extends: leads back to itself (x.yaml -> x.yaml); let one of them extend nothing",
    ],
    [
      "what is not there",
      "bose.yaml",
      "x.yaml:3:10: extends: bose.yaml does not exist or cannot be opened; did you mean base.yaml?",
    ],
    [
      "what is not shipped",
      "finny-2026",
      'x.yaml:3:10: extends: "finny-2026" is not among the shipped scenarios; did you mean finney-2026? (a path ends in .yaml)',
    ],
    [
      "a file above the project",
      "../../../etc/passwd",
      'x.yaml:3:10: extends: "../../../etc/passwd" leads out of the project; name what lies in FOLDER',
    ],
    [
      "an absolute path",
      "/etc/passwd",
      'x.yaml:3:10: extends: "/etc/passwd" leads out of the project; name what lies in FOLDER',
    ],
    [
      "a link that leads out",
      "link.yaml",
      'x.yaml:3:10: extends: "link.yaml" leads out of the project; name what lies in FOLDER',
    ],
    ["a folder", "./", "x.yaml:3:10: extends: FOLDER is a folder; name a file"],
    [
      "two files",
      "[a.yaml, b.yaml]",
      "x.yaml:3:10: extends: is not the path of one scenario file; such as ./base.yaml",
    ],
  ];
  symlinkSync("/etc/passwd", join(project.folder, "link.yaml"));
  test.each(wrongExtends)("is refused when it extends %s", (_name, value, line) => {
    expect(project.faultLines(project.write("x.yaml", `${start}extends: ${value}\n`))).toEqual([
      line,
    ]);
  });

  test("is refused in a circle, and in a chain of more than eight", () => {
    project.write("a.yaml", `${start}extends: b.yaml\n`);
    project.write("b.yaml", `${start}extends: ./deep/../a.yaml\n`);
    expect(project.faultLines(join(project.folder, "a.yaml"))).toEqual([
      "b.yaml:3:1: extends: leads back to itself (a.yaml -> b.yaml -> a.yaml); let one of them extend nothing",
    ]);
    for (let i = 1; i <= 9; i++) {
      project.write(`c${i}.yaml`, i < 9 ? `${start}extends: c${i + 1}.yaml\n` : start);
    }
    expect(project.faultLines(join(project.folder, "c2.yaml"))).toEqual([]);
    expect(project.faultLines(join(project.folder, "c1.yaml"))).toEqual([
      "c8.yaml:3:1: extends: makes the chain longer than 8 files; extend a file that extends fewer",
    ]);
  });
});

describe("--set path=value", () => {
  test("wins over every file, and the last one over the others", () => {
    const { scenario } = project.load(base, [
      "seed=first",
      "seed=42",
      "chain.rules.overrides.gate_rank=16",
      "agents.miners={sell_share: 1}",
      "chain.detailed_subnets[0]={netuid: 15, metagraph: metagraph-sn15}",
      "recording.tables[1]=wealth",
      "chain.rules.overrides.gate=",
    ]);
    expect(scenario.seed).toBe("42");
    expect(scenario.chain.rules.overrides).toEqual({ gate_rank: 16 });
    expect(scenario.agents.miners).toMatchObject({ sell_share: 1, skill_spread: 1 });
    expect(scenario.chain.detailed_subnets).toHaveLength(1);
    expect(scenario.recording.tables).toEqual(["supply", "wealth"]);
  });

  test("tells every fault with the number of the setting", () => {
    const sets = [
      "nope",
      "a..b=1",
      "recording.tables[7]=pools",
      "extends=x",
      "seed=[1",
      "agents.miners.skil_spread=1",
      "agents.miners.skill_spread=-0.2",
      "chain.state=../../etc",
      `description=${"x".repeat(10_001)}`,
    ];
    expect(project.faultLines(base, sets)).toEqual([
      "--set 1: is not path=value; such as --set chain.horizon_days=60",
      "--set 2: is not path=value; such as --set chain.horizon_days=60",
      "--set 3: recording.tables[7]: the list has 2 entries; entries are counted from 0",
      "--set 4: extends: cannot be set; write it in the scenario file",
      "--set 5: a [ above is not closed; close it with ]",
      "--set 6: agents.miners.skil_spread: unknown field; did you mean `skill_spread`?",
      "--set 7: agents.miners.skill_spread: -0.2 is below 0; a number from 0 to 3",
      "--set 9: is too long; at most 10000 characters",
    ]);
    expect(project.faultLines(base, ["chain.state=../../etc"])[0]).toMatch(
      /^--set 1: chain\.state: "\.\.\/\.\.\/etc" /,
    );
  });
});

describe("a scenario file is read whatever its make:", () => {
  const read = (text: string) =>
    JSON.stringify(project.load(project.write("y.yaml", text)).scenario);
  const plain = read(`${start}chain:\n  horizon_days: 3\n`);

  test.each([
    ["a byte order mark", `\ufeff${start}chain:\n  horizon_days: 3\n`],
    ["Windows line ends", `${start}chain:\n  horizon_days: 3\n`.replaceAll("\n", "\r\n")],
    ["JSON", '{"chain": {"horizon_days": 3}, "title": "A test", "version": 1}'],
    [
      "aliases",
      `${start}chain: { horizon_days: &d 3 }\nagents: { delegators: { rebalance_every_days: 7 } }\n`,
    ],
    ["empty groups", `${start}chain:\n  horizon_days: 3\n  rules:\nagents:\nrecording: {}\n`],
  ])("%s", (_name, text) => {
    expect(read(text)).toBe(plain);
  });
});

test("shipped scenarios load without a fault or a word", () => {
  const { scenario, state, metagraphs, untilBlock } = loadScenario(
    join(scenariosFolder, "finney-2026.yaml"),
  );
  expect(state.block).toBe(8_957_879);
  expect(untilBlock).toBe(8_957_879 + 30 * 7_200);
  expect([...metagraphs.keys()]).toEqual([15]);
  expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
});

describe("whatever a file holds,", () => {
  const onlyInputError = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const line of error.message.split("\n")) expect(line).toMatch(/^\S/);
    }
  };

  test("nothing but faults comes of wrong bytes", () => {
    const path = join(project.folder, "fuzz.yaml");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        project.write("fuzz.yaml", bytes);
        onlyInputError(() => loadScenario(path));
      }),
      { numRuns: 100 },
    );
  });

  test("nothing but faults comes of wrong YAML", () => {
    const piece = fc.constantFrom(
      ...["version: 1\n", "title: x\n", "extends: ", "chain:", "agents:", "  ", "\n", "- ", ": "],
      ...["&a ", "*a", "<<: ", "!!binary ", "? ", "|\n", ">-\n", "[", "]", "{", "}", ",", '"', "'"],
      ...[
        "#",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\r\n",
        "~",
        ".nan",
        "1e999",
        "0x1f",
        "@",
        "`",
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }),
        (parts) => onlyInputError(() => readYaml(parts.join(""), "fuzz.yaml")),
      ),
      { numRuns: 1_000 },
    );
  });

  test("nothing but faults comes of wrong values in right fields", () => {
    const { scenario } = loadScenario(base);
    const paths: (string | number)[][] = [];
    const visit = (value: unknown, path: (string | number)[]): void => {
      paths.push(path);
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    };
    visit(scenario, []);
    const field = fc.constantFrom(...paths.filter((path) => path.length > 0).map(fieldName));
    fc.assert(
      fc.property(fc.array(fc.tuple(field, fc.json({ maxDepth: 2 })), { maxLength: 4 }), (sets) =>
        onlyInputError(() =>
          loadScenario(
            base,
            sets.map(([name, value]) => `${name}=${value}`),
          ),
        ),
      ),
      { numRuns: 50 },
    );
  });
});
