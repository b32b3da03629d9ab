/**
 * What miners can do, which the chain does not show: each miner's skill and effort in one subnet.
 * Validators learn of it by measuring, with noise; see agents/validators. A miner keeps its seat
 * here for the whole run, whether it is registered or not; whoever was there at the start has its
 * uid for a seat.
 */
import { exp, ln } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";

export class SkillField {
  /** ln(skill), by seat; -Infinity where nobody does any work. */
  readonly lnSkill: Float64Array;
  /** Part of its skill that a miner brings to bear, 0 to 1. */
  readonly effort: Float64Array;

  private readonly seats = new Map<string, number>();

  /** `effort`: that of the same miners in another field, where they do the same work for both. */
  constructor(seats: number, effort?: Float64Array) {
    this.lnSkill = new Float64Array(seats).fill(-Infinity);
    this.effort = effort ?? new Float64Array(seats).fill(1);
  }

  /** Gives a hotkey its seat. */
  place(hotkey: string, seat: number): void {
    this.seats.set(hotkey, seat);
  }

  /** Null for a hotkey behind which nobody works. */
  seatOf(hotkey: string): number | null {
    return this.seats.get(hotkey) ?? null;
  }

  /** Quality of the work as it is. */
  quality(seat: number): number {
    return this.effort[seat] * exp(this.lnSkill[seat]);
  }

  /** Quality as measured, with a relative error of standard deviation `noise` (in ln). */
  measure(seat: number, noise: number, random: Stream): number {
    return this.quality(seat) * exp(noise * random.normal());
  }

  /**
   * Starts from another field's skills: ln(skill) is correlated with that one's, and has the spread
   * given around it. Who does no work there does none here.
   */
  startFrom(other: SkillField, correlation: number, spread: number, random: Stream): void {
    const own = spread * Math.sqrt(1 - correlation * correlation);
    for (const [seat, ln] of other.lnSkill.entries()) {
      const drawn = own * random.normal();
      if (ln > -Infinity) this.lnSkill[seat] = correlation * ln + drawn;
    }
    for (const [hotkey, seat] of other.seats) this.seats.set(hotkey, seat);
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
