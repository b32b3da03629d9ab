/**
 * What FLockOff's miners have published: data sets, each with the loss that the fixed model would
 * reach on it in truth, and the block of its commitment. The commitment is public; the loss has to
 * be measured by training. How skill becomes loss is assumed.
 */
import { SCORE_CURVES } from "../../sim/flock/sn96.ts";
import type { Stream } from "../../sim/random.ts";
import type { SkillField } from "../miners/skills.ts";

const { high } = SCORE_CURVES.roleplay;
/** What endless skill would take off the worst loss that still scores. */
const REACH = 0.45;

export const lossOfQuality = (quality: number): number => high - (REACH * quality) / (1 + quality);

export class ResearchField {
  private readonly loss: Float64Array;
  private readonly block: Float64Array;

  constructor(readonly skills: SkillField) {
    this.loss = new Float64Array(skills.lnSkill.length).fill(Number.NaN);
    this.block = new Float64Array(skills.lnSkill.length);
  }

  /** Publishes a data set as good as the miner can make it now. */
  commit(uid: number, block: number): void {
    this.loss[uid] = lossOfQuality(this.skills.quality(uid));
    this.block[uid] = block;
  }

  /** Block of the miner's data set; null before its first. */
  committedAt(uid: number): number | null {
    return Number.isNaN(this.loss[uid]) ? null : this.block[uid];
  }

  /** How much lower the loss of a new data set would be, as part of the old one's. */
  improvement(uid: number): number {
    return 1 - lossOfQuality(this.skills.quality(uid)) / this.loss[uid];
  }

  /** The loss that one training run shows; null where there is no data set. */
  measure(uid: number, noise: number, random: Stream): number | null {
    return Number.isNaN(this.loss[uid]) ? null : this.loss[uid] + noise * random.normal();
  }
}
