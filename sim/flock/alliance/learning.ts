/**
 * A federated-learning task small enough to run inside a simulation and real enough that a bad
 * update hurts: softmax regression on clusters drawn from a seed. Arithmetic is + - * / and
 * portable exp, so the same seed gives the same accuracy everywhere.
 */
import { exp, ln } from "../../portable-math.ts";
import type { Stream } from "../../random.ts";

export interface LearningTask {
  readonly classes: number;
  readonly features: number;
  /** Distance of a class centre from the origin, in standard deviations of a sample. */
  readonly separation: number;
  readonly trainPerClient: number;
  readonly testPerClient: number;
  /** 0: every client sees all classes alike; 1: only its home class. */
  readonly nonIid: number;
  readonly learningRate: number;
  /** Passes over its own data that a client makes in a round. */
  readonly localSteps: number;
}

export const DEFAULT_LEARNING_TASK: LearningTask = {
  classes: 5,
  features: 12,
  separation: 3.5,
  trainPerClient: 40,
  testPerClient: 20,
  nonIid: 0,
  learningRate: 0.3,
  localSteps: 2,
};

/** Samples in rows of `features`, with a label each. */
export interface Samples {
  readonly count: number;
  readonly values: Float64Array;
  readonly labels: Int32Array;
}

export interface ClientData {
  readonly train: Samples;
  /** Held out and private: what the client votes by. */
  readonly test: Samples;
}

export interface LearningData {
  readonly task: LearningTask;
  readonly clients: readonly ClientData[];
  /** Seen by no client: measures the global model. */
  readonly audit: Samples;
}

const AUDIT_SAMPLES = 500;

/** Data for that many clients. The clusters and every sample come from the stream. */
export function makeData(task: LearningTask, clients: number, random: Stream): LearningData {
  const centres = makeCentres(task, random);
  const uniformClass = () => random.below(task.classes);
  const draw = (count: number, home: number | null) =>
    makeSamples(task, centres, count, random, () =>
      home !== null && random.uniform() < task.nonIid ? home : uniformClass(),
    );
  const audit = draw(AUDIT_SAMPLES, null);
  const shares = Array.from({ length: clients }, (_, client) => {
    const home = client % task.classes;
    return { train: draw(task.trainPerClient, home), test: draw(task.testPerClient, home) };
  });
  return { task, clients: shares, audit };
}

/** Class centres: random directions of the given length. */
function makeCentres(
  { classes, features, separation }: LearningTask,
  random: Stream,
): Float64Array {
  const centres = new Float64Array(classes * features);
  for (let c = 0; c < classes; c++) {
    let square = 0;
    for (let f = 0; f < features; f++) {
      const value = random.normal();
      centres[c * features + f] = value;
      square += value * value;
    }
    const scale = separation / Math.sqrt(square);
    for (let f = 0; f < features; f++) centres[c * features + f] *= scale;
  }
  return centres;
}

function makeSamples(
  { features }: LearningTask,
  centres: Float64Array,
  count: number,
  random: Stream,
  pickClass: () => number,
): Samples {
  const values = new Float64Array(count * features);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = pickClass();
    for (let f = 0; f < features; f++) {
      values[i * features + f] = centres[labels[i] * features + f] + random.normal();
    }
  }
  return { count, values, labels };
}

/** Weights of a model: for each class its features' weights and a bias. */
export type Model = Float64Array;

export const emptyModel = ({ classes, features }: LearningTask): Model =>
  new Float64Array(classes * (features + 1));

/** Class probabilities of one sample, into `out`. */
function predict(task: LearningTask, model: Model, samples: Samples, i: number, out: Float64Array) {
  const { classes, features } = task;
  let top = -Infinity;
  for (let c = 0; c < classes; c++) {
    const row = c * (features + 1);
    let score = model[row + features];
    for (let f = 0; f < features; f++) {
      score += model[row + f] * samples.values[i * features + f];
    }
    out[c] = score;
    if (score > top) top = score;
  }
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    out[c] = exp(out[c] - top);
    sum += out[c];
  }
  for (let c = 0; c < classes; c++) out[c] /= sum;
}

export interface Evaluation {
  readonly accuracy: number;
  /** Mean cross-entropy. */
  readonly loss: number;
}

export function evaluate(task: LearningTask, model: Model, samples: Samples): Evaluation {
  const probabilities = new Float64Array(task.classes);
  let right = 0;
  let loss = 0;
  for (let i = 0; i < samples.count; i++) {
    predict(task, model, samples, i, probabilities);
    const label = samples.labels[i];
    let best = 0;
    for (let c = 1; c < task.classes; c++) if (probabilities[c] > probabilities[best]) best = c;
    if (best === label) right++;
    loss -= ln(Math.max(probabilities[label], 1e-12));
  }
  return { accuracy: right / samples.count, loss: loss / samples.count };
}

/** The update of one client: its weights after local training less those that it started from. */
export function localUpdate(task: LearningTask, global: Model, samples: Samples): Model {
  const model = Float64Array.from(global);
  for (let step = 0; step < task.localSteps; step++) descend(task, model, samples);
  for (let w = 0; w < model.length; w++) model[w] -= global[w];
  return model;
}

/** One step of full-batch gradient descent on the cross-entropy, in place. */
function descend(task: LearningTask, model: Model, samples: Samples): void {
  const { classes, features, learningRate } = task;
  const gradient = new Float64Array(model.length);
  const probabilities = new Float64Array(classes);
  for (let i = 0; i < samples.count; i++) {
    predict(task, model, samples, i, probabilities);
    probabilities[samples.labels[i]] -= 1;
    for (let c = 0; c < classes; c++) {
      const row = c * (features + 1);
      const error = probabilities[c];
      for (let f = 0; f < features; f++) {
        gradient[row + f] += error * samples.values[i * features + f];
      }
      gradient[row + features] += error;
    }
  }
  const rate = learningRate / samples.count;
  for (let w = 0; w < model.length; w++) model[w] -= rate * gradient[w];
}

/** The model with the mean of the updates added: FedAvg over equal clients. */
export function aggregate(global: Model, updates: readonly Model[]): Model {
  const model = Float64Array.from(global);
  for (const update of updates) {
    for (let w = 0; w < model.length; w++) model[w] += update[w] / updates.length;
  }
  return model;
}
