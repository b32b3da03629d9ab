import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExpressionError, parseExpression } from "./expression.ts";

const value = (text: string, values = {}) => parseExpression(text).compute(values);

function fault(text: string, known?: string[]): [string, number] {
  try {
    parseExpression(text, known);
  } catch (error) {
    if (error instanceof ExpressionError) return [error.problem, error.column];
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe("a formula", () => {
  test("follows the usual order of operations", () => {
    expect(value("1 + 2 * 3")).toBe(7);
    expect(value("(1 + 2) * 3")).toBe(9);
    expect(value("2 - 3 - 4")).toBe(-5);
    expect(value("-2 ^ 2")).toBe(-4);
    expect(value("2 ^ 3 ^ 2")).toBeCloseTo(512, 9);
    expect(value("7 % 4 / 2")).toBe(1.5);
    expect(value("1e3 + .5")).toBe(1000.5);
  });

  test("compares and combines", () => {
    const at = { a: 0.3, b: 0.6, rule: "R7", gate: true };
    expect(value("a + b <= 1 and rule == 'R7'", at)).toBe(true);
    expect(value("not a > b or a > 1", at)).toBe(true);
    expect(value("if(gate, max(a, b), min(a, b))", at)).toBe(0.6);
    expect(value("rule != 'R8'", at)).toBe(true);
  });

  test("names what it needs", () => {
    expect(parseExpression("b * a + ln(b)").names).toEqual(["b", "a"]);
  });

  test("has no value where one that it needs has none", () => {
    expect(value("a + 1", { a: null })).toBe(null);
    expect(value("toString + 1", {})).toBe(null);
    expect(value("if(2 > 1, 3, a)", { a: null })).toBe(3);
    expect(value("if(2 < 1, 3, a)", { a: null })).toBe(null);
  });

  test("says what is wrong, and where", () => {
    expect(fault("a +")).toEqual(["ends too early", 4]);
    expect(fault("a = b")).toEqual(["`=` is not read in a formula", 3]);
    expect(fault("(a + b")).toEqual(["a bracket is not closed", 7]);
    expect(fault("a b")).toEqual(["`b` does not belong here", 3]);
    expect(fault("evil(1)")).toEqual(["evil() is not known", 1]);
    expect(fault("constructor(1)")).toEqual(["constructor() is not known", 1]);
    expect(fault("1 + a", ["b"])).toEqual(["`a` is not known here", 5]);
    expect(fault("abs(1, 2)")).toEqual(["abs() has 2 values", 1]);
    expect(fault("(".repeat(500))[0]).toBe("is nested too deeply");
    expect(fault("process.exit()")[0]).toContain("is not read in a formula");
  });

  test("refuses to add what are not numbers", () => {
    expect(() => value("a + 1", { a: "text" })).toThrow(ExpressionError);
  });

  test("says by how much a condition holds or is missed", () => {
    const margin = (text: string, values = {}) => parseExpression(text).margin(values);
    const at = { a: 3, b: 5 };
    expect(margin("a <= b", at)).toBe(2);
    expect(margin("a >= b", at)).toBe(-2);
    expect(margin("a > 1 and b < 4", at)).toBe(-1);
    expect(margin("a > 1 or b < 4", at)).toBe(2);
    expect(margin("a > 3", at)).toBeLessThan(0);
    expect(margin("a >= 3", at)).toBe(0);
    expect(margin("not a > 3", at)).toBe(0);
    expect(margin("a == 4", at)).toBe(-1);
    expect(margin("c > 0", { c: null })).toBe(null);
  });

  test("computes as the language does", () => {
    const leaf = fc.integer({ min: 1, max: 9 }).map(String);
    const formula = fc.letrec<{ sum: string }>((tie) => ({
      sum: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie("sum"), fc.constantFrom("+", "-", "*", "/"), tie("sum"))
          .map(([a, mark, b]) => `(${a}${mark}${b})`),
        fc
          .tuple(leaf, fc.constantFrom("+", "-", "*"), leaf, fc.constantFrom("+", "*"), leaf)
          .map((parts) => `(${parts.join(" ")})`),
      ),
    })).sum;
    fc.assert(
      fc.property(formula, (text) => {
        const expected = new Function(`return ${text}`)() as number;
        expect(value(text)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});
