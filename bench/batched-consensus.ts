/** Many consensus problems at once, by backend, against the exact kernel that takes them one by one. */

import { epochInputOf, epochParametersOf } from "../gpu-kernels/exact/consensus.ts";
import { perturbedConsensusBatch, randomConsensusBatch } from "../gpu-kernels/example-batches.ts";
import {
  type Backend,
  type ConsensusBatch,
  exactConsensus,
  openBackend,
} from "../gpu-kernels/index.ts";
import { createEpochKernel } from "../sim/bittensor/yuma/kernel/epoch-kernel.ts";
import type { BenchSuite, Rate } from "./suite.ts";

const SHAPE = { problems: 64, validators: 64, miners: 256 };
const names = ["wasm-f32", "wasm-f64", "typescript", "gpujs-webasm", "gpujs-cpu"] as const;

const batches: Readonly<Record<string, ConsensusBatch>> = {
  "random weights": randomConsensusBatch("bench", SHAPE),
  "validators who nearly agree": perturbedConsensusBatch("bench", SHAPE),
};

export const suite: BenchSuite = {
  name: "batched consensus",
  rates: () => Object.entries(batches).flatMap(([kind, batch]) => ratesOf(kind, batch)),
};

function ratesOf(kind: string, batch: ConsensusBatch): Rate[] {
  const reference = `exact kernel, one by one, ${kind}`;
  const inputs = Array.from({ length: 8 }, (_, p) => epochInputOf(batch, p));
  const parameters = epochParametersOf(batch, 0);
  const limits = { maxNeurons: SHAPE.miners, maxEntries: SHAPE.validators * SHAPE.miners };
  const kernel = createEpochKernel(limits);
  const solve = exactConsensus(batch);
  const exact: Rate = {
    ...{ name: reference, unit: "problems/s", reference: null, perRun: 8 },
    run() {
      for (const input of inputs) kernel.runTrustedEpoch(input, parameters);
    },
  };
  const inPlace: Rate = {
    ...{ name: `exact kernel, in its memory, ${kind}`, unit: "problems/s", reference, perRun: 8 },
    run() {
      for (let p = 0; p < 8; p++) solve(p);
    },
  };
  const opened = new Map<string, Promise<Backend>>();
  const batched = names.map(
    (name): Rate => ({
      ...{ name: `${name}, ${kind}`, unit: "problems/s", reference, perRun: batch.problems },
      async run() {
        let backend = opened.get(name);
        if (!backend) {
          backend = openBackend(name);
          opened.set(name, backend);
        }
        await (await backend).consensus(batch);
      },
    }),
  );
  return [exact, inPlace, ...batched];
}
