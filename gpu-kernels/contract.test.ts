import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend } from "./backends.ts";
import { contractCases } from "./testing/contract.ts";
import type { Backend } from "./types.ts";

// WebGPU and WebGL want a driver: drivers.browser.test.ts runs the same cases on Chromium's.
describe.each(["typescript", "wasm-f64", "wasm-f32", "gpujs-cpu", "gpujs-webasm"] as const)(
  "the contract holds on %s",
  (name) => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await openBackend(name);
    });
    afterAll(() => backend.dispose());

    test.each(contractCases)("$name", async ({ run }) => {
      const { faults, checked } = await run(backend);
      expect(faults).toEqual([]);
      expect(checked).toBeGreaterThan(0);
    });
  },
);
