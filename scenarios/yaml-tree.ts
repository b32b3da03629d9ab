/** YAML (or JSON) text to a tree, within limits: no bomb, no depth, no duplicate, no odd tag. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
} from "yaml";
import { type Fault, InputError } from "./fault.ts";
import { type Entry, fieldName, type Path, type Place, printable, type Tree } from "./tree.ts";

const MAX_DEPTH = 20;
/** Values in a file, aliases counted as what they stand for. */
const MAX_NODES = 10_000;
/** Words and marks. They are counted first: parsing a million of them would take many seconds. */
const MAX_TOKENS = 60_000;
/** A syntax error makes many more after it; the first few are told. */
const MAX_SYNTAX_FAULTS = 10;

/**
 * Reads one document. `place` says where an offset stands; without it, line and column are told.
 * Throws InputError with every fault found.
 */
export function readYaml(text: string, file: string, place?: Place): Tree {
  const counter = new LineCounter();
  const at = (offset: number): Place => {
    if (place) return place;
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col };
  };
  const document = parsed(text, counter, place ?? { file, line: 1, column: 1 });
  const syntax = syntaxFaults(document, at);
  if (syntax.length > 0) throw new InputError(syntax);
  const builder = new TreeBuilder(at);
  const tree = builder.build(document.contents, []);
  if (builder.faults.length > 0) throw new InputError(builder.faults);
  return tree;
}

function parsed(text: string, lineCounter: LineCounter, start: Place): Document.Parsed {
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) {
    if (++tokens <= MAX_TOKENS) continue;
    const problem = `holds more than ${MAX_TOKENS} words and marks`;
    throw new InputError([{ ...start, field: "", problem, remedy: "a scenario needs far fewer" }]);
  }
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      // Its check of double keys takes quadratic time; TreeBuilder does it.
      uniqueKeys: false,
      // "silent" would also hide that a second document follows.
      logLevel: "error",
    });
  } catch (error) {
    if (error instanceof RangeError) throw new InputError([tooDeep(start, [])]);
    throw error;
  }
}

const nestedTooDeeply = {
  problem: "is nested too deeply",
  remedy: `at most ${MAX_DEPTH} levels`,
};

const tooDeep = (place: Place, path: Path): Fault => ({
  ...place,
  field: fieldName(path.slice(0, 3)),
  ...nestedTooDeeply,
});

function syntaxFaults(document: Document.Parsed, at: (offset: number) => Place): Fault[] {
  const version = document.directives?.yaml.explicit ? document.directives.yaml.version : "1.2";
  const told = [...document.errors, ...document.warnings].map((error) => ({
    ...at(error.pos[0]),
    field: "",
    ...spoken(error),
  }));
  // What follows in the same line is mostly an echo.
  const all = told.filter((fault, i) => i === 0 || fault.line !== told[i - 1].line);
  if (version !== "1.2") {
    const problem = `YAML ${version} is not read`;
    all.unshift({ ...at(0), field: "", problem, remedy: "leave the %YAML line out" });
  }
  if (all.length <= MAX_SYNTAX_FAULTS) return all;
  const more = `${all.length - MAX_SYNTAX_FAULTS} more faults of syntax follow`;
  const last = all[MAX_SYNTAX_FAULTS];
  return [...all.slice(0, MAX_SYNTAX_FAULTS), { ...last, problem: more, remedy: "" }];
}

function spoken(error: { code: string; message: string }): { problem: string; remedy: string } {
  const message = printable(error.message.split("\n")[0]).slice(0, 160);
  if (message.startsWith("Maximum call stack")) return nestedTooDeeply;
  const unclosed = /^Flow (map|sequence)\b.*end with a (.)/.exec(message);
  if (unclosed) {
    const bracket = unclosed[1] === "map" ? "{" : "[";
    return { problem: `a ${bracket} above is not closed`, remedy: `close it with ${unclosed[2]}` };
  }
  return spokenErrors[error.code] ?? { problem: `not YAML: ${message}`, remedy: "" };
}

