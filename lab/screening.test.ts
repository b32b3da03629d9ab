import { describe, expect, test } from "vitest";
import { InputError } from "../scenarios/fault.ts";
import { chooseScreener, screenedLine, screenedTogether } from "./screening.ts";

const part = { screened: 1_000, confirmed: 12, bound: 3e-4, largestError: 2e-6 };

describe("who screens", () => {
  test("is chosen, or forced", async () => {
    expect(await chooseScreener()).toMatchObject({ name: "wasm-f32", precision: "float32" });
    expect(await chooseScreener("typescript")).toMatchObject({ name: "typescript", note: null });
    expect(await chooseScreener("exact")).toMatchObject({ name: "exact" });
  });

  test("must be a backend that there is and that runs here", async () => {
    const unknown = chooseScreener("wasm-f23");
    await expect(unknown).rejects.toThrow(InputError);
    await expect(unknown).rejects.toThrow("--backend: no backend is called wasm-f23");
    await expect(unknown).rejects.toThrow("did you mean wasm-f32?");
    const simd = WebAssembly.Instance;
    WebAssembly.Instance = class {
      constructor() {
        throw new WebAssembly.CompileError("no SIMD");
      }
    } as never;
    try {
      await expect(chooseScreener("wasm-f32")).rejects.toThrow("wasm-f32 does not run here");
      const other = await chooseScreener();
      expect(other.name).toBe("typescript");
      expect(other.note).toContain("plain TypeScript");
    } finally {
      WebAssembly.Instance = simd;
    }
  });

  test("is stated with its bound and with how much was confirmed", async () => {
    const chosen = await chooseScreener("wasm-f32");
    const both = screenedTogether(chosen, [part, { ...part, bound: 1e-5, largestError: 3e-6 }]);
    expect(both).toMatchObject({ screened: 2_000, confirmed: 24, bound: 3e-4 });
    expect(screenedLine(both)).toBe(
      "2,000 screened by wasm-f32 (WebAssembly SIMD, one thread, float32, off by at most 3.0e-4), 24 confirmed exactly (largest error 3.0e-6)",
    );
    expect(screenedLine(screenedTogether(await chooseScreener("exact"), [part]))).toBe(
      "12 computed exactly, none screened",
    );
  });
});
