/** Checks of epoch_schedule.json. */
import { blocksUntilNextAutoEpoch, isDue } from "../../sim/bittensor/epochs/schedule.ts";
import { differs, type RecordCheck } from "../format.ts";

export const epochScheduleChecks: Readonly<Record<string, RecordCheck>> = {
  "blocks_until_next_auto_epoch(tempo, block), LastEpochBlock=0": (record) =>
    differs(
      "blocks",
      record.result,
      blocksUntilNextAutoEpoch(
        BigInt(record.tempo),
        BigInt(record.last_epoch_block),
        BigInt(record.block),
      ),
    ),
  should_run_epoch: (record) =>
    differs(
      "due",
      record.run,
      isDue(
        {
          tempoBlocks: record.tempo,
          lastEpochBlock: record.last_epoch_block,
          pendingEpochAt: record.pending_epoch_at,
          blocksSinceLastStep: record.blocks_since_last_step,
        },
        record.now,
        "maxTempo",
      ),
    ),
};
