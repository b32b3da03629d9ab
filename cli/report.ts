/** `hivelab report RUN_DIR`: makes report.html of a finished run again, from its tables. */
import { remakeReport } from "../reports/report.ts";

export function report(folder: string): void {
  console.log(remakeReport(folder));
}