/** The commonest faults of syntax, in words for people. */
const spokenErrors: Readonly<Record<string, { problem: string; remedy: string }>> = {
  TAB_AS_INDENT: { problem: "a tab indents this line", remedy: "indent with spaces" },
  BAD_INDENT: {
    problem: "the indentation fits no line above",
    remedy: "align it with its neighbours",
  },
  MULTILINE_IMPLICIT_KEY: {
    problem: "this is no `field: value`",
    remedy: "write a colon and a space after the field's name, each field on its own line",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    problem: "a second `:` stands in this line",
    remedy: "put text that holds a colon in quotes",
  },
  MULTIPLE_DOCS: { problem: "a second document starts here", remedy: "one document a file" },
  TAG_RESOLVE_FAILED: { problem: "this tag is not read", remedy: "leave the tag out" },
};

class TreeBuilder {
  readonly faults: Fault[] = [];
  private readonly anchors = new Map<string, { tree: Tree; nodes: number }>();
  private nodes = 0;

  constructor(private readonly at: (offset: number) => Place) {}

  build(node: unknown, path: Path): Tree {
    const place = this.at((node as { range?: [number] } | null)?.range?.[0] ?? 0);
    const empty: Tree = { kind: "scalar", place, value: null };
    if (++this.nodes > MAX_NODES) return this.tooMany(empty, path);
    if (path.length > MAX_DEPTH) return this.refuse(empty, tooDeep(place, path));
    if (isAlias(node)) return this.alias(node.source, empty, path);
    const before = this.nodes;
    const tree = this.unaliased(node, empty, path);
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor) this.anchors.set(anchor, { tree, nodes: this.nodes - before + 1 });
    return tree;
  }

  private unaliased(node: unknown, empty: Tree, path: Path): Tree {
    const { place } = empty;
    if (isMap(node)) return { kind: "map", place, entries: this.entries(node.items, path) };
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.build(item, [...path, index]));
      return { kind: "list", place, items };
    }
    const value = isScalar(node) ? node.value : null;
    if (["string", "number", "boolean"].includes(typeof value) || value === null) {
      return { kind: "scalar", place, value: value as string | number | boolean | null };
    }
    return this.refuse(empty, {
      ...place,
      field: fieldName(path),
      problem: "a value of this kind is not read",
      remedy: "a number, a text, true or false, a list, or a group of fields",
    });
  }

  private entries(
    pairs: readonly { key: unknown; value: unknown }[],
    path: Path,
  ): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const keyPlace = this.at((key as { range?: [number] } | null)?.range?.[0] ?? 0);
      const name = isScalar(key) ? String(key.value) : null;
      if (name === null) {
        this.faults.push({
          ...keyPlace,
          field: fieldName(path),
          problem: "a field's name must be plain text",
          remedy: "`name: value`",
        });
        continue;
      }
      const first = entries.get(name);
      const node = this.build(value, [...path, name]);
      if (first) this.faults.push(doubleField(keyPlace, first.keyPlace, [...path, name]));
      else entries.set(name, { keyPlace, node });
    }
    return entries;
  }

  private alias(name: string, empty: Tree, path: Path): Tree {
    const target = this.anchors.get(name);
    if (!target) {
      return this.refuse(empty, {
        ...empty.place,
        field: fieldName(path),
        problem: `no value above is marked &${printable(name)}`,
        remedy: "mark one, or write the value out",
      });
    }
    this.nodes += target.nodes;
    return this.nodes > MAX_NODES ? this.tooMany(empty, path) : target.tree;
  }

  private tooMany(empty: Tree, path: Path): Tree {
    // Told once: what follows would only repeat it.
    if (this.nodes !== Number.POSITIVE_INFINITY) {
      this.faults.push({
        ...empty.place,
        field: fieldName(path),
        problem: "the file holds too many values",
        remedy: `at most ${MAX_NODES}, aliases counted as what they stand for`,
      });
      this.nodes = Number.POSITIVE_INFINITY;
    }
    return empty;
  }

  private refuse(empty: Tree, fault: Fault): Tree {
    this.faults.push(fault);
    return empty;
  }
}

const doubleField = (place: Place, first: Place, path: Path): Fault => ({
  ...place,
  field: fieldName(path),
  problem: first.line === undefined ? "given twice" : `given twice, first in line ${first.line}`,
  remedy: "keep one of the two",
});
