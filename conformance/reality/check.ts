/** A check against reality: something published or captured, and what we make of it. */
export interface RealityCheck {
  readonly name: string;
  readonly published: number;
  readonly ours: number;
  /** ours - published. */
  readonly difference: number;
  /** Largest difference, either way, that counts as agreement. */
  readonly bound: number;
  readonly ok: boolean;
}

export function realityCheck(
  name: string,
  published: number,
  ours: number,
  bound: number,
): RealityCheck {
  const difference = ours - published;
  return { name, published, ours, difference, bound, ok: Math.abs(difference) <= bound };
}

/** Two whole numbers that must agree to the last unit, shown divided by `one`. */
export function exactCheck(name: string, published: bigint, ours: bigint, one = 1): RealityCheck {
  return {
    name,
    published: Number(published) / one,
    ours: Number(ours) / one,
    difference: Number(ours - published) / one,
    bound: 0,
    ok: ours === published,
  };
}

/** Figures of ours for which nothing is published, beside those for which something is. */
export interface RealityTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
