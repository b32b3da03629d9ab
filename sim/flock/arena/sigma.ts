/** When an operator may change the sharing ratio. Source: spec/flock.md 1.4. */
import type { FlockParameters } from "../parameters.ts";

/** A task that the operator is in: its expected end, and when it really finished if it has. */
export interface FreezingTask {
  readonly expectedEndDay: number;
  readonly finishedDay: number | null;
}

export type SigmaRefusal = "SigmaOutOfBounds" | "SigmaCoolDown" | "SigmaFrozen";

/** null when the change is allowed, otherwise why not. */
export function sigmaChangeRefusal(
  sigma: number,
  day: number,
  lastChangeDay: number,
  tasks: readonly FreezingTask[],
  rules: FlockParameters["arena"],
): SigmaRefusal | null {
  if (!(sigma >= 0 && sigma <= 1)) return "SigmaOutOfBounds";
  if (day - lastChangeDay < rules.sigmaCooldownDays) return "SigmaCoolDown";
  const frozen = tasks.some(
    ({ expectedEndDay, finishedDay }) =>
      (finishedDay === null || day - finishedDay <= rules.finishedTaskDays) &&
      Math.abs(day - expectedEndDay) <= rules.sigmaFreezeDays,
  );
  return frozen ? "SigmaFrozen" : null;
}
