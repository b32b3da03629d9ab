/** Which run has a content address: some twenty bytes a run, however long addresses are. */

const FREE = 0;

/** The first 32 bits of an address, which is a SHA-256 in hexadecimal. */
const fingerprint = (key: string): number => Number.parseInt(key.slice(0, 8), 16);

/** An open hash table of run numbers; an address itself is worked out again where it is asked for. */
export class KeyIndex {
  private readonly prints: Uint32Array;
  /** The run plus one; the very last of 2^32 would be told from no other, and is not found. */
  private readonly runs: Uint32Array;
  private readonly mask: number;

  /** For at most `count` runs, whose addresses `keyOf` gives. */
  constructor(
    count: number,
    private readonly keyOf: (run: number) => string,
  ) {
    const slots = 2 ** Math.ceil(Math.log2(2 * count + 2));
    this.prints = new Uint32Array(slots);
    this.runs = new Uint32Array(slots);
    this.mask = slots - 1;
  }

  add(run: number): void {
    const print = fingerprint(this.keyOf(run));
    let slot = print & this.mask;
    while (this.runs[slot] !== FREE) slot = (slot + 1) & this.mask;
    this.prints[slot] = print;
    this.runs[slot] = run + 1;
  }

  /** The first run that was added with this address; undefined where there is none. */
  find(key: string): number | undefined {
    const print = fingerprint(key);
    for (let slot = print & this.mask; this.runs[slot] !== FREE; slot = (slot + 1) & this.mask) {
      const run = this.runs[slot] - 1;
      if (this.prints[slot] === print && this.keyOf(run) === key) return run;
    }
    return undefined;
  }
}
