/** Scores of answers on gpu.js: grades go to the device once. */
import type { AnswerBatch, AnswerScores } from "../types.ts";
import { withWinners } from "../typescript/answers.ts";
import { gradeSum, score, sharpened } from "./kernels.ts";
import type { GpuRunner } from "./runner.ts";
import { gradeUnits, matricesOf, slicesOf, stakeOf } from "./slices.ts";

export async function answersOnGpu(runner: GpuRunner, batch: AnswerBatch): Promise<AnswerScores> {
  const { problems, validators, miners, sharpness } = batch;
  const scores = new Float32Array(problems * miners);
  for (const slice of slicesOf(problems, validators * miners)) {
    const height = slice.problems;
    const cube = [miners, validators, height];
    const byValidator = [validators, height];
    const grades = runner.input(matricesOf(batch, batch.grades, slice), cube);
    const units = runner.input(gradeUnits(batch, batch.grades, slice), byValidator);
    const stake = runner.input(stakeOf(batch, slice), byValidator);
    const weights = await runner.keep(sharpened, cube, grades, units, sharpness);
    const sums = await runner.keep(gradeSum, byValidator, weights, miners);
    const own = await runner.run(score, [miners, height], weights, sums, stake, validators);
    scores.set(own, slice.first * miners);
  }
  return withWinners(scores, problems, miners);
}
