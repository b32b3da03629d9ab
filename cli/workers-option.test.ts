import { expect, test } from "vitest";
import { limitNote, workersOf } from "./workers-option.ts";

test("a limit of a thread's memory is said not to be held where there is no thread", () => {
  expect(limitNote({ run_memory_mb: 500 }, workersOf("0"))).toBe(
    "--workers 0: limits.run_memory_mb (500) is not held, there is no thread to limit; --workers 1 holds it",
  );
  expect(limitNote({ run_memory_mb: 500 }, workersOf("1"))).toBe(null);
  expect(limitNote({ run_memory_mb: 500 }, workersOf(undefined))).toBe(null);
  expect(limitNote({ run_seconds: 5 }, workersOf("0"))).toBe(null);
});
