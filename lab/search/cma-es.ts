/**
 * CMA-ES: a normal distribution over the parameters that moves and takes the shape of where good
 * points are. Sources: Hansen, "The CMA Evolution Strategy: A Tutorial" (2016), with its default
 * constants and negative weights (active CMA); step sizes of discrete parameters are held up so
 * that neighbouring values stay within reach, after Hansen, "A CMA-ES for mixed-integer nonlinear
 * optimization" (2011).
 *
 * Coordinates are those of the unit cube. The distribution knows no bounds: what it draws beyond
 * them is mirrored back by `inCube`.
 */
import { exp, ln, pow } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";
import { eigenOf } from "./eigen.ts";

export interface CmaSettings {
  /** Where the distribution starts, by coordinate. */
  readonly start: readonly number[];
  /** Its first standard deviation. */
  readonly sigma: number;
  /** Points of a generation; 0 for the usual number. */
  readonly population: number;
  /** By coordinate: the width of one value of a discrete parameter, 0 for a continuous one. */
  readonly cells: readonly number[];
}

export const usualPopulation = (dimensions: number): number => 4 + Math.floor(3 * ln(dimensions));

/** A drawn point: `at` as drawn, before anything is mirrored. */
export type Drawn = Float64Array;

/** Back into the unit cube, as if its walls were mirrors. */
export const inCube = (at: ArrayLike<number>): number[] =>
  Array.from(at, (x) => {
    const folded = Math.abs(x) % 2;
    return folded <= 1 ? folded : 2 - folded;
  });

/** Steps of a discrete parameter are at least this part of one value's width. */
const LEAST_CELL_STEP = 0.3;
const MAX_CONDITION = 1e14;

export class CmaEs {
  readonly dimensions: number;
  readonly population: number;
  /** How many of the best a generation is made of. */
  readonly parents: number;
  generation = 0;
  sigma: number;
  mean: Float64Array;
  private readonly cells: readonly number[];
  private readonly weights: Float64Array;
  private readonly constants: Constants;
  private covariance: Float64Array;
  private basis: Float64Array;
  private scales: Float64Array;
  private sigmaPath: Float64Array;
  private covariancePath: Float64Array;

  constructor({ start, sigma, population, cells }: CmaSettings) {
    const n = start.length;
    this.dimensions = n;
    this.population = population > 0 ? population : usualPopulation(n);
    this.parents = Math.floor(this.population / 2);
    this.sigma = sigma;
    this.mean = Float64Array.from(start);
    this.cells = cells;
    const { weights, constants } = constantsOf(n, this.population);
    this.weights = weights;
    this.constants = constants;
    this.covariance = identity(n);
    this.basis = identity(n);
    this.scales = new Float64Array(n).fill(1);
    this.sigmaPath = new Float64Array(n);
    this.covariancePath = new Float64Array(n);
  }

