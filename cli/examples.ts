/** Lines that work as they stand, shown behind the help of commands that have many options. */
import type { Command } from "commander";

export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  run: [
    "hivelab run finney-2026 --days 7",
    "hivelab run finney-2026 --days 3650 --checkpoint-every 30d",
  ],
  sweep: [
    "hivelab sweep cabal-sensitivity --dry-run",
    "hivelab sweep finney-2026 --set chain.horizon_days=7 --param chain.rules.overrides.gate_rank=16,32,64 --seeds 10",
    "hivelab sweep tao-supply --param supply.recycling.mean_share=0.1:0.5:9 --keep supply_forecast",
  ],
  ensemble: [
    "hivelab ensemble tao-supply --seeds 1000",
    "hivelab ensemble finney-2026 --days 7 --seeds 20 --series 'subnets.emission_share[netuid=15]'",
  ],
  paths: [
    "hivelab paths alpha-price --price-below 0.03",
    "hivelab paths tao-supply --paths 1000000 --halving-before 2029-12-31",
  ],
  sensitivity: ["hivelab sensitivity runs/cabal-sensitivity"],
  search: ["hivelab search cabal-smallest-stake"],
  query: [
    "hivelab query runs/cabal-sensitivity",
    'hivelab query runs/cabal-sensitivity "select status, count(*) from runs group by status"',
  ],
};

export function showExamples(commands: readonly Command[]): void {
  for (const command of commands) {
    const lines = EXAMPLES[command.name()];
    if (lines)
      command.addHelpText("after", `\nExamples:\n${lines.map((one) => `  ${one}`).join("\n")}`);
  }
}
