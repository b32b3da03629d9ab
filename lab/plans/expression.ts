/**
 * Formulas over named values, as constraints, derived parameters and outcomes use them. They are
 * parsed by what stands here and computed on the parsed tree; nothing is ever run as code.
 *
 *   1 - miners - owners        take <= 0.18 and not (rule == 'R7' or days < 30)
 *   if(kappa > 0.5, ln(stake), 0)        min(a, b)        a ^ 2
 *
 * From loose to tight: or, and, not, comparisons, + -, * / %, sign, ^ (to the right).
 */
import { exp, ln, pow } from "../../sim/portable-math.ts";

export type Value = number | string | boolean;

/** A value that could not be computed (an outcome without rows) is null, and so is what uses it. */
export type Values = Readonly<Record<string, Value | null>>;

type Node =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "name"; readonly name: string; readonly column: number }
  | { readonly kind: "call"; readonly name: string; readonly of: readonly Node[] };

export interface Expression {
  readonly text: string;
  /** The names that it needs, each once, in their order. */
  readonly names: readonly string[];
  /** Null where a value that it needs is null. Throws ExpressionError where kinds do not fit. */
  compute(values: Values): Value | null;
  /**
   * By how much a condition holds (0 or more) or is missed (below 0), in the unit of what it
   * compares; a condition without a size holds by 0 and is missed by 1. Null as above.
   */
  margin(values: Values): number | null;
}

/** What is wrong in a formula; `column` counts from 1 within it. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";

  constructor(
    readonly problem: string,
    readonly remedy: string,
    readonly column: number,
  ) {
    super(`${problem}; ${remedy}`);
  }
}

const MAX_CHARACTERS = 1_000;
const MAX_DEPTH = 60;

interface Token {
  readonly kind: "number" | "name" | "text" | "mark" | "end";
  readonly text: string;
  readonly column: number;
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|'([^']*)'|(<=|>=|==|!=|[-+*/%^(),<>]))/y;

function tokensOf(text: string): Token[] {
  if (text.length > MAX_CHARACTERS) {
    throw new ExpressionError("is too long", `at most ${MAX_CHARACTERS} characters`, 1);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const column = at + text.slice(at).search(/\S/) + 1;
    if (!match) {
      const found = text[column - 1];
      const remedy =
        found === "=" ? "equality is ==" : "numbers, names, 'text', operators and brackets";
      throw new ExpressionError(`\`${found}\` is not read in a formula`, remedy, column);
    }
    const [, number, name, quoted, mark] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number, column });
    else if (name !== undefined) tokens.push({ kind: "name", text: name, column });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted, column });
    else tokens.push({ kind: "mark", text: mark, column });
    at = TOKEN.lastIndex;
  }
  return [...tokens, { kind: "end", text: "", column: text.length + 1 }];
}

/** Operators of two sides from loose to tight; `not` stands between `and` and comparisons. */
const LEVELS: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["<", "<=", ">", ">=", "==", "!="],
  ["+", "-"],
  ["*", "/", "%"],
];
const NOT_LEVEL = 2;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Node {
    const node = this.level(0);
    const { kind, text, column } = this.tokens[this.at];
    if (kind === "end") return node;
    throw new ExpressionError(
      `\`${text}\` does not belong here`,
      "an operator, or the end",
      column,
    );
  }

  private next(...marks: readonly string[]): Token | null {
    const token = this.tokens[this.at];
    const isWord = token.kind === "mark" || token.kind === "name";
    if (!isWord || !marks.includes(token.text)) return null;
    this.at++;
    return token;
  }

  private level(index: number): Node {
    if (index === LEVELS.length) return this.sign();
    if (index === NOT_LEVEL && this.next("not")) return call("not", this.deeper(index));
    let left = this.level(index + 1);
    for (let token = this.next(...LEVELS[index]); token; token = this.next(...LEVELS[index])) {
      left = call(token.text, left, this.level(index + 1));
    }
    return left;
  }

  /** One level of brackets or signs more; refuses what would overflow the stack. */
  private deeper(index: number): Node {
    if (++this.depth > MAX_DEPTH) {
      const { column } = this.tokens[this.at];
      throw new ExpressionError("is nested too deeply", `at most ${MAX_DEPTH} levels`, column);
    }
    const node = index === LEVELS.length ? this.sign() : this.level(index);
    this.depth--;
    return node;
  }

  private sign(): Node {
    if (this.next("-")) return call("negative", this.deeper(LEVELS.length));
    if (this.next("+")) return this.deeper(LEVELS.length);
    const base = this.primary();
    return this.next("^") ? call("^", base, this.deeper(LEVELS.length)) : base;
  }

  private primary(): Node {
    const token = this.tokens[this.at++];
    const { kind, text, column } = token;
    if (kind === "number") return { kind: "value", value: Number(text) };
    if (kind === "text") return { kind: "value", value: text };
    if (kind === "mark" && text === "(") {
      const inner = this.deeper(0);
      this.close();
      return inner;
    }
    if (kind === "name" && !RESERVED.has(text)) return this.named(text, column);
    const problem = kind === "end" ? "ends too early" : `\`${text}\` does not belong here`;
    throw new ExpressionError(problem, "a number, a name or a bracket", column);
  }

  private named(name: string, column: number): Node {
    if (name === "true" || name === "false") return { kind: "value", value: name === "true" };
    if (!this.next("(")) return { kind: "name", name, column };
    const wanted = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name].arguments : null;
    if (wanted === null) {
      const known = Object.keys(FUNCTIONS).join(", ");
      throw new ExpressionError(`${name}() is not known`, `one of ${known}`, column);
    }
    const of: Node[] = [this.deeper(0)];
    while (this.next(",")) of.push(this.deeper(0));
    this.close();
    if (of.length < wanted[0] || of.length > wanted[1]) {
      const count = wanted[0] === wanted[1] ? `${wanted[0]}` : `${wanted[0]} or more`;
      throw new ExpressionError(`${name}() has ${of.length} values`, `it takes ${count}`, column);
    }
    return call(name, ...of);
  }

  private close(): void {
    if (this.next(")")) return;
    const { column } = this.tokens[this.at];
    throw new ExpressionError("a bracket is not closed", "close it with )", column);
  }
}

