/**
 * Screen roughly, confirm exactly: finds the problem with the largest exact score though most were
 * only scored by a backend. Every problem whose screened score, plus its bound, reaches the best
 * confirmed score is confirmed too, so that the winner is the winner of an exact search.
 */

export interface ScreenedProblem {
  readonly score: number;
  /** The exact score lies within this of `score`; Infinity where the screen could not decide. */
  readonly bound: number;
}

export interface Winner {
  readonly problem: number;
  readonly exactScore: number;
  /** How many problems were confirmed. */
  readonly confirmed: number;
  /** The largest difference between screened and exact score that was seen among them. */
  readonly largestError: number;
}

/** A backend whose number was outside of its stated bound. */
export class BoundExceeded extends Error {
  override readonly name = "BoundExceeded";
}

/** Counts what was confirmed, and holds every exact score against the bound of the screened one. */
export class Confirmations {
  confirmed = 0;
  largestError = 0;

  /** Throws BoundExceeded. */
  hold({ score, bound }: ScreenedProblem, exactScore: number, problem: number | string): void {
    this.confirmed++;
    const error = Math.abs(exactScore - score);
    // Not `error > bound`: a score that is no number is outside of every bound but the infinite one.
    if (bound !== Infinity && !(error <= bound)) {
      throw new BoundExceeded(`problem ${problem}: ${error} off, the stated bound is ${bound}`);
    }
    if (bound !== Infinity) this.largestError = Math.max(this.largestError, error);
  }
}

/**
 * The first problem with the largest exact score. `exact` is called for as few problems as the
 * bounds allow. Throws BoundExceeded when one of them shows that a bound does not hold, RangeError
 * without a problem.
 */
export function confirmBest(
  screened: readonly ScreenedProblem[],
  exact: (problem: number) => number,
): Winner {
  if (screened.length === 0) throw new RangeError("there is no problem to choose from");
  const highest = (k: number) => screened[k].score + screened[k].bound;
  const order = Array.from(screened.keys()).sort((a, b) => highest(b) - highest(a) || a - b);
  let best = { problem: -1, exactScore: -Infinity };
  const confirmations = new Confirmations();
  for (const problem of order) {
    if (highest(problem) < best.exactScore) break;
    const exactScore = exact(problem);
    confirmations.hold(screened[problem], exactScore, problem);
    const isBetter =
      exactScore > best.exactScore || (exactScore === best.exactScore && problem < best.problem);
    if (isBetter) best = { problem, exactScore };
  }
  const { confirmed, largestError } = confirmations;
  return { ...best, confirmed, largestError };
}
