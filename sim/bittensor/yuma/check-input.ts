/** Refuses an epoch's input before anything is computed, with the field that is wrong. */
import { I64F64, U16_MAX, U64_MAX } from "../../fixed/fixed-point.ts";
import type { EpochInput, EpochParameters, SparseRow } from "./types.ts";

const U16 = Number(U16_MAX);
const CONSENSUS_MODES: readonly unknown[] = ["current", "previous", "auto"];

/** What is wrong with an epoch's input, and where: `weights[3].values[0]`. */
export class EpochInputError extends RangeError {
  override readonly name = "EpochInputError";
  readonly field: string;
  readonly problem: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/**
 * Throws EpochInputError unless every field has the shape, type and range that types.ts states.
 * Stricter than the chain in one place: the chain's epoch ignores weights towards uids of n and
 * above, here they are an error, in weights and bonds alike.
 */
export function checkEpochInput(input: EpochInput, parameters: EpochParameters): void {
  checkInteger("n", input.n, 1, U16);
  const { n } = input;
  checkBlock("block", input.block);
  checkInteger("tempoBlocks", input.tempoBlocks, 0, U16);
  checkBlock("lastMechanismStepBlock", input.lastMechanismStepBlock);
  checkU64("raoEmission", input.raoEmission);
  checkStakes(input.totalStakeBits, n);
  checkEach("lastUpdate", input.lastUpdate, n, checkBlock);
  checkEach("blockAtRegistration", input.blockAtRegistration, n, checkBlock);
  checkPermits(input.validatorPermit, n);
  checkRows("weights", input.weights, n);
  checkRows("bonds", input.bonds, n);
  if (input.commitBlocks) checkEach("commitBlocks", input.commitBlocks, n, checkCommitBlock);
  if (input.ownerUid !== null) checkUid("ownerUid", input.ownerUid, n);
  if (input.previousConsensus) {
    checkEach("previousConsensus", input.previousConsensus, n, checkU16);
  }
  checkParameters(parameters);
}

function checkParameters(parameters: EpochParameters): void {
  for (const field of ["kappa", "bondsPenalty", "alphaLow", "alphaHigh"] as const) {
    checkU16(field, parameters[field]);
  }
  for (const field of ["yuma3", "liquidAlpha", "commitReveal"] as const) {
    checkBoolean(field, parameters[field]);
  }
  checkBlock("bondsMovingAverage", parameters.bondsMovingAverage);
  checkInteger("alphaSigmoidSteepness", parameters.alphaSigmoidSteepness, -32_768, 32_767);
  checkU16("maxAllowedValidators", parameters.maxAllowedValidators);
  checkBlock("activityCutoffBlocks", parameters.activityCutoffBlocks);
  checkU64("stakeThresholdRao", parameters.stakeThresholdRao);
  const mode = parameters.liquidAlphaConsensusMode ?? "current";
  if (!CONSENSUS_MODES.includes(mode)) {
    throw new EpochInputError(
      "liquidAlphaConsensusMode",
      `must be ${CONSENSUS_MODES.join(", ")}, got ${String(mode)}`,
    );
  }
}

function checkInteger(field: string, value: unknown, low: number, high: number): void {
  if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high) {
    throw new EpochInputError(field, `must be a whole number of ${low} to ${high}, got ${value}`);
  }
}

const checkU16 = (field: string, value: unknown): void => checkInteger(field, value, 0, U16);
const checkBlock = (field: string, value: unknown): void =>
  checkInteger(field, value, 0, Number.MAX_SAFE_INTEGER);
const checkUid = (field: string, value: unknown, n: number): void =>
  checkInteger(field, value, 0, n - 1);

function checkCommitBlock(field: string, value: unknown): void {
  if (value !== null) checkBlock(field, value);
}

function checkBoolean(field: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw new EpochInputError(field, `must be true or false, got ${value}`);
  }
}

function checkBigint(field: string, value: unknown, max: bigint, unit: string): void {
  if (typeof value !== "bigint" || value < 0n || value > max) {
    throw new EpochInputError(field, `must be a bigint of 0 to ${max} (${unit}), got ${value}`);
  }
}

export const checkU64 = (field: string, value: unknown): void =>
  checkBigint(field, value, U64_MAX, "u64");

function checkLength(field: string, values: { length: number } | undefined, n: number): void {
  if (values?.length !== n) {
    throw new EpochInputError(field, `must have n = ${n} elements, has ${values?.length}`);
  }
}

function checkEach(
  field: string,
  values: ArrayLike<unknown>,
  n: number,
  check: (field: string, value: unknown) => void,
): void {
  checkLength(field, values, n);
  for (let uid = 0; uid < n; uid++) check(`${field}[${uid}]`, values[uid]);
}

function checkStakes(stakes: ArrayLike<bigint>, n: number): void {
  checkEach("totalStakeBits", stakes, n, (field, value) =>
    checkBigint(field, value, I64F64.maxBits, "I64F64 bits"),
  );
  const total = Array.from(stakes).reduce((sum, bits) => sum + bits, 0n);
  checkBigint("totalStakeBits", total, I64F64.maxBits, "I64F64 bits, the sum of all");
}

function checkPermits(permits: ArrayLike<boolean>, n: number): void {
  const length = Math.min(permits?.length ?? n, n);
  checkEach("validatorPermit", permits, length, checkBoolean);
}

function checkRows(field: string, rows: readonly SparseRow[], n: number): void {
  checkLength(field, rows, n);
  rows.forEach((row, uid) => {
    checkRow(`${field}[${uid}]`, row, n);
  });
}

function checkRow(field: string, { columns, values }: SparseRow, n: number): void {
  if (columns?.length === undefined || columns.length !== values?.length) {
    throw new EpochInputError(
      field,
      `ragged: ${columns?.length} columns and ${values?.length} values`,
    );
  }
  const seen = new Set<number>();
  for (let k = 0; k < columns.length; k++) {
    checkUid(`${field}.columns[${k}]`, columns[k], n);
    if (seen.has(columns[k])) {
      throw new EpochInputError(`${field}.columns[${k}]`, `uid ${columns[k]} occurs twice`);
    }
    seen.add(columns[k]);
    checkU16(`${field}.values[${k}]`, values[k]);
  }
}
