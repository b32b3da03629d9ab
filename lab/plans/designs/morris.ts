/**
 * Morris's trajectories: from a random point of a grid of `levels` values each parameter is moved
 * once, in random order, by half the range or a little more. Source: Morris, Technometrics 33
 * (1991), with an even number of levels.
 */
import { randomSource } from "../../../sim/random.ts";
import type { UnitDesign } from "./unit-design.ts";

export interface Trajectory {
  readonly start: readonly number[];
  /** The parameters in the order in which they move. */
  readonly order: readonly number[];
  /** By parameter: by how much it moves. */
  readonly steps: readonly number[];
}

export function trajectoryOf(
  index: number,
  dimensions: number,
  levels: number,
  seed: string,
): Trajectory {
  const random = randomSource(seed).stream(`design/morris/${index}`);
  const jump = levels / 2;
  const start: number[] = [];
  const steps: number[] = [];
  for (let k = 0; k < dimensions; k++) {
    // From the lower half upwards or from the upper half downwards.
    const lower = random.below(jump);
    const isUp = random.below(2) === 1;
    start.push((isUp ? lower : lower + jump) / (levels - 1));
    steps.push(((isUp ? 1 : -1) * jump) / (levels - 1));
  }
  const order = start.map((_, k) => k);
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return { start, order, steps };
}

/** Points of a trajectory: its start, and one after each move. */
export const morrisBlock = (dimensions: number): number => dimensions + 1;

export function morris(
  trajectories: number,
  dimensions: number,
  { levels, seed }: { readonly levels: number; readonly seed: string },
): UnitDesign {
  const block = morrisBlock(dimensions);
  return {
    points: trajectories * block,
    unit: (point) => {
      const { start, order, steps } = trajectoryOf(
        Math.floor(point / block),
        dimensions,
        levels,
        seed,
      );
      const at = [...start];
      for (const k of order.slice(0, point % block)) {
        // Back on the grid, whatever the last bit of a difference was.
        at[k] = Math.round((at[k] + steps[k]) * (levels - 1)) / (levels - 1);
      }
      return at;
    },
  };
}
