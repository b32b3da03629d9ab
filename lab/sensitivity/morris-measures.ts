/**
 * Morris's measures from trajectories: the mean size of a parameter's elementary effects (mu*,
 * Campolongo, Cariboni and Saltelli 2007), their mean with sign (mu), and their standard deviation
 * (sigma), which is 0 for an effect that is the same everywhere. Effects are per whole range.
 */

/** `[parameter][trajectory]` */
export type ElementaryEffects = readonly Float64Array[];

/** mu*, mu and sigma of all parameters, in three stretches; sigma is NaN for one trajectory. */
export function morrisMeasures(effects: ElementaryEffects, chosen: Uint32Array): Float64Array {
  const parameters = effects.length;
  const measures = new Float64Array(3 * parameters);
  const count = chosen.length;
  effects.forEach((own, parameter) => {
    let sizes = 0;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      sizes += Math.abs(own[chosen[k]]);
      sum += own[chosen[k]];
    }
    const mean = sum / count;
    let squares = 0;
    for (let k = 0; k < count; k++) squares += (own[chosen[k]] - mean) ** 2;
    measures[parameter] = sizes / count;
    measures[parameters + parameter] = mean;
    measures[2 * parameters + parameter] = Math.sqrt(squares / (count - 1));
  });
  return measures;
}