  /** One point of the distribution. */
  draw(random: Stream): Drawn {
    const n = this.dimensions;
    const z = Float64Array.from({ length: n }, (_, k) => this.scales[k] * random.normal());
    const at = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let y = 0;
      for (let k = 0; k < n; k++) y += this.basis[i * n + k] * z[k];
      at[i] = this.mean[i] + this.sigma * y;
    }
    return at;
  }

  /** Moves the distribution; `ranked` are all points of a generation, the best first. */
  tell(ranked: readonly Drawn[]): void {
    const n = this.dimensions;
    if (ranked.length !== this.population) {
      throw new RangeError(`${ranked.length} points of a generation of ${this.population}`);
    }
    this.generation++;
    const steps = ranked.map((at) => at.map((x, i) => (x - this.mean[i]) / this.sigma));
    const move = new Float64Array(n);
    for (let rank = 0; rank < this.parents; rank++) {
      for (let i = 0; i < n; i++) move[i] += this.weights[rank] * steps[rank][i];
    }
    for (let i = 0; i < n; i++) this.mean[i] += this.sigma * move[i];
    this.updatePaths(move);
    this.updateCovariance(steps);
    const { cSigma, dSigma, expectedNorm } = this.constants;
    const length = norm(this.sigmaPath);
    this.sigma *= exp(Math.min(1, (cSigma / dSigma) * (length / expectedNorm - 1)));
    this.decompose();
  }

  /** Standard deviation by coordinate. */
  deviations(): number[] {
    const n = this.dimensions;
    return Array.from({ length: n }, (_, i) => this.sigma * Math.sqrt(this.covariance[i * n + i]));
  }

  /** Whether there is nothing left to move: every step is small, or the shape is degenerate. */
  hasConverged(tolerance: number): boolean {
    const steps = this.deviations();
    const areSmall = steps.every((step, i) =>
      this.cells[i] > 0 ? step <= 1.01 * LEAST_CELL_STEP * this.cells[i] : step < tolerance,
    );
    const [least, most] = [this.scales[0], this.scales[this.dimensions - 1]];
    const ratio = most / least;
    return areSmall || ratio * ratio > MAX_CONDITION || !Number.isFinite(this.sigma);
  }

  private updatePaths(move: Float64Array): void {
    const n = this.dimensions;
    const { cSigma, cc, muEff, expectedNorm } = this.constants;
    const white = this.whitened(move);
    const gain = Math.sqrt(cSigma * (2 - cSigma) * muEff);
    for (let i = 0; i < n; i++) {
      this.sigmaPath[i] = (1 - cSigma) * this.sigmaPath[i] + gain * white[i];
    }
    const forgotten = 1 - pow(1 - cSigma, 2 * this.generation);
    const isSteady =
      norm(this.sigmaPath) / Math.sqrt(forgotten) < (1.4 + 2 / (n + 1)) * expectedNorm;
    const pathGain = isSteady ? Math.sqrt(cc * (2 - cc) * muEff) : 0;
    for (let i = 0; i < n; i++) {
      this.covariancePath[i] = (1 - cc) * this.covariancePath[i] + pathGain * move[i];
    }
    this.constants.heaviside = isSteady ? 0 : cc * (2 - cc);
  }

  private updateCovariance(steps: readonly Float64Array[]): void {
    const n = this.dimensions;
    const { c1, cMu, heaviside, weightSum } = this.constants;
    const kept = 1 + c1 * heaviside - c1 - cMu * weightSum;
    const weights = this.weights.map((weight, rank) => {
      if (weight >= 0) return weight;
      // Keeps the matrix positive definite however long the step was.
      const length = norm(this.whitened(steps[rank]));
      return (weight * n) / Math.max(length * length, 1e-300);
    });
    const path = this.covariancePath;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let rank = 0; rank < steps.length; rank++) {
          sum += weights[rank] * steps[rank][i] * steps[rank][j];
        }
        const value = kept * this.covariance[i * n + j] + c1 * path[i] * path[j] + cMu * sum;
        this.covariance[i * n + j] = value;
        this.covariance[j * n + i] = value;
      }
    }
  }

  /** C^(-1/2) y */
  private whitened(y: Float64Array): Float64Array {
    const n = this.dimensions;
    const turned = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += this.basis[i * n + k] * y[i];
      turned[k] = sum / this.scales[k];
    }
    const back = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) back[i] += this.basis[i * n + k] * turned[k];
    }
    return back;
  }

  private decompose(): void {
    const n = this.dimensions;
    this.cells.forEach((cell, i) => {
      const least = (LEAST_CELL_STEP * cell) / this.sigma;
      const at = i * n + i;
      if (cell > 0 && this.covariance[at] < least * least) this.covariance[at] = least * least;
    });
    const { values, vectors } = eigenOf(this.covariance, n);
    this.basis = vectors;
    this.scales = values.map((value) => Math.sqrt(Math.max(value, 1e-300)));
  }
}

interface Constants {
  readonly muEff: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cc: number;
  readonly c1: number;
  readonly cMu: number;
  readonly weightSum: number;
  /** Mean length of a standard normal vector. */
  readonly expectedNorm: number;
  /** Makes up for a stalled path in a generation. */
  heaviside: number;
}

/** The tutorial's table 1. */
function constantsOf(n: number, population: number) {
  const raw = Array.from({ length: population }, (_, k) => ln((population + 1) / 2) - ln(k + 1));
  const positive = raw.map((weight) => Math.max(0, weight));
  const parents = Math.floor(population / 2);
  const effective = (list: readonly number[]) => {
    const sum = list.reduce((total, one) => total + one, 0);
    return (sum * sum) / list.reduce((total, one) => total + one * one, 0);
  };
  const muEff = effective(raw.slice(0, parents));
  const negativeEff = effective(raw.slice(parents));
  const cSigma = (muEff + 2) / (n + muEff + 5);
  const dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
  const cc = (4 + muEff / n) / (n + 4 + (2 * muEff) / n);
  const c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
  const cMu = Math.min(1 - c1, (2 * (1 / 4 + muEff + 1 / muEff - 2)) / ((n + 2) * (n + 2) + muEff));
  const positiveSum = positive.reduce((sum, one) => sum + one, 0);
  const negativeSum = -raw.reduce((sum, one) => sum + Math.min(0, one), 0);
  const negativeTotal = Math.min(
    1 + c1 / cMu,
    1 + (2 * negativeEff) / (muEff + 2),
    (1 - c1 - cMu) / (n * cMu),
  );
  const weights = Float64Array.from(raw, (weight) =>
    weight >= 0 ? weight / positiveSum : (negativeTotal * weight) / negativeSum,
  );
  const weightSum = weights.reduce((sum, one) => sum + one, 0);
  const expectedNorm = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  const constants: Constants = {
    ...{ muEff, cSigma, dSigma, cc, c1, cMu, weightSum, expectedNorm, heaviside: 0 },
  };
  return { weights, constants };
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Math.sqrt(sum);
}
