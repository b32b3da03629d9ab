/** A batch in parts that a graphics driver takes at once. */

/** Matrix cells of a part: 16 MB as float32, within every driver's textures. */
const MOST_CELLS = 4_000_000;

export interface Slice {
  /** The first problem, and how many there are. */
  readonly first: number;
  readonly problems: number;
  readonly matrices: Float32Array;
  /** Normalised. */
  readonly stake: Float32Array;
}

/** Parts of equal size but for the last, as float32. */
export function* slicesOf(
  {
    problems,
    validators,
    miners,
    stake,
  }: { problems: number; validators: number; miners: number; stake: Float64Array },
  matrices: Uint16Array,
): Generator<Slice> {
  const cells = validators * miners;
  const most = Math.max(1, Math.floor(MOST_CELLS / cells));
  for (let first = 0; first < problems; first += most) {
    const count = Math.min(most, problems - first);
    const own = new Float32Array(count * validators);
    for (let p = 0; p < count; p++) {
      const from = (first + p) * validators;
      const total = stake.subarray(from, from + validators).reduce((sum, x) => sum + x, 0);
      for (let i = 0; i < validators; i++) own[p * validators + i] = stake[from + i] / total;
    }
    yield {
      first,
      problems: count,
      matrices: Float32Array.from(matrices.subarray(first * cells, (first + count) * cells)),
      stake: own,
    };
  }
}
