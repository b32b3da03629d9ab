/** What a malicious proposer submits in place of an honest update. */
import type { Stream } from "../../random.ts";
import { type LearningTask, localUpdate, type Model, type Samples } from "./learning.ts";

export const ATTACKS = ["sign_flip", "label_flip", "noise"] as const;
export type Attack = (typeof ATTACKS)[number];

/**
 * - sign_flip: the honest update turned round and multiplied by `strength`.
 * - label_flip: trained on labels moved on by one class, multiplied by `strength`.
 * - noise: a random vector of `strength` times the honest update's length.
 */
export function poisonedUpdate(
  attack: Attack,
  strength: number,
  task: LearningTask,
  global: Model,
  samples: Samples,
  random: Stream,
): Model {
  if (attack === "label_flip") {
    const labels = samples.labels.map((label) => (label + 1) % task.classes);
    return localUpdate(task, global, { ...samples, labels }).map((weight) => strength * weight);
  }
  const honest = localUpdate(task, global, samples);
  if (attack === "sign_flip") return honest.map((weight) => -strength * weight);
  return noiseOfLength(strength * lengthOf(honest), honest.length, random);
}

const lengthOf = (vector: Model): number =>
  Math.sqrt(vector.reduce((sum, weight) => sum + weight * weight, 0));

function noiseOfLength(length: number, size: number, random: Stream): Model {
  const noise = new Float64Array(size).map(() => random.normal());
  const scale = length / lengthOf(noise);
  return noise.map((weight) => scale * weight);
}
