/**
 * What was read from files, kept for the next scenario of the same process: a sweep's runs differ
 * in a few values and share their files, which are then read once, and cannot change between runs.
 */
export class InputMemory {
  readonly #kept = new Map<string, unknown>();
  #latest: { path: string; sets: readonly string[]; made: unknown } | null = null;

  /** What `make` gave for this key before; faults are thrown again each time, never kept. */
  remember<Value>(kind: string, key: readonly string[], make: () => Value): Value {
    const id = JSON.stringify([kind, ...key]);
    if (this.#kept.has(id)) return this.#kept.get(id) as Value;
    const made = make();
    this.#kept.set(id, made);
    return made;
  }

  /** What `make` gave for the very same list of settings, as long as no other is asked for. */
  latest<Value>(path: string, sets: readonly string[], make: () => Value): Value {
    const latest = this.#latest;
    if (latest?.path === path && latest.sets === sets) return latest.made as Value;
    const made = make();
    this.#latest = { path, sets, made };
    return made;
  }
}