const RESERVED: ReadonlySet<string> = new Set(["and", "or", "not"]);

const call = (name: string, ...of: readonly Node[]): Node => ({ kind: "call", name, of });

const number = (value: Value): number => {
  if (typeof value === "number") return value;
  throw new ExpressionError(`${JSON.stringify(value)} is not a number`, "a number", 1);
};
const truth = (value: Value): boolean => {
  if (typeof value === "boolean") return value;
  throw new ExpressionError(`${value} is neither true nor false`, "a comparison", 1);
};
const ofNumbers = (work: (...values: number[]) => Value) => (values: readonly Value[]) =>
  work(...values.map(number));

interface FunctionOf {
  readonly arguments: readonly [least: number, most: number];
  readonly compute: (values: readonly Value[]) => Value;
}

const of = (least: number, most: number, work: (...values: number[]) => Value): FunctionOf => ({
  arguments: [least, most],
  compute: ofNumbers(work),
});

/** `x^y` of the reals: whole powers of negative numbers too. */
function power(x: number, y: number): number {
  if (x >= 0) return pow(x, y);
  if (!Number.isInteger(y)) return Number.NaN;
  return y % 2 === 0 ? pow(-x, y) : -pow(-x, y);
}

const FUNCTIONS: Readonly<Record<string, FunctionOf>> = {
  min: of(1, 100, (...values) => Math.min(...values)),
  max: of(1, 100, (...values) => Math.max(...values)),
  abs: of(1, 1, Math.abs),
  sqrt: of(1, 1, Math.sqrt),
  exp: of(1, 1, exp),
  ln: of(1, 1, ln),
  floor: of(1, 1, Math.floor),
  ceil: of(1, 1, Math.ceil),
  round: of(1, 1, Math.round),
  // Computed above: only one of its branches is.
  if: { arguments: [3, 3], compute: ([condition, yes, no]) => (truth(condition) ? yes : no) },
};

const OPERATORS: Readonly<Record<string, (values: readonly Value[]) => Value>> = {
  or: ([a, b]) => truth(a) || truth(b),
  and: ([a, b]) => truth(a) && truth(b),
  not: ([a]) => !truth(a),
  "<": ofNumbers((a, b) => a < b),
  "<=": ofNumbers((a, b) => a <= b),
  ">": ofNumbers((a, b) => a > b),
  ">=": ofNumbers((a, b) => a >= b),
  "==": ([a, b]) => a === b,
  "!=": ([a, b]) => a !== b,
  "+": ofNumbers((a, b) => a + b),
  "-": ofNumbers((a, b) => a - b),
  "*": ofNumbers((a, b) => a * b),
  "/": ofNumbers((a, b) => a / b),
  "%": ofNumbers((a, b) => a % b),
  "^": ofNumbers(power),
  negative: ofNumbers((a) => -a),
};

function compute(node: Node, values: Values): Value | null {
  if (node.kind === "value") return node.value;
  if (node.kind === "name") return Object.hasOwn(values, node.name) ? values[node.name] : null;
  if (node.name === "if") {
    const condition = compute(node.of[0], values);
    // The branch that is not taken need not have a value.
    return condition === null ? null : compute(node.of[truth(condition) ? 1 : 2], values);
  }
  const parts: Value[] = [];
  for (const part of node.of) {
    const value = compute(part, values);
    if (value === null) return null;
    parts.push(value);
  }
  return (OPERATORS[node.name] ?? FUNCTIONS[node.name].compute)(parts);
}

function margin(node: Node, values: Values): number | null {
  if (node.kind === "call" && (node.name === "and" || node.name === "or")) {
    const [a, b] = node.of.map((part) => margin(part, values));
    if (a === null || b === null) return null;
    return node.name === "and" ? Math.min(a, b) : Math.max(a, b);
  }
  const value = compute(node, values);
  if (value === null) return null;
  const holds = truth(value);
  if (node.kind !== "call" || !["<", "<=", ">", ">="].includes(node.name)) return holds ? 0 : -1;
  const [a, b] = node.of.map((part) => number(compute(part, values)!));
  const size = Math.abs(a - b);
  // A strict comparison of equal numbers is missed, by next to nothing.
  return holds ? size : -Math.max(size, Number.MIN_VALUE);
}

function namesIn(node: Node, found: Map<string, number>): void {
  if (node.kind === "name" && !found.has(node.name)) found.set(node.name, node.column);
  if (node.kind === "call") for (const part of node.of) namesIn(part, found);
}

/** Throws ExpressionError; where `known` is given, also for a name that is not among them. */
export function parseExpression(text: string, known?: readonly string[]): Expression {
  const tree = new Parser(tokensOf(text)).whole();
  const found = new Map<string, number>();
  namesIn(tree, found);
  for (const [name, column] of found) {
    if (known && !known.includes(name)) {
      throw new ExpressionError(
        `\`${name}\` is not known here`,
        `known: ${known.join(", ")}`,
        column,
      );
    }
  }
  return {
    text,
    names: [...found.keys()],
    compute: (values) => compute(tree, values),
    margin: (values) => margin(tree, values),
  };
}
