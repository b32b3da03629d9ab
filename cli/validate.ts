/** `hivelab validate FILE...`: a line a file that is right, a line a fault where not. */
import { InputError } from "../scenarios/fault.ts";
import { loadAnyScenario } from "../scenarios/load-flock.ts";
import { shownPath } from "../scenarios/paths.ts";
import { promptedFile } from "../scenarios/shipped.ts";

/** The exit code: 0 when every file is right, 2 when any is not. Other errors pass through. */
export function validate(files: readonly string[], sets: readonly string[]): number {
  let wrong = 0;
  for (const file of files) {
    try {
      loadAnyScenario(promptedFile(file, "scenarios"), sets);
      console.log(`${shownPath(file)}: valid`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      console.error(error.message);
      wrong++;
    }
  }
  return wrong === 0 ? 0 : 2;
}
