/** gmFLOCK and the emission schedule against their vectors. */
import { flockFromWei } from "../../sim/flock/amounts.ts";
import {
  exchangeSettings,
  type GmflockRules,
  mintOnChain,
  multiplier,
  rollingCost,
} from "../../sim/flock/gmflock.ts";
import { flockParameters } from "../../sim/flock/parameters.ts";
import {
  cumulativeEmission,
  dailyForTotal,
  emissionCounter,
  mintDaily,
  type SupplyRules,
  scheduledEmission,
  totalEmission,
} from "../../sim/flock/supply/emission.ts";
import type { JsonObject, RecordCheck, VectorGroup } from "../format.ts";
import { differsBeyond, printed, statedTolerance } from "./tolerance.ts";

function gmflockRules(parameters: JsonObject): GmflockRules {
  const names = {
    baseLockDays: "t0_days",
    fullLockDays: "t1_days",
    epsilon: "epsilon",
    feeFraction: "redemption_fee",
  };
  const given = Object.entries(names)
    .filter(([, key]) => key in parameters)
    .map(([name, key]) => [name, parameters[key]]);
  // A vector may lie beyond what a scenario may set.
  return { ...flockParameters().gmflock, ...Object.fromEntries(given) };
}

export function gmflockGroups(document: JsonObject): VectorGroup[] {
  const parameters = (document.parameters ?? {}) as JsonObject;
  const rules = gmflockRules(parameters);
  const tolerance = statedTolerance(document);

  // A case may have rules of its own.
  const rulesOf = (inputs: JsonObject) => gmflockRules({ ...parameters, ...inputs });
  const checkFloat: RecordCheck = ({ inputs, expected }) =>
    differsBeyond(
      "expected",
      expected,
      { gmflock: inputs.n_flock * multiplier(inputs.t_days, rulesOf(inputs)) },
      tolerance,
    );
  const checkInteger: RecordCheck = ({ inputs, expected }) => {
    const seconds = BigInt(inputs.lock_seconds);
    const settings = exchangeSettings(rulesOf(inputs));
    const minted = mintOnChain(BigInt(inputs.flock_wei), seconds, settings);
    const got = {
      multiplier_bps: Number(minted.multiplierBps),
      gmflock_wei: String(minted.gmflockWei),
      fee_wei: String(minted.feeWei),
      recorded_principal_wei: String(minted.principalWei),
    };
    return differsBeyond("expected", expected, got, { abs: 0, rel: 0 });
  };
  const checkRolling: RecordCheck = ({ inputs, expected }) => {
    const cost = rollingCost(inputs.lock_days, { ...rulesOf(inputs), feeFraction: inputs.fee });
    const got = {
      annual_fee_drag_simple: cost.annualFeeDragSimple,
      principal_left_after_1y_rolling: cost.principalLeftAfterYear,
      gmflock_per_flock: cost.gmflockPerFlock,
    };
    return differsBeyond("expected", expected, got, printed(6, tolerance));
  };
  const checkParameters: RecordCheck = (wanted) =>
    differsBeyond(
      "parameters",
      wanted,
      {
        t0_days: rules.baseLockDays,
        t1_days: rules.fullLockDays,
        epsilon: rules.epsilon,
        slope_per_extra_day: rules.epsilon / rules.fullLockDays,
        max_multiplier: multiplier(rules.fullLockDays, rules),
        redemption_fee: rules.feeFraction,
      },
      tolerance,
    );
  return [
    {
      name: "parameters",
      records: document.parameters ? [parameters] : [],
      check: checkParameters,
    },
    { name: "cases", records: listOf(document.cases), check: checkFloat },
    { name: "integer_cases", records: listOf(document.integer_cases), check: checkInteger },
    { name: "derived_fee_drag", records: listOf(document.derived_fee_drag), check: checkRolling },
  ];
}

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

interface EmissionInputs {
  readonly R0_daily: number;
  readonly decay_per_30_mints: number;
  readonly period_days: number;
  readonly periods: number;
}

