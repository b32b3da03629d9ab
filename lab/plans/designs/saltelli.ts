/**
 * Saltelli's design for Sobol indices: for each base point the two independent points A and B, and
 * for each parameter A with that parameter taken from B. Sources: Saltelli, Comput. Phys. Commun.
 * 145 (2002); Saltelli et al., 181 (2010). More base points go on where fewer ended.
 */
import { sobolSequence } from "./sobol.ts";
import type { UnitDesign } from "./unit-design.ts";

/** Points of a base point: A, B, and A with each parameter from B. */
export const saltelliBlock = (dimensions: number): number => dimensions + 2;

export function saltelli(base: number, dimensions: number, seed: string): UnitDesign {
  const both = sobolSequence(base, 2 * dimensions, seed);
  const block = saltelliBlock(dimensions);
  // The points of a block are mostly asked for one after the other, and share their pair.
  let latest = { at: 0, pair: both.unit(0) };
  return {
    points: base * block,
    unit: (point) => {
      const at = Math.floor(point / block);
      if (at !== latest.at) latest = { at, pair: both.unit(at) };
      const { pair } = latest;
      const part = point % block;
      if (part === 1) return pair.slice(dimensions);
      const mixed = pair.slice(0, dimensions);
      if (part >= 2) mixed[part - 2] = pair[dimensions + part - 2];
      return mixed;
    },
  };
}
