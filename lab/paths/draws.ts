/** What chance gives each day of some paths: recycled shares, and what people sell and spend. */
import type { PathBatch } from "../../gpu-kernels/index.ts";
import { FlowPath } from "../../sim/bittensor/supply/flow-path.ts";
import { RecyclingPath, SHARE_PARTS } from "../../sim/bittensor/supply/recycling.ts";
import { randomSource } from "../../sim/random.ts";
import { type PathModel, seedOfPath } from "./model.ts";

export type DrawnDays = Pick<PathBatch, "recycledShare" | "soldAlpha" | "spentTao">;

/** Random words that a path's flows may use: far more than a path has days. */
const WORDS_PER_PATH = 1n << 40n;
const WHOLE = Number(SHARE_PARTS);

export class Draws {
  private readonly recycling: RecyclingPath[];
  private readonly flows: FlowPath[];

  /** Of paths `first` to `first + count - 1`, from their first day on. */
  constructor(
    model: PathModel,
    first: number,
    readonly count: number,
  ) {
    const paths = Array.from({ length: count }, (_, k) => first + k);
    // The stream of a run of this seed: see scenarios/load-supply.ts.
    this.recycling = paths.map(
      (path) =>
        new RecyclingPath(
          model.recycling,
          randomSource(seedOfPath(model, path)).stream("recycling"),
        ),
    );
    const { pool } = model;
    const flows = randomSource(model.seed).stream("flows");
    this.flows = paths.flatMap((path) => {
      if (pool === null) return [];
      const own = flows.copy();
      own.jump(BigInt(path) * WORDS_PER_PATH);
      return [new FlowPath(pool.flows, own)];
    });
  }

  /** The next days of all paths, by day and path. */
  next(days: number): DrawnDays {
    const { count } = this;
    const column = () => new Float64Array(count * days);
    const drawn = { recycledShare: column(), soldAlpha: column(), spentTao: column() };
    this.recycling.forEach((path, p) => {
      for (let at = p; at < count * days; at += count) {
        drawn.recycledShare[at] = path.nextParts() / WHOLE;
      }
    });
    this.flows.forEach((path, p) => {
      for (let at = p; at < count * days; at += count) {
        path.nextDay();
        drawn.soldAlpha[at] = path.soldAlpha;
        drawn.spentTao[at] = path.spentTao;
      }
    });
    return drawn;
  }
}
