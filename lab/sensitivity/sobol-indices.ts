/**
 * Sobol indices from Saltelli's design. First order by the estimator of Saltelli et al., Comput.
 * Phys. Commun. 181 (2010), (b) of its table 2; total by that of Jansen, Comput. Phys. Commun. 117
 * (1999). Outcomes are centred first, which both leave unchanged in expectation and steadies the
 * first.
 */

/** Outcomes by base point; `mixed[k]` are those of A with parameter k from B. */
export interface SaltelliOutcomes {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly mixed: readonly Float64Array[];
}

/**
 * First-order indices of all parameters, then total ones; NaN where the outcome never changes.
 * `chosen` are the base points to use.
 */
export function sobolIndices({ a, b, mixed }: SaltelliOutcomes, chosen: Uint32Array): Float64Array {
  const count = chosen.length;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += a[chosen[k]] + b[chosen[k]];
  const mean = sum / (2 * count);
  let squares = 0;
  for (let k = 0; k < count; k++) {
    squares += (a[chosen[k]] - mean) ** 2 + (b[chosen[k]] - mean) ** 2;
  }
  const variance = squares / (2 * count);
  const indices = new Float64Array(2 * mixed.length);
  mixed.forEach((outcomes, parameter) => {
    let first = 0;
    let total = 0;
    for (let k = 0; k < count; k++) {
      const at = chosen[k];
      const change = outcomes[at] - a[at];
      first += (b[at] - mean) * change;
      total += change * change;
    }
    indices[parameter] = first / count / variance;
    indices[mixed.length + parameter] = total / (2 * count) / variance;
  });
  return indices;
}
