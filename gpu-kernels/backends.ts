/** Opens backends by name, with batches checked at the door. */
import { checkAnswerBatch, checkConsensusBatch, checkPathBatch } from "./check-batch.ts";
import { gpujsBackend } from "./gpujs/backend.ts";
import type { Backend, BackendName } from "./types.ts";
import { typescriptBackend } from "./typescript/backend.ts";
import { wasmBackend } from "./wasm/backend.ts";

/** Throws an Error whose message says why this machine cannot run the backend. */
export async function openBackend(name: BackendName): Promise<Backend> {
  return checked(await openUnchecked(name));
}

async function openUnchecked(name: BackendName): Promise<Backend> {
  switch (name) {
    case "typescript":
      return typescriptBackend();
    case "wasm-f32":
      return wasmBackend("float32");
    case "wasm-f64":
      return wasmBackend("float64");
    default:
      return gpujsBackend(name);
  }
}

const checked = (backend: Backend): Backend => ({
  ...backend,
  consensus: async (batch) => {
    checkConsensusBatch(batch);
    return backend.consensus(batch);
  },
  answers: async (batch) => {
    checkAnswerBatch(batch);
    return backend.answers(batch);
  },
  paths: async (batch) => {
    checkPathBatch(batch);
    return backend.paths(batch);
  },
});
