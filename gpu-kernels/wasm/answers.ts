import type { AnswerBatch, AnswerScores } from "../types.ts";
import { withWinners } from "../typescript/answers.ts";
import { floatsOf, type SimdKernel, viewOf } from "./backend.ts";
import { paddedMatrices } from "./problems.ts";

export function scoreAnswers(kernel: SimdKernel, batch: AnswerBatch): AnswerScores {
  const { exports, isFloat32 } = kernel;
  const { problems, validators, miners, sharpness } = batch;
  const matrices = paddedMatrices(kernel, validators, miners, batch.grades, batch.stake);
  const score = isFloat32 ? exports.answersF32 : exports.answersF64;
  const scores = floatsOf(kernel, problems * miners);
  const result = viewOf(kernel, exports.incentiveAt(), miners);
  for (let p = 0; p < problems; p++) {
    matrices.load(p);
    score(validators, matrices.paddedColumns, sharpness);
    scores.set(result, p * miners);
  }
  return withWinners(scores, problems, miners);
}
