/** What a batch must be; checked once at the door, never inside. */
import type { AnswerBatch, ConsensusBatch, PathBatch } from "./types.ts";

/** A batch whose field is not what it must be. */
export class BatchError extends Error {
  override readonly name = "BatchError";
  constructor(
    readonly field: string,
    problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}

export const LIMITS = {
  ...{ problems: 1_000_000, validators: 4_096, miners: 65_535 },
  // A fifth halving is at least four times 1,458 days away.
  days: 5_832,
};

const MAX_SUPPLY_TAO = 21_000_000;

export function checkConsensusBatch(batch: ConsensusBatch): void {
  const { problems, validators, miners } = batch;
  checkShape({ problems, validators, miners });
  if (validators > miners) throw new BatchError("validators", `${validators} of ${miners} uids`);
  checkLength("weights", batch.weights, problems * validators * miners);
  checkStake(batch.stake, problems, validators);
  checkNumbers("kappa", batch.kappa, problems, (x) => x > 0 && x <= 1, "above 0, up to 1");
  checkNumbers("bondsPenalty", batch.bondsPenalty, problems, isShare, "0 ... 1");
}

export function checkAnswerBatch(batch: AnswerBatch): void {
  const { problems, validators, miners, sharpness } = batch;
  checkShape({ problems, validators, miners });
  checkLength("grades", batch.grades, problems * validators * miners);
  checkStake(batch.stake, problems, validators);
  if (!Number.isInteger(sharpness) || sharpness < 1 || sharpness > 8) {
    throw new BatchError("sharpness", `must be an integer 1 ... 8, got ${sharpness}`);
  }
}

export function checkPathBatch(batch: PathBatch): void {
  const { paths, days } = batch;
  checkShape({ problems: paths, days });
  const cells = paths * days;
  const issued = (x: number) => x >= 0 && x < MAX_SUPPLY_TAO;
  const positive = (x: number) => x > 0 && Number.isFinite(x);
  checkNumbers("issuanceTao", batch.issuanceTao, paths, issued, `0 ... below ${MAX_SUPPLY_TAO}`);
  checkNumbers("poolTao", batch.poolTao, paths, positive, "above 0");
  checkNumbers("poolAlpha", batch.poolAlpha, paths, positive, "above 0");
  checkNumbers("emissionShare", batch.emissionShare, paths, isShare, "0 ... 1");
  checkNumbers("boughtShare", batch.boughtShare, paths, isShare, "0 ... 1");
  checkRange("recycledShare", batch.recycledShare, cells, 1, "0 ... 1");
  checkRange("soldAlpha", batch.soldAlpha, cells, Number.MAX_VALUE, "at least 0");
  checkRange("spentTao", batch.spentTao, cells, Number.MAX_VALUE, "at least 0");
}

const isShare = (x: number): boolean => x >= 0 && x <= 1;

function checkShape(shape: Partial<Record<keyof typeof LIMITS, number>>): void {
  for (const [field, value] of Object.entries(shape)) {
    const most = LIMITS[field as keyof typeof LIMITS];
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new BatchError(field, `must be an integer 1 ... ${most}, got ${value}`);
    }
  }
}

function checkStake(stake: Float64Array, problems: number, validators: number): void {
  checkNumbers("stake", stake, problems * validators, (x) => x >= 0 && x < Infinity, "at least 0");
  for (let p = 0; p < problems; p++) {
    const own = stake.subarray(p * validators, (p + 1) * validators);
    const total = own.reduce((sum, x) => sum + x, 0);
    if (!(total > 0 && total < Infinity)) throw new BatchError(`stake of problem ${p}`, "is 0");
  }
}

function checkLength(field: string, values: ArrayLike<unknown>, length: number): void {
  if (values.length !== length) {
    throw new BatchError(field, `must have ${length} values, has ${values.length}`);
  }
}

function checkNumbers(
  field: string,
  values: Float64Array,
  length: number,
  fits: (value: number) => boolean,
  wanted: string,
): void {
  checkLength(field, values, length);
  const k = values.findIndex((value) => !fits(value));
  if (k >= 0) throw wrongNumber(field, k, wanted, values[k]);
}

/** From 0 to `most`, in a plain loop: batches of paths have many millions of values. */
function checkRange(
  field: string,
  values: Float64Array,
  length: number,
  most: number,
  wanted: string,
): void {
  checkLength(field, values, length);
  for (let k = 0; k < length; k++) {
    const value = values[k];
    if (!(value >= 0 && value <= most)) throw wrongNumber(field, k, wanted, value);
  }
}

const wrongNumber = (field: string, k: number, wanted: string, value: number) =>
  new BatchError(`${field}[${k}]`, `must be ${wanted}, got ${value}`);
