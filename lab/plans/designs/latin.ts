/**
 * Latin hypercube: each parameter's range is cut into as many strata as there are points, and each
 * stratum of each parameter has exactly one point. Source: McKay, Beckman and Conover (1979). Also
 * plain random points.
 */
import { keyOf, permuted, uniformAt } from "./keyed.ts";
import type { UnitDesign } from "./unit-design.ts";

export function latinHypercube(points: number, dimensions: number, seed: string): UnitDesign {
  const order = keyOf(seed, "latin/order");
  const within = keyOf(seed, "latin/within");
  return {
    points,
    unit: (point) =>
      Array.from({ length: dimensions }, (_, dimension) => {
        const stratum = permuted(order, point, points, dimension);
        return (stratum + uniformAt(within, point, dimension)) / points;
      }),
  };
}

export function randomPoints(points: number, dimensions: number, seed: string): UnitDesign {
  const key = keyOf(seed, "random");
  const unit = (point: number) =>
    Array.from({ length: dimensions }, (_, dimension) => uniformAt(key, point, dimension));
  return { points, unit };
}
