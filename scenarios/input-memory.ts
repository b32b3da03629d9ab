/**
 * What was read from files, kept for the next scenario of the same process: a sweep's runs differ
 * in a few values and share their files, which are then read once, and cannot change between runs.
 */
export class InputMemory {
  readonly #kept = new Map<string, unknown>();

  /** What `make` gave for this key before; faults are thrown again each time, never kept. */
  remember<Value>(kind: string, key: readonly string[], make: () => Value): Value {
    const id = JSON.stringify([kind, ...key]);
    if (this.#kept.has(id)) return this.#kept.get(id) as Value;
    const made = make();
    this.#kept.set(id, made);
    return made;
  }
}
