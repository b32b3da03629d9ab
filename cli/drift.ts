/** `hivelab drift SCENARIO`: how far exact and float64 arithmetic stand apart after a run. */
import { measureDrift } from "../lab/drift.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { screenOf, table } from "./layout.ts";

export interface DriftFlags {
  readonly set: readonly string[];
  readonly days: string;
  readonly json: boolean;
}

export function drift(scenario: string, { set, days, json }: DriftFlags): void {
  try {
    const result = measureDrift({
      scenarioPath: promptedFile(scenario, "scenarios"),
      sets: [...set, `chain.horizon_days=${days}`],
      onProgress: (arithmetic, block) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${arithmetic}: block ${block} `);
      },
    });
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    if (json) {
      console.log(JSON.stringify(result, null, 2));
      return;
    }
    console.log(
      `${result.blocks} blocks: exact ${result.exactSeconds.toFixed(1)} s, ` +
        `float64 ${result.float64Seconds.toFixed(1)} s; |float64 - exact| / exact, by subnet:`,
    );
    const rows = result.lines.map((line) => [
      line.quantity,
      String(line.subnets),
      line.medianRelative.toExponential(1),
      line.largestRelative.toExponential(1),
      String(line.largestNetuid),
    ]);
    const head = ["quantity", "subnets", "median", "largest", "in subnet"];
    console.log(table(head, rows, screenOf(process.stdout)));
  } catch (error) {
    reportAndExit(error);
  }
}
