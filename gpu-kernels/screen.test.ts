import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BoundExceeded, confirmBest } from "./screen.ts";

const problem = fc.record({
  exact: fc.double({ min: 0, max: 1, noNaN: true }),
  error: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
});

describe("screen roughly, confirm exactly", () => {
  test("finds the winner of an exact search, the first of equals", () => {
    fc.assert(
      fc.property(fc.array(problem, { minLength: 1, maxLength: 50 }), (problems) => {
        const screened = problems.map(({ exact, error }) => ({
          score: exact + error,
          bound: 0.06,
        }));
        const scores = problems.map(({ exact }) => exact);
        const winner = confirmBest(screened, (k) => scores[k]);
        expect(winner.problem).toBe(scores.indexOf(Math.max(...scores)));
      }),
    );
  });

  test("confirms only what could still win", () => {
    const screened = [0.1, 0.9, 0.2, 0.895].map((score) => ({ score, bound: 0.01 }));
    const winner = confirmBest(screened, (k) => screened[k].score);
    expect(winner).toMatchObject({ problem: 1, confirmed: 2 });
  });

  test("confirms what the screen could not decide", () => {
    const screened = [
      { score: 0.9, bound: 0.01 },
      { score: 0, bound: Number.POSITIVE_INFINITY },
    ];
    expect(confirmBest(screened, (k) => [0.9, 0.95][k]).problem).toBe(1);
  });

  test("a bound that does not hold is an error, not a winner", () => {
    expect(() => confirmBest([{ score: 0.9, bound: 0.01 }], () => 0.5)).toThrow(BoundExceeded);
  });
});
