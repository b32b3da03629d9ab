/** The plain mechanism: every miner measured with noise, scores remembered, weights in proportion. */
import type { Stream } from "../../sim/random.ts";
import type { SkillField } from "../miners/skills.ts";
import type { ValidatorsConfig } from "./config.ts";
import type { Mechanism } from "./mechanism.ts";

export class ProportionalScores implements Mechanism {
  private readonly scores: Float64Array;
  private scored = false;

  constructor(
    private readonly minerUids: readonly number[],
    private readonly config: ValidatorsConfig,
    private readonly skills: SkillField,
  ) {
    this.scores = new Float64Array(minerUids.length);
  }

  weigh(_block: number, random: Stream): Float64Array {
    const { score_noise: noise, score_memory_share: memory } = this.config;
    for (const [index, uid] of this.minerUids.entries()) {
      const measured = this.skills.measure(uid, noise, random);
      this.scores[index] = this.scored
        ? memory * this.scores[index] + (1 - memory) * measured
        : measured;
    }
    this.scored = true;
    return this.scores;
  }
}
