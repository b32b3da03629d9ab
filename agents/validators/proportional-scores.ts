/** The plain mechanism: every miner measured with noise, scores remembered, weights in proportion. */
import type { Stream } from "../../sim/random.ts";
import type { SkillField } from "../miners/skills.ts";
import type { ValidatorsConfig } from "./config.ts";
import type { Mechanism } from "./mechanism.ts";

export class ProportionalScores implements Mechanism {
  /** By hotkey: who registers anew under another one starts without a score. */
  private readonly scores = new Map<string, number>();

  constructor(
    private readonly config: ValidatorsConfig,
    private readonly skills: SkillField,
  ) {}

  weigh(_block: number, random: Stream, miners: readonly string[]): number[] {
    return miners.map((hotkey) => this.score(hotkey, random));
  }

  private score(hotkey: string, random: Stream): number {
    const { score_noise: noise, score_memory_share: memory } = this.config;
    const seat = this.skills.seatOf(hotkey);
    if (seat === null) return 0;
    const measured = this.skills.measure(seat, noise, random);
    const before = this.scores.get(hotkey) ?? measured;
    const score = memory * before + (1 - memory) * measured;
    this.scores.set(hotkey, score);
    return score;
  }
}
