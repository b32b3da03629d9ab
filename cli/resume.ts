/** `hivelab resume DIR`: goes on with a run that was made with checkpoints. */
import { resumeRun, wantsReport } from "../lab/checkpoint/run.ts";
import { reportAndExit } from "./failure.ts";
import { follow, resumeText } from "./run.ts";

export async function resume(dir: string): Promise<void> {
  let report = true;
  try {
    report = wantsReport(dir);
  } catch (error) {
    reportAndExit(error);
  }
  await follow(report, resumeText(dir), async (hooks) => resumeRun(dir, hooks));
}
