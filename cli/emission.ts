/** `hivelab emission STATE`: a captured state's emission shares under every rule, side by side. */
import { writeFileSync } from "node:fs";
import { type EmissionState, readEmissionState } from "../lab/captures/emission-state.ts";
import {
  compareRules,
  computableRules,
  missingFor,
  observedShares,
  type RuleShares,
  taoPerDay,
} from "../lab/emission/compare-rules.ts";
import { labelOf, ruleComparisonChart } from "../reports/rule-comparison.ts";
import { InputError, nearestName } from "../scenarios/fault.ts";
import type { RuleLayer } from "../sim/bittensor/rules/rule-set.ts";
import { shareRuleNameAt, shareRules } from "../sim/bittensor/rules/timeline.ts";
import { reportAndExit } from "./failure.ts";
import { plainData } from "./json.ts";
import { type Screen, screenOf, strong, table } from "./layout.ts";

export interface EmissionOptions {
  readonly rules?: readonly string[];
  readonly subnet?: string;
  readonly top: string;
  readonly chart?: string;
  readonly json: boolean;
}

const CHART_WIDTH_PIXELS = 720;

export async function emission(file: string, options: EmissionOptions): Promise<void> {
  try {
    const state = readEmissionState(file);
    const compared = compareRules(state, rulesNamed(options.rules, state));
    if (options.chart !== undefined) {
      const { svgOf } = await import("../reports/picture.ts");
      const chart = ruleComparisonChart(state, compared);
      writeFileSync(options.chart, await svgOf(chart, CHART_WIDTH_PIXELS));
    }
    if (options.json) console.log(plainData(asData(state, compared)));
    else console.log(textOf(state, compared, options, screenOf(process.stdout)));
  } catch (error) {
    reportAndExit(error);
  }
}

/** The rules asked for; without a choice all that the file allows. Throws InputError. */
function rulesNamed(names: readonly string[] | undefined, state: EmissionState): RuleLayer[] {
  if (names === undefined) {
    const rules = [...computableRules(state)];
    if (rules.length > 0) return rules;
    throw wrongArgument("rules", `${state.file} allows no rule`, "name another state");
  }
  return names.map((name) => {
    const layer = shareRules.find((rule) => rule.name.toLowerCase() === name.toLowerCase());
    const known = shareRules.map((rule) => rule.name).join(", ");
    if (!layer) {
      const near = nearestName(name, known.split(", "));
      const remedy = near ? `did you mean ${near}? There are ${known}` : `there are ${known}`;
      throw wrongArgument("--rules", `no rule is called ${name}`, remedy);
    }
    const missing = missingFor(layer.name, state);
    if (missing.length === 0) return layer;
    const allowed = computableRules(state).map((rule) => rule.name);
    throw wrongArgument(
      "--rules",
      `${layer.name} reads ${missing.join(" and ")}, which ${state.file} does not hold`,
      `it allows ${allowed.join(", ") || "no rule"}`,
    );
  });
}

const wrongArgument = (field: string, problem: string, remedy: string): InputError =>
  new InputError([{ file: "hivelab emission", field, problem, remedy }]);

function asData(state: EmissionState, compared: readonly RuleShares[]) {
  const observed = observedShares(state);
  return {
    file: state.file,
    block: state.block,
    rules: compared.map(({ shares: _, shareBits: __, ...rule }) => rule),
    subnets: state.subnets.map(({ netuid, name }, i) => ({
      netuid,
      name,
      observed_share: observed?.[i] ?? null,
      ...Object.fromEntries(compared.map(({ rule, shares }) => [rule, shares[i]])),
      ...Object.fromEntries(
        compared.map(({ rule, shareBits }) => [`${rule}_u64f64`, shareBits[i]]),
      ),
    })),
    left_out: state.leftOut,
  };
}

function textOf(
  state: EmissionState,
  compared: readonly RuleShares[],
  options: EmissionOptions,
  screen: Screen,
): string {
  const title = `${state.file}: block ${state.block}, ${state.subnets.length} eligible subnets`;
  const parts = [strong(title, screen), ruleTable(compared, state, screen)];
  if (options.subnet !== undefined) parts.push(oneSubnet(state, compared, options.subnet, screen));
  else parts.push(shareTable(state, compared, topCount(options.top), screen));
  const notes = notesOf(state, compared);
  if (notes.length > 0) parts.push(notes.join("\n"));
  return parts.join("\n\n");
}

