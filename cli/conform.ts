/** `hivelab conform FILE...`: a line a group, then `N passed, M failed` alone on a line. */
import { conformFile } from "../conformance/conform.ts";
import { reportAndExit } from "./failure.ts";

/** The exit code: 0 when every record passed, 1 when any failed, 2 for a file of no known format. */
export function conform(files: readonly string[]): number {
  let passed = 0;
  let failed = 0;
  try {
    for (const file of files) {
      const result = conformFile(file);
      console.log(`${file} (${result.format})`);
      for (const group of result.groups) {
        passed += group.passed;
        failed += group.failed;
        const total = group.passed + group.failed;
        const failure = group.firstFailure ? `  ${group.firstFailure}` : "";
        console.log(`  ${group.name}: ${group.passed} of ${total} passed${failure}`);
      }
    }
  } catch (error) {
    reportAndExit(error);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
