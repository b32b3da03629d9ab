/** Checks of snapshot_stats.json, against the statistics of the state that we ship. */
import { differs, type RecordCheck } from "../format.ts";
import { shippedGenesisStatistics } from "../reality/genesis.ts";

/** Every statistic that the record states; one that we do not work out is a failure. */
const snapshot: RecordCheck = (record) => {
  const ours: Readonly<Record<string, unknown>> = shippedGenesisStatistics();
  for (const [name, wanted] of Object.entries(record)) {
    const failure = differs(name, wanted, ours[name]);
    if (failure !== null) return failure;
  }
  return null;
};

export const snapshotStatsChecks: Readonly<Record<string, RecordCheck>> = { snapshot };
