/** From grades to scores, in plain float64: the form to read. */
import type { AnswerBatch, AnswerScores, Floats } from "../types.ts";
import { normalized } from "./consensus.ts";

export function answersInFloat64(batch: AnswerBatch): AnswerScores {
  const { problems, validators, miners, sharpness } = batch;
  const scores = new Float64Array(problems * miners);
  const weights = new Float64Array(miners);
  for (let p = 0; p < problems; p++) {
    const stake = normalized(batch.stake.subarray(p * validators, (p + 1) * validators));
    for (let i = 0; i < validators; i++) {
      const from = (p * validators + i) * miners;
      let sum = 0;
      for (let j = 0; j < miners; j++) {
        const grade = batch.grades[from + j] / 65_535;
        let weight = grade;
        for (let k = 1; k < sharpness; k++) weight *= grade;
        weights[j] = weight;
        sum += weight;
      }
      if (sum === 0) continue;
      const share = stake[i] / sum;
      for (let j = 0; j < miners; j++) scores[p * miners + j] += share * weights[j];
    }
  }
  return withWinners(scores, problems, miners);
}

/** Adds who wins each problem, and by how much. */
export function withWinners(scores: Floats, problems: number, miners: number): AnswerScores {
  const winner = new Int32Array(problems);
  const lead = new Float64Array(problems);
  for (let p = 0; p < problems; p++) {
    let best = -1;
    let second = -1;
    for (let j = 0; j < miners; j++) {
      const score = scores[p * miners + j];
      if (score > best) {
        second = best;
        best = score;
        winner[p] = j;
      } else if (score > second) second = score;
    }
    lead[p] = miners === 1 ? best : best - second;
  }
  return { scores, winner, lead };
}
