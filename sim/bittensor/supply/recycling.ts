/**
 * How much of the new TAO is recycled from day to day. What drives it (fees, dissolutions, key
 * swaps) is not known in parts, only that captured intervals lost 1 to 3.5 per cent; so the share is a
 * random path around a mean that is itself uncertain. Source: spec/recent-rules.md section 5,
 * measured-chain.md section 4. The shape of the path is an assumption.
 */
import { exp } from "../../portable-math.ts";
import type { Stream } from "../../random.ts";

/** Shares are integers of this many parts. */
export const SHARE_PARTS = 1_000_000_000n;

export interface RecyclingModel {
  readonly meanShare: number;
  /** Standard deviation of the run's own mean around `meanShare`: what is not known. */
  readonly meanDeviation: number;
  /** Standard deviation of a day's share around the run's mean: what varies. */
  readonly dailyDeviation: number;
  /** Days after which a deviation has decayed to 1/e. */
  readonly memoryDays: number;
}

/** An autoregressive path of daily shares, cut off at 0 and 1. */
export class RecyclingPath {
  readonly mean: number;
  private deviation: number;
  private readonly keep: number;
  private readonly noise: number;

  constructor(
    readonly model: RecyclingModel,
    private readonly stream: Stream,
  ) {
    this.mean = within(model.meanShare + model.meanDeviation * stream.normal());
    this.keep = exp(-1 / model.memoryDays);
    this.noise = Math.sqrt(1 - this.keep * this.keep);
    this.deviation = model.dailyDeviation * stream.normal();
  }

  /** The share of the next day, in SHARE_PARTS. */
  nextDay(): bigint {
    return BigInt(this.nextParts());
  }

  /** The same as a whole number. */
  nextParts(): number {
    const share = within(this.mean + this.deviation);
    this.deviation =
      this.keep * this.deviation + this.noise * this.model.dailyDeviation * this.stream.normal();
    return Math.round(share * Number(SHARE_PARTS));
  }
}

const within = (share: number): number => Math.min(1, Math.max(0, share));
