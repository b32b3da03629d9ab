import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { ruleLayers } from "../sim/bittensor/rules/timeline.ts";
import { describedFields } from "./catalogue.ts";
import { loadScenario } from "./load.ts";
import { runRules } from "./rules.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const scenarios = dirname(fileURLToPath(import.meta.url));
const project = temporaryProject();
afterAll(() => project.remove());

const rulesOf = (name: string, ...sets: string[]) => {
  const { scenario, state, ruleChanges, untilBlock } = loadScenario(join(scenarios, name), sets);
  return runRules(scenario, state, ruleChanges, untilBlock);
};

describe("a scenario's own timeline", () => {
  test("without the Hill gate is ruled by the rule before it, and says so", () => {
    const { dated, ruleSets, bent } = rulesOf("what-if-gate-never.yaml");
    expect(dated.every(({ parameters }) => parameters.gate === "none")).toBe(true);
    expect(ruleSets[0].name).toBe("R6");
    expect(bent).toEqual([
      "R7 (R6 through a Hill gate, its bar by mass) never begins; on the chain it began at block 8713794 (2026-07-27).",
      "R8 (the Hill gate with the 32nd-largest share as its bar) never begins; on the chain it began at block 8765684 (2026-08-03).",
    ]);
  });

  test("lets a rule begin within the run, by date or by block", () => {
    for (const start of ["2026-09-10", 9_033_467]) {
      const { dated, ruleSets } = rulesOf("finney-2026.yaml", `chain.rules.starts.R8=${start}`);
      const gates = dated.map(({ fromBlock, parameters }) => [fromBlock, parameters.gate]);
      expect(gates).toContainEqual([9_033_467, "rank"]);
      expect(gates[0]).toEqual([8_957_880, "mass"]);
      const moved = ruleSets.find(({ name }) => name === "R8");
      expect(moved?.date).toBe("2026-09-10");
      expect(moved?.evidence).toMatch(/^moved by the scenario; on the chain from block 8765684/);
    }
  });

  test("moves rules that are no share rules, too", () => {
    const { dated } = rulesOf("finney-2026.yaml", "chain.rules.starts.recycled_fees=never");
    expect(dated.every(({ parameters }) => !parameters.transactionFeesRecycled)).toBe(true);
  });

  test("can bring an older rule back, with other constants", () => {
    const { dated } = rulesOf(
      "finney-2026.yaml",
      "chain.rules.starts.R4=2026-09-10",
      "chain.rules.overrides={flow_half_life_days: 30, flow_exponent: 2}",
    );
    const at = dated.find(({ fromBlock }) => fromBlock === 9_033_467)!.parameters;
    expect(at.sharesBy).toBe("net flow");
    expect(at.flow.exponentBits).toBe(2n << 64n);
    // The chain's own constant for 30 days, to the precision of a double.
    expect(Number(at.flow.smoothingFactor) / 29_597_889_189_277).toBeCloseTo(1, 8);
  });

  test("has a field for every rule that can be moved", () => {
    const fields = describedFields().filter(({ field }) => field.startsWith("chain.rules.starts."));
    expect(fields).toHaveLength(ruleLayers.length - 1);
    expect(fields.find(({ field }) => field.endsWith(".R8"))).toMatchObject({
      allowed: "`never`, a date such as 2026-05-01, or a block",
      meaning: "the Hill gate with the 32nd-largest share as its bar; on the chain from 2026-08-03",
    });
  });
});

/** What is wrong; the section `chain.rules`; the lines that a person sees. */
const faults: readonly (readonly [name: string, text: string, ...lines: string[]])[] = [
  [
    "a rule that there is not",
    "starts: { R9: never }",
    "x.yaml:3:29: chain.rules.starts.R9: unknown field; did you mean `R1`?",
  ],
  [
    "a start that is none",
    "starts: { R8: sometime }",
    'x.yaml:3:33: chain.rules.starts.R8: "sometime" is not right here; `never`, a date such as 2026-05-01, or a block',
  ],
  [
    "a timeline that leads to rules that cannot be run",
    "starts: { R1: 2026-09-10 }",
    'x.yaml:3:33: chain.rules.starts.R1: at block 9033467 this leaves rule-set R1 with pools of the kind "balancer", which this world cannot run; another block, or the chain\'s own',
  ],
  [
    "rules both frozen and moved",
    "{ as_of: R7, starts: { R8: never } }",
    "x.yaml:3:44: chain.rules.starts.R8: the rules are frozen by as_of, so that none of them begins; leave out as_of, or this",
  ],
];

test.each(faults)("%s is told at its place", (_name, text, ...lines) => {
  const rules = text.startsWith("{") ? text : `{ ${text} }`;
  const path = project.write("x.yaml", `version: 1\ntitle: A test\nchain: { rules: ${rules} }\n`);
  expect(project.faultLines(path)).toEqual(lines);
});
