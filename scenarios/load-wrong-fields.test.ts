import { afterAll, expect, test } from "vitest";
import { temporaryProject } from "./testing/temporary-project.ts";

const project = temporaryProject();
afterAll(() => project.remove());
const start = "version: 1\ntitle: A test\n";

/** What is wrong; the text after `version: 1` and a title; the lines that a person sees. */
const cases: readonly (readonly [name: string, text: string, ...lines: string[]])[] = [
  [
    "a number below its range",
    "agents:\n  miners:\n    skill_spread: -0.2\n",
    "x.yaml:5:19: agents.miners.skill_spread: -0.2 is below 0; a number from 0 to 3",
  ],
  [
    "a negative amount of TAO",
    "agents: { delegators: { wealth_tao: -1 } }\n",
    "x.yaml:3:37: agents.delegators.wealth_tao: -1 is below 0; a number from 0 to 21000000",
  ],
  [
    "a number above its range",
    "chain:\n  horizon_days: 10000\n",
    "x.yaml:4:17: chain.horizon_days: 10000 is above 7305; a number from 1/7200 to 7305",
  ],
  [
    "less than a block",
    "chain:\n  horizon_days: 0\n",
    "x.yaml:4:17: chain.horizon_days: 0 is below 1/7200; a number from 1/7200 to 7305",
  ],
  [
    "NaN and infinity",
    "chain:\n  horizon_days: .nan\nrecording:\n  every_blocks: -.inf\n",
    "x.yaml:4:17: chain.horizon_days: is not a number (.nan); a number from 1/7200 to 7305",
    "x.yaml:6:17: recording.every_blocks: is infinite (-Infinity); a whole number from 1 to 2629800",
  ],
  [
    "a fraction where a whole number is wanted",
    "recording:\n  every_blocks: 1.5\n",
    "x.yaml:4:17: recording.every_blocks: 1.5 is not a whole number; a whole number from 1 to 2629800",
  ],
  [
    "a text, a flag, a list and a group where a number is wanted",
    "agents:\n  miners: { skill_spread: 20%, sell_share: true, sell_every_days: [1] }\n  root: { claim_share_per_day: { a: 1 } }\n",
    'x.yaml:4:27: agents.miners.skill_spread: "20%" is text; a number from 0 to 3',
    "x.yaml:4:44: agents.miners.sell_share: true is not expected here; a number from 0 to 1",
    "x.yaml:4:67: agents.miners.sell_every_days: a list is not expected here; a number from 1/7200 to 365",
    "x.yaml:5:32: agents.root.claim_share_per_day: a group of fields is not expected here; a number from 0 to 1",
  ],
  [
    "a word for yes or no that YAML 1.2 does not know",
    "chain: { rules: { overrides: { gate: no } } }\n",
    'x.yaml:3:38: chain.rules.overrides.gate: "no" is text; true or false',
  ],
  [
    "a word near one of the known",
    "chain: { arithmetic: exakt }\n",
    'x.yaml:3:22: chain.arithmetic: "exakt" is not right here; did you mean `exact`? `exact` or `float64`',
  ],
  [
    "a number that text would lose digits of",
    "seed: 12345678901234567890\n",
    "x.yaml:3:7: seed: 12345678901234567000 is above 9007199254740991; a text of 1 to 200 characters, or a whole number",
  ],
  [
    "an unknown field near a known one",
    "agents:\n  miners:\n    skil_spread: 1\nextend: base.yaml\n",
    "x.yaml:5:5: agents.miners.skil_spread: unknown field; did you mean `skill_spread`?",
    "x.yaml:6:1: extend: unknown field; did you mean `extends`?",
  ],
  [
    "a field in the wrong place",
    "agents:\n  miners:\n    claim_share_per_day: 0.1\n",
    "x.yaml:5:5: agents.miners.claim_share_per_day: unknown field; it belongs in `agents.root`",
  ],
  [
    "an unknown field near none",
    "recording: { zzzzzzzz: 1 }\n",
    "x.yaml:3:14: recording.zzzzzzzz: unknown field; known here: every_blocks, tables",
  ],
  [
    "fields with the names of an object's own",
    "recording: { __proto__: { every_blocks: 1 }, constructor: 1 }\n",
    "x.yaml:3:14: recording.__proto__: unknown field; known here: every_blocks, tables",
    "x.yaml:3:46: recording.constructor: unknown field; known here: every_blocks, tables",
  ],
  [
    "a name that would disturb the terminal",
    'recording: { "\\e[31mred\\u202e": 1 }\n',
    'x.yaml:3:14: recording."\\u001b[31mred\\u202e": unknown field; known here: every_blocks, tables',
  ],
  [
    "several faults at once, in the order of the file",
    "recording:\n  tables: [supply, wealths]\nchain: 5\nseed: [1]\n",
    'x.yaml:4:20: recording.tables[1]: "wealths" is not right here; did you mean `wealth`? `subnet_names`, `supply`, `subnets`, `pools`, `neurons`, `mechanism_neurons`, `registrations`, `registration_prices`, `stake_terms`, `validators`, `rewards`, `actions`, `subnet_events`, `key_swaps`, `conviction`, `voting_power` or `wealth`',
    "x.yaml:5:8: chain: 5 is a number; a group of fields",
    "x.yaml:6:7: seed: a list is not right here; a text of 1 to 200 characters, or a whole number",
  ],
  [
    "a change before the state, after the run, and in no order",
    "chain:\n  horizon_days: 10\n  rules:\n    changes:\n      - { from: 2026-08-01, gate: false }\n      - { from: 2026-09-05, gate: true }\n      - { from: 8960000, gate: false }\n      - { from: 2027-01-01, gate: true }\n",
    "x.yaml:7:17: chain.rules.changes[0].from: 2026-08-01 lies outside the run; the run goes from block 8957880 (2026-08-30) to block 9029879 (2026-09-09)",
    "x.yaml:9:17: chain.rules.changes[2].from: 8960000 does not come after the change before it; list changes in the order of their dates",
    "x.yaml:10:17: chain.rules.changes[3].from: 2027-01-01 lies outside the run; the run goes from block 8957880 (2026-08-30) to block 9029879 (2026-09-09)",
  ],
  [
    "a day that no month has, and a change without a day",
    "chain: { rules: { changes: [{ from: 2026-02-30, gate: false }, { gate: true }] } }\n",
    'x.yaml:3:37: chain.rules.changes[0].from: "2026-02-30" is not right here; a date such as 2026-08-30, or a block',
    "x.yaml:3:64: chain.rules.changes[1].from: is missing; a date such as 2026-08-30, or a block",
  ],
  [
    "a day before the chain",
    "chain: { rules: { as_of: 2019-01-01 } }\n",
    "x.yaml:3:26: chain.rules.as_of: 2019-01-01 lies outside the timeline; the rules are known from 2023-03-20 to 2026-10-08",
  ],
  [
    "a day of which nothing is known yet",
    "chain: { rules: { as_of: 2031-01-01 } }\n",
    "x.yaml:3:26: chain.rules.as_of: 2031-01-01 lies outside the timeline; the rules are known from 2023-03-20 to 2026-10-08",
  ],
  [
    "a day that no year has",
    "chain: { rules: { as_of: 2026-02-30 } }\n",
    'x.yaml:3:26: chain.rules.as_of: "2026-02-30" is no date; such as 2026-08-30',
  ],
  [
    "a rule-set that does not exist",
    "chain: { rules: { as_of: R9 } }\n",
    'x.yaml:3:26: chain.rules.as_of: no rule-set is called "R9"; did you mean R0? timeline, a date, a block, R0, R1, R2, R3, R4, R5, R6, R7 or R8',
  ],
  [
    "a subnet that the state has not, and one twice",
    "chain:\n  detailed_subnets:\n    - { netuid: 200, metagraph: metagraph-sn15 }\n    - { netuid: 15, metagraph: metagraph-sn15 }\n    - { netuid: 15, metagraph: metagraph-sn15 }\n",
    "x.yaml:5:17: chain.detailed_subnets[0].netuid: 200 does not exist in finney-8957880; a subnet of the state",
    "x.yaml:5:17: chain.detailed_subnets[0].netuid: 200 is over the chain's limit; subnets besides root: 128",
    "x.yaml:7:17: chain.detailed_subnets[2].netuid: 15 is listed twice; list it once",
  ],
  [
    "data that is not shipped",
    "chain: { state: finney-895788 }\n",
    'x.yaml:3:17: chain.state: "finney-895788" is not among the shipped data; did you mean finney-8957880? (the path of a folder of your own starts with ./)',
  ],
  [
    "a metagraph where a state is wanted",
    "chain: { state: metagraph-sn15 }\n",
    'x.yaml:3:17: chain.state: "metagraph-sn15" is not among the shipped data; shipped are finney-5373800, finney-8957880 (the path of a folder of your own starts with ./)',
  ],
  [
    "data outside the project",
    "chain: { state: ../../etc }\n",
    'x.yaml:3:17: chain.state: "../../etc" leads out of the project; name what lies in FOLDER',
  ],
  [
    "data that is not there",
    "chain: { state: ./mine }\n",
    "x.yaml:3:17: chain.state: mine/about.json does not exist or cannot be opened; check the path",
  ],
];

test.each(cases)("told line by line: %s", (_name, text, ...lines) => {
  expect(project.faultLines(project.write("x.yaml", start + text))).toEqual(lines);
});
