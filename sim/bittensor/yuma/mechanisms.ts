/**
 * Subnets with several mechanisms: each has its own weights, bonds and last updates, all share the
 * stake, the permits and the emission. Source: spec/yuma-epoch.md section 9.
 */
import {
  exactDiv,
  exactMul,
  fromInteger,
  toUnsigned,
  U16_MAX,
  U64_MAX,
  U64F64,
} from "../../fixed/fixed-point.ts";
import { checkEpochInput, EpochInputError } from "./check-input.ts";
import { trustedEpoch } from "./epoch.ts";
import type { EpochInput, EpochOutput, EpochParameters } from "./types.ts";

const NETUIDS = 4096;

/** Where a mechanism's maps are stored: mechanism * 4096 + netuid, a u16. */
export const storageIndex = (netuid: number, mechanism: number): number =>
  Math.min(mechanism * NETUIDS + netuid, Number(U16_MAX));

/** The netuid and mechanism of a storage index; null where the subnet has no such mechanism. */
export function fromStorageIndex(
  index: number,
  mechanismCount: number,
): { netuid: number; mechanism: number } | null {
  const mechanism = Math.floor(index / NETUIDS);
  return mechanism < mechanismCount ? { netuid: index % NETUIDS, mechanism } : null;
}

/**
 * A subnet's emission for each mechanism. `split` holds u16 fractions that sum to 65,535, and may
 * name fewer mechanisms than there are; null = even. What rounding leaves goes to the first.
 * Since spec 438 the chain takes a stored split of another length for none: pass null.
 */
export function splitEmission(
  raoEmission: bigint,
  mechanismCount: number,
  split: readonly number[] | null,
): bigint[] {
  const share = (mechanism: number): bigint => {
    if (split === null) return raoEmission / BigInt(mechanismCount);
    return (raoEmission * BigInt(split[mechanism] ?? 0)) / U16_MAX;
  };
  const parts = Array.from({ length: mechanismCount }, (_, mechanism) => share(mechanism));
  const rest = raoEmission - parts.reduce((sum, part) => sum + part, 0n);
  if (rest > 0n) parts[0] += rest;
  return parts;
}

/** What a mechanism has of its own. */
export type MechanismState = Pick<
  EpochInput,
  "weights" | "bonds" | "lastUpdate" | "commitBlocks" | "previousConsensus"
>;

/** What the chain stores for the subnet, over all mechanisms. */
export type AggregateOutput = Omit<EpochOutput, "incentive" | "bonds">;

export interface MechanismsOutput {
  /** By mechanism; of these the chain stores incentive and bonds. */
  readonly mechanisms: readonly EpochOutput[];
  readonly aggregate: AggregateOutput;
}

/**
 * The epochs of all mechanisms of a subnet and their aggregate: u16 fractions and the emission are
 * weighted by each mechanism's part of the emission, server and validator emission are summed, and
 * whoever is active or permitted in one mechanism is so in the subnet.
 * Throws EpochInputError, prefixed with the mechanism, before anything is computed.
 */
export function epochWithMechanisms(
  subnet: Omit<EpochInput, keyof MechanismState>,
  mechanisms: readonly MechanismState[],
  parameters: EpochParameters,
  split: readonly number[] | null = null,
): MechanismsOutput {
  checkSplit(mechanisms.length, split);
  const parts = splitEmission(subnet.raoEmission, mechanisms.length, split);
  const inputs = mechanisms.map((own, m) => ({ ...subnet, ...own, raoEmission: parts[m] }));
  inputs.forEach((input, m) => {
    checkMechanism(input, parameters, m);
  });
  const outputs = inputs.map((input) => trustedEpoch(input, parameters));
  return { mechanisms: outputs, aggregate: aggregate(outputs, parts, subnet.raoEmission) };
}

function checkSplit(mechanismCount: number, split: readonly number[] | null): void {
  if (mechanismCount === 0) throw new EpochInputError("mechanisms", "there must be at least one");
  if (split === null) return;
  const total = split.reduce((sum, part) => sum + part, 0);
  const sound = split.every((part) => Number.isInteger(part) && part >= 0);
  if (!sound || total !== Number(U16_MAX) || split.length > mechanismCount) {
    throw new EpochInputError(
      "split",
      `must be at most ${mechanismCount} whole numbers that sum to 65535, got ${split.join(", ")}`,
    );
  }
}

function checkMechanism(input: EpochInput, parameters: EpochParameters, mechanism: number): void {
  try {
    checkEpochInput(input, parameters);
  } catch (error) {
    if (!(error instanceof EpochInputError)) throw error;
    throw new EpochInputError(`mechanisms[${mechanism}].${error.field}`, error.problem);
  }
}

/** Outputs weighted by `parts` of `total`; where the total is 0 the first mechanism counts alone. */
export function aggregate(
  outputs: readonly EpochOutput[],
  parts: readonly bigint[],
  total: bigint,
): AggregateOutput {
  const weights = parts.map((part, m) =>
    total === 0n
      ? BigInt(Number(m === 0)) << U64F64.fractionBits
      : exactDiv(U64F64, fromInteger(U64F64, part), fromInteger(U64F64, total)),
  );
  const weightedU16 = (read: (output: EpochOutput) => Uint16Array): Uint16Array =>
    Uint16Array.from(weighted(outputs.map(read), weights, U16_MAX), Number);
  const summed = (read: (output: EpochOutput) => BigUint64Array): BigUint64Array =>
    byUid(outputs, (uid) => capped(outputs.reduce((sum, output) => sum + read(output)[uid], 0n)));
  const anyOf = (read: (output: EpochOutput) => boolean[]): boolean[] =>
    read(outputs[0]).map((_, uid) => outputs.some((output) => read(output)[uid]));
  return {
    active: anyOf((output) => output.active),
    validatorPermit: anyOf((output) => output.validatorPermit),
    stakeWeight: weightedU16((output) => output.stakeWeight),
    consensus: weightedU16((output) => output.consensus),
    dividends: weightedU16((output) => output.dividends),
    validatorTrust: weightedU16((output) => output.validatorTrust),
    emissionRao: BigUint64Array.from(
      weighted(
        outputs.map((output) => output.emissionRao),
        weights,
        U64_MAX,
      ),
    ),
    serverEmissionRao: summed((output) => output.serverEmissionRao),
    validatorEmissionRao: summed((output) => output.validatorEmissionRao),
  };
}

const capped = (rao: bigint): bigint => (rao > U64_MAX ? U64_MAX : rao);

const byUid = (outputs: readonly EpochOutput[], value: (uid: number) => bigint): BigUint64Array =>
  BigUint64Array.from(outputs[0].emissionRao, (_, uid) => value(uid));

/** The chain cuts the running sum to a whole number after each mechanism. */
function weighted(
  vectors: readonly (Uint16Array | BigUint64Array)[],
  weights: readonly bigint[],
  maxInteger: bigint,
): bigint[] {
  return Array.from({ length: vectors[0].length }, (_, uid) =>
    vectors.reduce((sum, vector, m) => {
      const term = exactMul(U64F64, fromInteger(U64F64, BigInt(vector[uid])), weights[m]);
      return toUnsigned(U64F64, fromInteger(U64F64, sum) + term, maxInteger);
    }, 0n),
  );
}
