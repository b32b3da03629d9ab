/** Checks of lock_cost.json. */
import { effectiveIntervalBlocks, lockCostRao } from "../../sim/bittensor/subnets/lock-cost.ts";
import { differs, type RecordCheck } from "../format.ts";

const MIGRATION_MIN_LOCK_RAO = 1_000_000_000n;
const MIGRATION_INTERVAL = 28_800n;
const SOME_BLOCK = 1_000_000;

/** A migration set a last lock; right then the cost is twice that, a block later one step less. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function migration(record: any): string | null {
  const lastLock = BigInt(record.last_lock);
  const costAt = (block: number) =>
    lockCostRao(lastLock, SOME_BLOCK, block, MIGRATION_MIN_LOCK_RAO, MIGRATION_INTERVAL);
  const step = lastLock / MIGRATION_INTERVAL;
  return (
    differs("cost", record.cost, costAt(SOME_BLOCK)) ??
    (record.one_block_later === undefined
      ? null
      : differs("a block later", BigInt(record.cost) - step, costAt(SOME_BLOCK + 1)))
  );
}

export const lockCostChecks: Readonly<Record<string, RecordCheck>> = {
  get_network_lock_cost: (record) =>
    differs(
      "cost",
      record.cost,
      lockCostRao(
        BigInt(record.last_lock),
        record.last_lock_block,
        record.now,
        BigInt(record.min_lock),
        BigInt(record.effective_interval),
      ),
    ),
  "effective interval = interval*block_emission/1e9": (record) =>
    differs(
      "effective interval",
      record.effective,
      effectiveIntervalBlocks(record.interval, BigInt(record.block_emission)),
    ),
  migrations: migration,
};
