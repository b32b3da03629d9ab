/**
 * Epoch sequences: a state and steps, with exact outputs and stages after each epoch, and what the
 * chain's own tests assert. Steps on the chain's dense path are not run: it exists for its tests
 * only and differs from the live one (spec 6), so a record ends where the first of them stands, and
 * records that begin with one are not listed.
 */
import { type EpochTrace, traceEpoch } from "../../sim/bittensor/yuma/epoch.ts";
import { alphaFromMovingAverage, movingAverage } from "../../sim/bittensor/yuma/moving-average.ts";
import { filterStake } from "../../sim/bittensor/yuma/stake.ts";
import type { EpochInput, EpochOutput, EpochParameters } from "../../sim/bittensor/yuma/types.ts";
import { differs, firstDifference, type RecordCheck, type VectorGroup } from "../format.ts";
import { pairRows } from "./pairs.ts";
import {
  applyStep,
  initialSubnet,
  inputOf,
  type Json,
  parametersOf,
  type Subnet,
} from "./subnet.ts";

/** The steps before the first dense epoch. */
function sparseSteps({ steps }: Json): Json[] {
  const dense = steps.findIndex(({ path }: Json) => path === "dense");
  return dense === -1 ? steps : steps.slice(0, dense);
}

export function sequenceGroups(document: Json): VectorGroup[] {
  const records = document.records.filter((record: Json) =>
    sparseSteps(record).some(({ op }: Json) => op === "epoch"),
  );
  return [{ name: "epoch sequences", records, check: checkSequence }];
}

const checkSequence: RecordCheck = (record) => {
  let subnet = initialSubnet(record.initial);
  for (const [index, step] of sparseSteps(record).entries()) {
    if (step.op !== "epoch") {
      subnet = applyStep(subnet, step);
      continue;
    }
    const input = inputOf(subnet, step.mechid, step.emission);
    const parameters = parametersOf(subnet);
    const trace = traceEpoch(input, parameters);
    const failure =
      checkOutput(step.derived, trace.output) ??
      checkStages(step.derived_stage_bits ?? {}, trace, input, parameters) ??
      checkAsserted(step.asserted ?? [], trace.output);
    if (failure) return `${record.id}: step ${index}: ${failure}`;
    subnet = afterEpoch(subnet, trace.output, step.mechid);
  }
  return null;
};

/** What the chain keeps of an epoch. */
function afterEpoch(subnet: Subnet, output: EpochOutput, mechanism: number): Subnet {
  const { columns } = subnet;
  const changed = { ...columns.mechanisms[mechanism], bonds: output.bonds };
  const mechanisms = columns.mechanisms.with(mechanism, changed);
  return {
    ...subnet,
    storedPermit: output.validatorPermit,
    columns: { ...columns, ...output, mechanisms },
  };
}

/** Amounts come as JSON numbers here. */
const numbers = (values: BigUint64Array): number[] => Array.from(values, Number);

export const checkOutput = (wanted: Json, got: EpochOutput): string | null =>
  firstDifference(
    ["server_emission", wanted.server_emission, numbers(got.serverEmissionRao)],
    ["validator_emission", wanted.validator_emission, numbers(got.validatorEmissionRao)],
    ["emission", wanted.emission, numbers(got.emissionRao)],
    ["incentive", wanted.incentive, got.incentive],
    ["dividends", wanted.dividends, got.dividends],
    ["consensus", wanted.consensus, got.consensus],
    ["validator_trust", wanted.validator_trust, got.validatorTrust],
    ["validator_permit", wanted.validator_permit, got.validatorPermit],
    ["stake_weight", wanted.stake_weight, got.stakeWeight],
    ["active", wanted.active, got.active],
    ["bonds", wanted.bonds, pairRows(got.bonds)],
  );

function checkStages(
  wanted: Json,
  { internals: got }: EpochTrace,
  input: EpochInput,
  parameters: EpochParameters,
): string | null {
  const { n } = input;
  const stages: Record<string, () => unknown> = {
    filtered_stake_I64F64: () => filterStake(input, parameters.stakeThresholdRao),
    stake: () => got.stake,
    active_stake: () => got.activeStake,
    weights_norm: () => pairRows(got.weights),
    consensus: () => got.consensus,
    clipped_weights: () => pairRows(got.clippedWeights),
    validator_trust: () => got.validatorTrust,
    incentive: () => got.incentive,
    weights_for_bonds: () => pairRows(got.weightsForBonds),
    bonds_masked: () => pairRows(got.bondsMasked),
    bonds_masked_colnorm: () => pairRows(got.bondsMasked),
    bonds_delta_colnorm: () => pairRows(got.bondsDelta),
    ema_bonds_raw: () => {
      const alpha = alphaFromMovingAverage(parameters.bondsMovingAverage);
      return pairRows(movingAverage(got.bondsDelta, got.bondsMasked, alpha, n));
    },
    ema_bonds: () => pairRows(got.emaBonds),
    ema_bonds_colnorm: () => pairRows(got.bondShares),
    alphas: () =>
      got.liquidAlphaOf &&
      got.stake.map((_, i) => got.stake.map((_, j) => got.liquidAlphaOf?.(i, j))),
    total_bonds_per_validator: () => got.bondEarnings,
    dividends: () => got.dividends,
    norm_server_emission: () => got.normalizedServerEmission,
    norm_validator_emission: () => got.normalizedValidatorEmission,
    norm_combined_emission: () => got.normalizedCombinedEmission,
  };
  for (const [name, stage] of Object.entries(wanted)) {
    const difference = differs(`stage ${name}`, stage, stages[name]?.());
    if (difference) return difference;
  }
  return null;
}

/** Single numbers that the chain's tests assert, some within a tolerance. */
function checkAsserted(asserted: Json[], output: EpochOutput): string | null {
  for (const { field, uid, validator, server, value, scale, tolerance = 0 } of asserted) {
    const raw = field === "bonds" ? bond(output, validator, server) : read(output, field)[uid];
    const got = scale === "u16_proportion" ? Number(raw) / 65_535 : Number(raw);
    if (Math.abs(got - Number(value)) > tolerance) {
      return `asserted ${field}[${uid ?? `${validator}, ${server}`}]: wanted ${value}, got ${got}`;
    }
  }
  return null;
}

function bond({ bonds }: EpochOutput, validator: number, server: number): number {
  const { columns, values } = bonds[validator];
  return values[Array.from(columns).indexOf(server)] ?? 0;
}

function read(output: EpochOutput, field: string): ArrayLike<number | bigint | boolean> {
  const fields: Record<string, ArrayLike<number | bigint | boolean>> = {
    consensus: output.consensus,
    incentive: output.incentive,
    dividends: output.dividends,
    emission: output.emissionRao,
    validator_permit: output.validatorPermit,
    // The chain answers 0 for what it no longer computes.
    rank: new Uint16Array(output.active.length),
    trust: new Uint16Array(output.active.length),
  };
  if (!(field in fields)) throw new RangeError(`asserted field ${field} is unknown`);
  return fields[field];
}
