/** FLockOff's three scoring regimes as an incentive mechanism (sim/flock/sn96.ts has the rules). */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import {
  type Entry,
  lossScore,
  SCORE_CURVES,
  type Submission,
  selectWinner,
  winRates,
} from "../../sim/flock/sn96.ts";
import type { Stream } from "../../sim/random.ts";
import type { Mechanism } from "../validators/mechanism.ts";
import type { FlockoffConfig } from "./config.ts";
import type { ResearchField } from "./research-field.ts";

/** One validator's view: it trains on every data set once a day and keeps its weights until then. */
export class FlockoffMechanism implements Mechanism {
  private day = -1;
  private weights: Float64Array = new Float64Array(0);

  constructor(
    private readonly minerUids: readonly number[],
    private readonly config: FlockoffConfig,
    private readonly field: ResearchField,
  ) {}

  weigh(block: number, random: Stream): Float64Array {
    const day = Math.floor(block / BLOCKS_PER_DAY);
    if (day !== this.day) {
      this.day = day;
      this.weights = this.judge(random);
    }
    return this.weights;
  }

  private judge(random: Stream): Float64Array {
    const losses = this.minerUids.map((uid) =>
      this.field.measure(uid, this.config.loss_noise, random),
    );
    const { regime } = this.config;
    if (regime === "score") {
      return Float64Array.from(losses, (loss) => lossScore(loss, SCORE_CURVES.roleplay));
    }
    return regime === "pairwise" ? this.pairwise(losses) : this.winner(losses);
  }

  private pairwise(losses: readonly (number | null)[]): Float64Array {
    const taking = [...losses.keys()].filter((i) => losses[i] !== null);
    const entries = taking.map((i): Entry => ({ loss: losses[i] as number, block: this.block(i) }));
    const weights = new Float64Array(losses.length);
    for (const [k, rate] of winRates(entries).entries()) weights[taking[k]] = rate;
    return weights;
  }

  private winner(losses: readonly (number | null)[]): Float64Array {
    const submissions = this.minerUids.map(
      (uid, i): Submission => ({
        uid,
        hotkey: String(uid),
        coldkey: String(uid),
        loss: losses[i],
        block: this.block(i),
      }),
    );
    const winner = selectWinner(submissions, submissions);
    const weights = new Float64Array(losses.length);
    if (winner) weights[this.minerUids.indexOf(winner.uid)] = 1;
    return weights;
  }

  private block(i: number): number {
    return this.field.committedAt(this.minerUids[i]) ?? 0;
  }
}
