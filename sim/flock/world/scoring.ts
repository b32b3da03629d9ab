/** Validation of a task's submissions on one day: assignments, uploads, consensus, F. */
import { assignmentCounts } from "../arena/assignments.ts";
import {
  closeness,
  closenessWeights,
  consensusScores,
  type Validations,
} from "../arena/consensus.ts";
import { microFromUsd } from "../market.ts";
import { spend } from "./actions/arena.ts";
import type { ValidationBatch } from "./agent.ts";
import { slashValidators } from "./slashing.ts";
import type { ArenaTask, FlockWorldState, Operator, Submission } from "./state.ts";

/** F of each of the task's validators; updates the submissions' consensus and the task's count. */
export function scoreTask(
  world: FlockWorldState,
  task: ArenaTask,
  assignments: number,
  /** Effective stakes by operator. */
  effective: Float64Array,
): Float64Array {
  const { arena } = world.parameters;
  const submissions = [...task.submissions.values()];
  const { validators } = task;
  if (submissions.length === 0 || validators.length === 0)
    return new Float64Array(validators.length);
  const stakes = Float64Array.from(validators, ({ index }) => effective[index]);
  const { random } = task;
  const counts = assignmentCounts(assignments, stakes, random);
  const uploads = new Uploads(assignments);
  for (const [j, validator] of validators.entries()) {
    if (counts[j] === 0) continue;
    const assigned = new Int32Array(counts[j]);
    for (let k = 0; k < assigned.length; k++) assigned[k] = random.below(submissions.length);
    validateBatch(world, validator, j, submissions, assigned, uploads);
  }
  const scores = consensusScores(uploads, submissions.length, stakes);
  for (const [i, submission] of submissions.entries()) {
    // A submission that nobody drew today keeps the score that it had.
    if (!Number.isNaN(scores[i])) submission.consensus = scores[i];
  }
  task.validations += uploads.count;
  const measured = closeness(uploads, scores, validators.length);
  slashValidators(world, validators, measured);
  return closenessWeights(measured, counts, arena);
}

/** Columns of the day's uploads, filled as they come. */
class Uploads implements Validations {
  count = 0;
  readonly validator: Int32Array;
  readonly submission: Int32Array;
  readonly score: Float64Array;

  constructor(capacity: number) {
    this.validator = new Int32Array(capacity);
    this.submission = new Int32Array(capacity);
    this.score = new Float64Array(capacity);
  }

  add(validator: number, submission: number, score: number): void {
    this.validator[this.count] = validator;
    this.submission[this.count] = submission;
    this.score[this.count] = score;
    this.count++;
  }
}

function validateBatch(
  world: FlockWorldState,
  validator: Operator,
  j: number,
  submissions: readonly Submission[],
  assigned: Int32Array,
  uploads: Uploads,
): void {
  const { participant } = validator;
  const { agent, random } = participant;
  const done = new Uint8Array(assigned.length);
  let measured = 0;
  const batch: ValidationBatch = {
    day: world.day,
    count: assigned.length,
    operator: (k) => submissions[assigned[k]].operator.index,
    published: (k) => submissions[assigned[k]].consensus,
    measure: (k, noise) => {
      measured++;
      return submissions[assigned[k]].trueLoss + noise * random.normal();
    },
    submit: (k, loss) => {
      if (done[k] === 1 || !Number.isFinite(loss)) return;
      done[k] = 1;
      uploads.add(j, assigned[k], loss);
    },
  };
  agent.validate?.(batch, random);
  const usd = measured * world.parameters.training.validationUsd;
  if (usd > 0) spend(world, participant, microFromUsd(usd), "validation compute");
}
