/** `hivelab report RUN_DIR`: makes report.html of a finished run again, from its tables. */
import { remakeReport } from "../reports/report.ts";
import { reportAndExit } from "./failure.ts";

export function report(folder: string): void {
  try {
    console.log(remakeReport(folder));
  } catch (error) {
    reportAndExit(error);
  }
}
