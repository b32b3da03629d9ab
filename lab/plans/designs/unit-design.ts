/** Designs whose points lie in the unit cube; axes turn coordinates into values. */

export interface UnitDesign {
  readonly points: number;
  /** The coordinates of a point, one a dimension, each from 0 to 1. */
  unit(point: number): number[];
}