function ruleTable(compared: readonly RuleShares[], state: EmissionState, screen: Screen): string {
  const measured = compared.some(({ error }) => error !== null);
  return table(
    ["rule", "what it is", "bar", ...(measured ? ["mean error", "largest error", "at"] : [])],
    compared.map((rule) => [
      rule.inForce ? `${rule.rule} (in force)` : rule.rule,
      rule.summary,
      rule.gateBarBits === null ? "" : (Number(rule.gateBarBits) / 2 ** 64).toFixed(7),
      ...(measured
        ? [
            rule.error?.meanAbsolute.toExponential(3) ?? "",
            rule.error?.largest.toExponential(3) ?? "",
            rule.error ? labelOf(state, indexOf(state, rule.error.where)) : "",
          ]
        : []),
    ]),
    screen,
  );
}

const indexOf = (state: EmissionState, netuid: number): number =>
  state.subnets.findIndex((subnet) => subnet.netuid === netuid);

const percent = (share: number): string => (100 * share).toFixed(3);
const BAR_CELLS = 24;

/** A bar of eighths of a cell. */
function bar(share: number, largest: number): string {
  const eighths = largest > 0 ? Math.round((share / largest) * BAR_CELLS * 8) : 0;
  const rest = eighths % 8;
  const tail = rest === 0 ? "" : String.fromCodePoint(0x2590 - rest);
  return "\u2588".repeat((eighths - rest) / 8) + tail;
}

/** Shares in per cent, by the rule in force or else the last; with a bar of that rule. */
function shareTable(
  state: EmissionState,
  compared: readonly RuleShares[],
  count: number,
  screen: Screen,
): string {
  const leading = compared.find(({ inForce }) => inForce) ?? compared[compared.length - 1];
  const observed = observedShares(state);
  const order = [...state.subnets.keys()].sort((a, b) => leading.shares[b] - leading.shares[a]);
  const largest = Math.max(...leading.shares);
  return table(
    [
      "subnet, share in %",
      ...compared.map(({ rule }) => rule),
      ...(observed ? ["paid"] : []),
      `TAO/day by ${leading.rule}`,
      "",
    ],
    order
      .slice(0, count)
      .map((i) => [
        labelOf(state, i),
        ...compared.map(({ shares }) => percent(shares[i])),
        ...(observed ? [percent(observed[i])] : []),
        taoPerDay(state, leading.shares[i]).toFixed(1),
        bar(leading.shares[i], largest),
      ]),
    screen,
  );
}

/** What one subnet would get under each rule. */
function oneSubnet(
  state: EmissionState,
  compared: readonly RuleShares[],
  named: string,
  screen: Screen,
): string {
  const index = indexOf(state, Number(named));
  if (!/^\d{1,5}$/.test(named) || index < 0) {
    const left = state.leftOut.find(({ netuid }) => netuid === Number(named));
    throw wrongArgument(
      "--subnet",
      left ? `${named} gets no emission: ${left.why}` : `${named} is not in ${state.file}`,
      "the netuid of an eligible subnet",
    );
  }
  const reference = compared.find(({ inForce }) => inForce) ?? compared[compared.length - 1];
  const now = reference.shares[index];
  return table(
    [labelOf(state, index), "share in %", "rank", "TAO/day", `against ${reference.rule}`],
    compared.map(({ rule, shares }) => [
      rule,
      percent(shares[index]),
      String(shares.filter((share) => share > shares[index]).length + 1),
      taoPerDay(state, shares[index]).toFixed(2),
      now > 0 ? `${signed(100 * (shares[index] / now - 1))} %` : "",
    ]),
    screen,
  );
}

const signed = (value: number): string => (value >= 0 ? "+" : "") + value.toFixed(1);

function topCount(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw wrongArgument("--top", `${text} is not right here`, "a whole number of at least 1");
}

function notesOf(state: EmissionState, compared: readonly RuleShares[]): string[] {
  const inForce = shareRuleNameAt(state.block);
  const unread = missingFor(inForce, state);
  const assumed = new Set(compared.flatMap((rule) => rule.assumed));
  return [
    ...(unread.length > 0
      ? [`The rule in force, ${inForce}, reads ${unread.join(" and ")}, which the file lacks.`]
      : []),
    ...(assumed.has("miner burned")
      ? ["The file does not say what miners' incentive was burned: nothing is assumed burned."]
      : []),
    ...(assumed.has("emission switch")
      ? ["The file does not say whose emission is switched off: all are assumed on."]
      : []),
    ...(state.leftOut.length > 0
      ? [
          `Not eligible: ${state.leftOut.map(({ netuid, why }) => `SN${netuid} (${why})`).join(", ")}.`,
        ]
      : []),
    ...(state.totalIssuanceRao === null
      ? ["The file does not hold the issuance: a block's emission is that of its date."]
      : []),
  ];
}
