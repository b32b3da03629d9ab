/** What chance gives each day of paths: recycled shares, and what people sell and spend. */
import type { PathBatch } from "../../gpu-kernels/index.ts";
import { FlowPath } from "../../sim/bittensor/supply/flow-path.ts";
import { DrawnPaths } from "../../sim/bittensor/supply/kernel/drawn-paths.ts";
import { RecyclingPath, SHARE_PARTS } from "../../sim/bittensor/supply/recycling.ts";
import { randomSource } from "../../sim/random.ts";
import { type PathModel, seedOfPath } from "./model.ts";

/** Random words that a path's flows may use: far more than a path has days. */
const WORDS_PER_PATH = 1n << 40n;
const WHOLE = Number(SHARE_PARTS);

/** Many paths by the kernel, stretch after stretch of at most `mostDays`. */
export const drawnPaths = (
  model: PathModel,
  first: number,
  count: number,
  mostDays: number,
): DrawnPaths =>
  new DrawnPaths(
    {
      recycling: model.recycling,
      flows: model.pool?.flows ?? null,
      flowSeed: model.seed,
      seedOf: (path) => seedOfPath(model, path),
    },
    first,
    count,
    mostDays,
  );

/** All days of one path in the readable form: the same numbers as the kernel's. */
export function drawnPath(
  model: PathModel,
  path: number,
): Pick<PathBatch, "recycledShare" | "soldAlpha" | "spentTao"> {
  const column = () => new Float64Array(model.days);
  const drawn = { recycledShare: column(), soldAlpha: column(), spentTao: column() };
  // The stream of a run of this seed: see scenarios/load-supply.ts.
  const own = randomSource(seedOfPath(model, path)).stream("recycling");
  const recycling = new RecyclingPath(model.recycling, own);
  for (let day = 0; day < model.days; day++) {
    drawn.recycledShare[day] = recycling.nextParts() / WHOLE;
  }
  if (model.pool === null) return drawn;
  const stream = randomSource(model.seed).stream("flows");
  stream.jump(BigInt(path) * WORDS_PER_PATH);
  const flows = new FlowPath(model.pool.flows, stream);
  for (let day = 0; day < model.days; day++) {
    flows.nextDay();
    drawn.soldAlpha[day] = flows.soldAlpha;
    drawn.spentTao[day] = flows.spentTao;
  }
  return drawn;
}
