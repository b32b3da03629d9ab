/**
 * Yuma 1 as its documentation states it, in float64: the formulas of the whitepaper and of the
 * chain's docs/consensus.md, without masks, permits or fixed point. Rows are validators, columns
 * are servers. For research beside the exact epochs, never for what the chain would pay.
 * Source: spec/yuma-epoch.md section 11.5.
 */
import { EpochInputError } from "./check-input.ts";

export interface TextbookParameters {
  /** The share of stake that must support a weight, 0 ... 1. */
  readonly kappa: number;
  /** beta: 1 = bonds from clipped weights, 0 = from weights as set. */
  readonly bondsPenalty: number;
  /** alpha: how much of the new bonds enters the average, 0 ... 1. */
  readonly bondsAlpha: number;
  /** xi: the validators' part of the emission; the chain's is always a half. */
  readonly validatorShare: number;
}

export interface TextbookInput {
  /** By validator, in any unit; normalised. */
  readonly stake: readonly number[];
  /** By validator and server, in any unit; each row is normalised. */
  readonly weights: readonly (readonly number[])[];
  /** The bonds of the epoch before. */
  readonly bonds: readonly (readonly number[])[];
}

export interface TextbookOutput {
  /** By server. */
  readonly consensus: number[];
  readonly rank: number[];
  readonly incentive: number[];
  /** Rank over the rank without clipping; 0 where nobody weighs the server. */
  readonly trust: number[];
  /** By validator. */
  readonly validatorTrust: number[];
  readonly dividends: number[];
  /** By validator and server. */
  readonly clippedWeights: number[][];
  readonly bondsDelta: number[][];
  readonly bonds: number[][];
  /** Shares of the emission: validatorShare * dividends, and the rest * incentive. */
  readonly validatorEmission: number[];
  readonly serverEmission: number[];
}

/** Throws EpochInputError, which names the field, for ragged rows and for what is no number >= 0. */
export function textbookEpoch(
  input: TextbookInput,
  { kappa, bondsPenalty, bondsAlpha, validatorShare }: TextbookParameters,
): TextbookOutput {
  checkInput(input);
  const stake = normalized(input.stake);
  const weights = input.weights.map(normalized);
  const servers = weights[0].map((_, j) => j);

  const consensus = servers.map((j) => supportedWeight(stake, column(weights, j), kappa));
  const clippedWeights = weights.map((row) => row.map((w, j) => Math.min(w, consensus[j])));
  const rank = servers.map((j) => dot(stake, column(clippedWeights, j)));
  const rankUnclipped = servers.map((j) => dot(stake, column(weights, j)));
  const incentive = normalized(rank);

  const bought = weights.map((row, i) =>
    row.map((w, j) => stake[i] * ((1 - bondsPenalty) * w + bondsPenalty * clippedWeights[i][j])),
  );
  const bondsDelta = columnsNormalized(bought);
  const bonds = bondsDelta.map((row, i) =>
    row.map((delta, j) => bondsAlpha * delta + (1 - bondsAlpha) * input.bonds[i][j]),
  );
  const dividends = bonds.map((row) => dot(row, incentive));
  return {
    consensus,
    rank,
    incentive,
    trust: rank.map((r, j) => (rankUnclipped[j] === 0 ? 0 : r / rankUnclipped[j])),
    validatorTrust: clippedWeights.map(total),
    dividends,
    clippedWeights,
    bondsDelta,
    bonds,
    validatorEmission: dividends.map((d) => validatorShare * d),
    serverEmission: incentive.map((i) => (1 - validatorShare) * i),
  };
}

/** The largest weight that validators with at least kappa of the stake set or exceed. */
function supportedWeight(stake: readonly number[], weights: readonly number[], kappa: number) {
  const support = (weight: number) =>
    total(stake.filter((_, i) => weights[i] >= weight && weight > 0));
  return Math.max(0, ...weights.filter((weight) => weight > 0 && support(weight) >= kappa));
}

const total = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0);

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, k) => sum + v * b[k], 0);

const column = (matrix: readonly (readonly number[])[], j: number): number[] =>
  matrix.map((row) => row[j]);

function normalized(values: readonly number[]): number[] {
  const sum = total(values);
  return sum === 0 ? [...values] : values.map((v) => v / sum);
}

function columnsNormalized(matrix: readonly (readonly number[])[]): number[][] {
  const sums = matrix[0].map((_, j) => total(column(matrix, j)));
  return matrix.map((row) => row.map((v, j) => (sums[j] === 0 ? 0 : v / sums[j])));
}

function checkInput({ stake, weights, bonds }: TextbookInput): void {
  if (stake.length === 0) throw new EpochInputError("stake", "there must be a validator");
  checkNumbers("stake", stake);
  const servers = weights[0]?.length ?? 0;
  if (servers === 0) throw new EpochInputError("weights[0]", "there must be a server");
  for (const [name, matrix] of Object.entries({ weights, bonds })) {
    if (matrix.length !== stake.length) {
      throw new EpochInputError(name, `must have ${stake.length} rows, has ${matrix.length}`);
    }
    matrix.forEach((row, i) => {
      if (row.length !== servers) {
        throw new EpochInputError(`${name}[${i}]`, `ragged: ${row.length} of ${servers} columns`);
      }
      checkNumbers(`${name}[${i}]`, row);
    });
  }
}

function checkNumbers(field: string, values: readonly number[]): void {
  values.forEach((value, k) => {
    if (!Number.isFinite(value) || value < 0) {
      throw new EpochInputError(`${field}[${k}]`, `must be a number of 0 or more, got ${value}`);
    }
  });
}
