/**
 * The state of a running world as data, and back. Both ways start from a world that was built from
 * the same scenario: what was there at its start (objects, functions, WebAssembly memory) is known
 * by its place in the order of a walk through it, so that code, constants and closures are never
 * saved, and state is put back into the very objects that they refer to. What came later is made
 * anew, of the classes of things that were there.
 */
import { deserialize, serialize } from "node:v8";

/** A world holds something that a snapshot cannot carry: state in a closure, an unknown class. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
}

type Thing = object;
/** A primitive stands for itself, `[n]` for node n, `[n, 0]` for what was at the start at place n. */
type Coded = unknown;

interface Node {
  readonly kind: "object" | "array" | "map" | "set" | "view" | "buffer" | "memory";
  /** Its place at the start; -1 for what came later. */
  readonly anchor: number;
  /** Of what came later: the place of something of the same class; -1 for plain things. */
  readonly like: number;
  /** Keys, items or entries, one after the other; of a view its type, buffer, offset and length. */
  readonly parts: readonly Coded[];
  readonly bytes?: Uint8Array;
}

const views = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};
type ViewName = keyof typeof views;
type View = InstanceType<(typeof views)[ViewName]>;

/** What a snapshot never looks into. */
const isOpaque = (thing: Thing): boolean =>
  thing instanceof WebAssembly.Instance || thing instanceof WebAssembly.Module;

/** All that a thing holds, in an order that is the same for things that were built alike. */
function* heldBy(thing: Thing): Generator<readonly [name: string, value: unknown]> {
  if (isOpaque(thing) || thing instanceof ArrayBuffer) return;
  if (thing instanceof WebAssembly.Memory || ArrayBuffer.isView(thing)) {
    yield ["buffer", (thing as { buffer: ArrayBuffer }).buffer];
  } else if (thing instanceof Map) {
    for (const [key, value] of thing) {
      yield ["key", key];
      yield [`{${String(key)}}`, value];
    }
  } else if (thing instanceof Set) for (const item of thing) yield ["item", item];
  // By index: an array that is filled out of order has gaps, which are places all the same.
  else if (Array.isArray(thing)) {
    for (let index = 0; index < thing.length; index++) yield [`${index}`, thing[index]];
  } else for (const key of Object.keys(thing)) yield [key, (thing as Record<string, unknown>)[key]];
}

const isThing = (value: unknown): value is Thing =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** Every object and function that can be reached, nearest first. */
function reached(root: Thing): Map<Thing, number> {
  const places = new Map<Thing, number>([[root, 0]]);
  // A Map goes on to what is added while it is walked.
  for (const thing of places.keys()) {
    if (typeof thing === "function") continue;
    for (const [, value] of heldBy(thing)) {
      if (isThing(value) && !places.has(value)) places.set(value, places.size);
    }
  }
  return places;
}

const isPlain = (thing: Thing): boolean => {
  const prototype = Object.getPrototypeOf(thing);
  return prototype === Object.prototype || prototype === null;
};

export class Snapshots {
  private readonly places: ReadonlyMap<Thing, number>;
  /** For each class the place of the first of its kind. */
  private readonly classes = new Map<Thing, number>();

  /** Call when the world is built and has not moved; `root` holds all of its state. */
  constructor(private readonly root: Thing) {
    this.places = reached(root);
    for (const [thing, place] of this.places) {
      const prototype = Object.getPrototypeOf(thing);
      if (typeof thing === "object" && !this.classes.has(prototype)) {
        this.classes.set(prototype, place);
      }
    }
  }

  /** The state as it is now. Throws SnapshotError, naming the place, where it cannot be saved. */
  save(): Uint8Array {
    return serialize(new Writer(this.places, this.classes).write(this.root));
  }

  /** Puts a state back that `save` gave for a world built alike. Throws SnapshotError. */
  restore(bytes: Uint8Array): void {
    new Reader([...this.places.keys()], deserialize(bytes) as Node[]).read();
  }
}

class Writer {
  private readonly nodes: Node[] = [];
  private readonly ids = new Map<Thing, number>();
  private readonly queue: { readonly thing: Thing; readonly path: string }[] = [];

  constructor(
    private readonly places: ReadonlyMap<Thing, number>,
    private readonly classes: ReadonlyMap<Thing, number>,
  ) {}

  write(root: Thing): Node[] {
    this.code(root, "");
    // What is met on the way is added to the end.
    for (const { thing, path } of this.queue) this.nodes.push(this.node(thing, path));
    return this.nodes;
  }

  private code(value: unknown, path: string): Coded {
    if (!isThing(value)) return typeof value === "symbol" ? this.refuse(path, "a symbol") : value;
    const place = this.places.get(value);
    if (typeof value === "function" || isOpaque(value)) {
      if (place === undefined) this.refuse(path, "a function that the start did not have");
      return [place, 0];
    }
    const known = this.ids.get(value);
    if (known !== undefined) return [known];
    const id = this.ids.size;
    this.ids.set(value, id);
    this.queue.push({ thing: value, path });
    return [id];
  }

