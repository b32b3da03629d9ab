/** Every suite of `npm run bench`, in the order in which they run. */
import { suite as batchedConsensus } from "./batched-consensus.ts";
import { suite as blocks } from "./blocks.ts";
import { suite as coinbase } from "./coinbase.ts";
import { suite as flockDay } from "./flock-day.ts";
import { suite as guaranteeMap } from "./guarantee-map.ts";
import { suite as paths } from "./paths.ts";
import { suite as startup } from "./startup.ts";
import type { BenchSuite } from "./suite.ts";
import { suite as sweeps } from "./sweeps/suite.ts";
import { suite as year } from "./year.ts";
import { suite as yumaEpoch } from "./yuma-epoch.ts";

export const suites: readonly BenchSuite[] = [
  yumaEpoch,
  guaranteeMap,
  batchedConsensus,
  paths,
  coinbase,
  blocks,
  flockDay,
  year,
  startup,
  sweeps,
];