export function emissionGroups(document: JsonObject): VectorGroup[] {
  const inputs = document.inputs as EmissionInputs;
  const rules: SupplyRules = {
    ...flockParameters().supply,
    dailyEmissionFlock: inputs.R0_daily,
    decay: inputs.decay_per_30_mints,
    periodMints: inputs.period_days,
    periods: inputs.periods,
  };
  const tolerance = statedTolerance(document);
  return [
    {
      name: "schedule",
      records: listOf(document.schedule),
      check: (period) => checkPeriod(period, rules, tolerance),
    },
    {
      name: "checkpoints",
      records: Object.entries((document.checkpoints ?? {}) as JsonObject),
      check: ([name, wanted]) => {
        const got = cumulativeEmission(Number(name.replace("day_", "")), rules);
        return differsBeyond(name, wanted, got, printed(2, tolerance));
      },
    },
    {
      name: "contract_counter_semantics",
      records: counterRecords(document.contract_counter_semantics),
      check: (record) => checkCounter(record, rules),
    },
    {
      name: "total",
      records: document.closed_form ? [document] : [],
      check: (whole) => checkTotal(whole, rules),
    },
  ];
}

function checkPeriod(
  period: JsonObject,
  rules: SupplyRules,
  tolerance: { abs: number; rel: number },
): string | null {
  const [first, last] = period.days as [number, number];
  const daily = scheduledEmission(last, rules);
  const cumulative = cumulativeEmission(last, rules);
  return (
    differsBeyond(
      "first day",
      period.daily,
      scheduledEmission(first, rules),
      printed(4, tolerance),
    ) ??
    differsBeyond("last day", period.daily, daily, printed(4, tolerance)) ??
    differsBeyond(
      "period_total",
      period.period_total,
      cumulative - cumulativeEmission(first - 1, rules),
      printed(2, tolerance),
    ) ??
    differsBeyond("cumulative", period.cumulative, cumulative, printed(2, tolerance))
  );
}

interface CounterRecord {
  readonly call: number;
  readonly wanted: number;
  readonly resetCount: number;
  readonly initialCount: number;
}

function counterRecords(semantics: unknown): CounterRecord[] {
  const { expected, reset_count, initial_count } = (semantics ?? {}) as JsonObject;
  return Object.entries((expected ?? {}) as JsonObject).map(([name, wanted]) => ({
    call: Number(name.replace("mint_call_", "")),
    wanted: Number(wanted),
    resetCount: Number(reset_count),
    initialCount: Number(initial_count),
  }));
}

function checkCounter(
  { call, wanted, resetCount, initialCount }: CounterRecord,
  rules: SupplyRules,
): string | null {
  const contract: SupplyRules = { ...rules, firstPlateau: "contract", periodMints: resetCount };
  let counter = emissionCounter(contract, initialCount);
  let amountWei = 0n;
  for (let mint = 0; mint < call; mint++) {
    ({ amountWei, counter } = mintDaily(counter, contract));
  }
  return differsBeyond(
    `mint_call_${call}`,
    wanted,
    flockFromWei(amountWei),
    printed(6, NO_TOLERANCE),
  );
}

const NO_TOLERANCE = { abs: 0, rel: 0 };

function checkTotal(document: JsonObject, rules: SupplyRules): string | null {
  const { total, implied_R0_for_exactly_420M } = (document.closed_form ?? {}) as JsonObject;
  const near = { abs: Number(document.abs_tol_total ?? 0), rel: 0 };
  const wantedTotal = document.expected_total_tokens;
  const last = rules.periods * rules.periodMints;
  return (
    differsBeyond("closed form", total, totalEmission(rules), printed(3, NO_TOLERANCE)) ??
    differsBeyond(
      "sum of days",
      total,
      cumulativeEmission(last, rules),
      printed(3, NO_TOLERANCE),
    ) ??
    differsBeyond("expected_total_tokens", wantedTotal, totalEmission(rules), near) ??
    differsBeyond(
      "implied_R0",
      implied_R0_for_exactly_420M,
      dailyForTotal(Number(wantedTotal), rules),
      printed(6, NO_TOLERANCE),
    )
  );
}
