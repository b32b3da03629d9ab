/**
 * What miners can do, which the chain does not show: each miner's skill and effort in one subnet.
 * Validators learn of it by measuring, with noise; see agents/validators.
 */
import { exp, ln } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";

export class SkillField {
  /** ln(skill), by uid; -Infinity where the uid does no work. */
  readonly lnSkill: Float64Array;
  /** Part of its skill that a miner brings to bear, 0 to 1. */
  readonly effort: Float64Array;

  constructor(neurons: number) {
    this.lnSkill = new Float64Array(neurons).fill(-Infinity);
    this.effort = new Float64Array(neurons).fill(1);
  }

  /** Quality of the work as it is. */
  quality(uid: number): number {
    return this.effort[uid] * exp(this.lnSkill[uid]);
  }

  /** Quality as measured, with a relative error of standard deviation `noise` (in ln). */
  measure(uid: number, noise: number, random: Stream): number {
    return this.quality(uid) * exp(noise * random.normal());
  }

  /**
   * Starts from weights that real validators gave: ln of each miner's mean weight, stretched or
   * squeezed so that its standard deviation among miners is `spread`.
   */
  startFromWeights(meanWeightByUid: ReadonlyMap<number, number>, spread: number): void {
    const known = [...meanWeightByUid].filter(([, weight]) => weight > 0);
    if (known.length === 0) return;
    const logs = known.map(([, weight]) => ln(weight));
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    const variance = logs.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const deviation = Math.sqrt(variance / logs.length);
    const scale = deviation > 0 ? spread / deviation : 0;
    for (const [index, [uid]] of known.entries()) this.lnSkill[uid] = (logs[index] - mean) * scale;
  }
}
