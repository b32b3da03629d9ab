/**
 * What people sell into a subnet's pool and spend on its alpha from day to day. Nobody can read its
 * causes off the chain; so both are log-normal around a mean that itself differs from run to run, with
 * days that remember each other, and independent of each other. The shape is an assumption.
 */
import { exp } from "../../portable-math.ts";
import { NormalPairs, type Stream } from "../../random.ts";

export interface FlowModel {
  /** Means of a day. */
  readonly soldAlpha: number;
  readonly spentTao: number;
  /** Of the logarithm of a run's own mean, each flow on its own: what is not known. */
  readonly meanDeviation: number;
  /** Of the logarithm of a day's amount around that: what varies. */
  readonly dailyDeviation: number;
  /** Days after which a deviation has decayed to 1/e. */
  readonly memoryDays: number;
}

/** Draws two normals at the start for the means, and two a day. */
export class FlowPath {
  /** Of the day that `nextDay` went to, whole rao as TAO and alpha. */
  soldAlpha = 0;
  spentTao = 0;
  private readonly soldLog: number;
  private readonly spentLog: number;
  private soldDeviation: number;
  private spentDeviation: number;
  private readonly keep: number;
  private readonly noise: number;
  private readonly pairs: NormalPairs;

  constructor(
    readonly model: FlowModel,
    stream: Stream,
  ) {
    const { meanDeviation, dailyDeviation, memoryDays } = model;
    this.pairs = new NormalPairs(stream);
    // So that the mean of all amounts is the mean that was asked for.
    const level = -0.5 * (meanDeviation * meanDeviation + dailyDeviation * dailyDeviation);
    this.pairs.next();
    this.soldLog = level + meanDeviation * this.pairs.first;
    this.spentLog = level + meanDeviation * this.pairs.second;
    this.keep = exp(-1 / memoryDays);
    this.noise = dailyDeviation * Math.sqrt(1 - this.keep * this.keep);
    this.pairs.next();
    this.soldDeviation = dailyDeviation * this.pairs.first;
    this.spentDeviation = dailyDeviation * this.pairs.second;
  }

  nextDay(): void {
    const { model, pairs } = this;
    this.soldAlpha = inWholeRao(model.soldAlpha * exp(this.soldLog + this.soldDeviation));
    this.spentTao = inWholeRao(model.spentTao * exp(this.spentLog + this.spentDeviation));
    pairs.next();
    this.soldDeviation = this.keep * this.soldDeviation + this.noise * pairs.first;
    this.spentDeviation = this.keep * this.spentDeviation + this.noise * pairs.second;
  }
}

const inWholeRao = (amount: number): number => Math.round(amount * 1e9) / 1e9;
