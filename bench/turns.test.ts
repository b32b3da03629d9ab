import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

test("ways are measured in turn, there and back, and compared within a turn", async () => {
  const order: string[] = [];
  const works = { a: () => void order.push("a"), b: () => void order.push("b") };
  const turns = await Turns.take(3, works);
  expect(order.join("")).toBe("abbaab");
  expect(turns.of("a")).toBeGreaterThanOrEqual(0);
  const seen: number[] = [];
  const middle = turns.within((spent, turn) => {
    expect(spent("a")).toBeGreaterThanOrEqual(0);
    seen.push(turn);
    return [10, 0, 20][turn];
  });
  expect(seen).toEqual([0, 1, 2]);
  expect(middle).toBe(10);
});
