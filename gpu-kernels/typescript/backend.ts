/** Plain TypeScript: runs wherever JavaScript runs. */
import type { Backend } from "../types.ts";
import { answersInFloat64 } from "./answers.ts";
import { consensusInFloat64 } from "./consensus.ts";
import { pathsInFloat64 } from "./paths.ts";

export const typescriptBackend = (): Backend => ({
  name: "typescript",
  precision: "float64",
  device: "JavaScript, one thread",
  isSoftware: false,
  consensus: async (batch) => consensusInFloat64(batch),
  answers: async (batch) => answersInFloat64(batch),
  paths: async (batch) => pathsInFloat64(batch),
  dispose: async () => {},
});