  private node(thing: Thing, path: string): Node {
    const anchor = this.places.get(thing) ?? -1;
    const common = { anchor, like: -1 };
    if (thing instanceof ArrayBuffer) {
      return { kind: "buffer", ...common, parts: [], bytes: new Uint8Array(thing.slice(0)) };
    }
    if (thing instanceof WebAssembly.Memory) {
      if (anchor < 0) this.refuse(path, "WebAssembly memory that the start did not have");
      const parts = [this.code(thing.buffer, `${path}.buffer`)];
      return { kind: "memory", ...common, parts };
    }
    if (ArrayBuffer.isView(thing)) {
      const { buffer, byteOffset, length } = thing as View;
      const name = thing.constructor.name;
      const parts = [name, this.code(buffer, `${path}.buffer`), byteOffset, length];
      return { kind: "view", ...common, parts };
    }
    const parts = [...heldBy(thing)].map(([name, value]) => this.code(value, `${path}.${name}`));
    if (Array.isArray(thing)) return { kind: "array", ...common, parts };
    if (thing instanceof Map) return { kind: "map", ...common, parts };
    if (thing instanceof Set) return { kind: "set", ...common, parts };
    const keyed = Object.keys(thing).flatMap((key, k) => [key, parts[k]]);
    return { kind: "object", anchor, like: this.likeOf(thing, anchor, path), parts: keyed };
  }

  private likeOf(thing: Thing, anchor: number, path: string): number {
    if (anchor >= 0 || isPlain(thing)) return -1;
    const like = this.classes.get(Object.getPrototypeOf(thing));
    if (like !== undefined) return like;
    return this.refuse(path, `a ${thing.constructor.name}, of which the start had none`);
  }

  private refuse(path: string, what: string): never {
    throw new SnapshotError(`cannot be saved: ${path.replace(/^\./, "")} is ${what}`);
  }
}

class Reader {
  private readonly made: Thing[] = [];

  constructor(
    private readonly atStart: readonly Thing[],
    private readonly nodes: readonly Node[],
  ) {}

  read(): void {
    // First everything is there, then it is filled: things may refer to each other.
    for (const node of this.nodes) if (node.kind === "memory") this.growMemory(node);
    for (let id = 0; id < this.nodes.length; id++) this.thing(id);
    for (let id = 0; id < this.nodes.length; id++) this.fill(this.made[id], this.nodes[id]);
  }

  private thing(id: number): Thing {
    this.made[id] ??= this.make(this.nodes[id]);
    return this.made[id];
  }

  private start(place: number): Thing {
    const thing = this.atStart[place];
    if (thing === undefined)
      throw new SnapshotError("the world was built otherwise than this state");
    return thing;
  }

  private make({ kind, anchor, like, parts, bytes }: Node): Thing {
    if (kind === "buffer") {
      const there = anchor >= 0 ? (this.start(anchor) as ArrayBuffer) : null;
      return there?.byteLength === bytes!.length ? there : new ArrayBuffer(bytes!.length);
    }
    if (kind === "view") return this.makeView(anchor, parts);
    if (anchor >= 0) return this.start(anchor);
    if (kind === "array") return [];
    if (kind === "map") return new Map();
    if (kind === "set") return new Set();
    return like < 0 ? {} : Object.create(Object.getPrototypeOf(this.start(like)));
  }

  private makeView(anchor: number, parts: readonly Coded[]): Thing {
    const [name, coded, offset, length] = parts as [ViewName, [number], number, number];
    const buffer = this.thing(coded[0]) as ArrayBuffer;
    const there = anchor >= 0 ? (this.start(anchor) as View) : null;
    const isSame =
      there?.buffer === buffer && there.byteOffset === offset && there.length === length;
    return isSame ? there! : new views[name](buffer, offset, length);
  }

  private growMemory({ anchor, parts }: Node): void {
    const memory = this.start(anchor) as WebAssembly.Memory;
    const [id] = parts[0] as [number];
    const missing = this.nodes[id].bytes!.length - memory.buffer.byteLength;
    if (missing > 0) memory.grow(missing / 65_536);
    this.made[id] = memory.buffer;
  }

  private value(coded: Coded): unknown {
    if (!Array.isArray(coded)) return coded;
    const [id, isAtStart] = coded as [number, 0?];
    return isAtStart === 0 ? this.start(id) : this.made[id];
  }

  private fill(thing: Thing, { kind, parts, bytes }: Node): void {
    if (kind === "buffer") new Uint8Array(thing as ArrayBuffer).set(bytes!);
    else if (kind === "object") this.fillObject(thing as Record<string, unknown>, parts);
    else if (kind === "array") {
      const items = thing as unknown[];
      if (!Object.isFrozen(items)) items.length = parts.length;
      for (const [k, part] of parts.entries()) this.put(items, k, part);
    } else if (kind === "set") {
      const items = thing as Set<unknown>;
      items.clear();
      for (const part of parts) items.add(this.value(part));
    } else if (kind === "map") {
      const entries = thing as Map<unknown, unknown>;
      entries.clear();
      for (let k = 0; k < parts.length; k += 2) {
        entries.set(this.value(parts[k]), this.value(parts[k + 1]));
      }
    }
  }

  private fillObject(thing: Record<string, unknown>, parts: readonly Coded[]): void {
    const kept = new Set<string>();
    for (let k = 0; k < parts.length; k += 2) {
      const key = parts[k] as string;
      kept.add(key);
      this.put(thing, key, parts[k + 1]);
    }
    for (const key of Object.keys(thing)) if (!kept.has(key)) delete thing[key];
  }

  /** Constants are frozen, and hold what they held. */
  private put(thing: object, key: string | number, coded: Coded): void {
    const target = thing as Record<string | number, unknown>;
    const value = this.value(coded);
    if (!Object.is(target[key], value)) target[key] = value;
  }
}
