/** The door of gpu-kernels. */
export { openBackend } from "./backends.ts";
export {
  answerBound,
  type ConsensusBounds,
  consensusBounds,
  type GroupBounds,
  groupShareBounds,
  totalRankOf,
} from "./bounds.ts";
export { BatchError } from "./check-batch.ts";
export { type Diagnosis, type DoctorReport, examine } from "./doctor.ts";
export { exactAnswers, exactWinner, SCORE_BITS } from "./exact/answers.ts";
export { type ExactScores, exactConsensus } from "./exact/consensus.ts";
export { type ExactPath, type ExactState, exactDays, exactPath, priceOf } from "./exact/paths.ts";
export { exactStart, type PathErrors, pathErrors } from "./path-bounds.ts";
export {
  BoundExceeded,
  Confirmations,
  confirmBest,
  type ScreenedProblem,
  type Winner,
} from "./screen.ts";
export {
  type AnswerBatch,
  type AnswerScores,
  BACKEND_NAMES,
  type Backend,
  type BackendName,
  type ConsensusBatch,
  type ConsensusScores,
  type DeviceWork,
  type Floats,
  type PathBatch,
  type PathResults,
} from "./types.ts";
