/**
 * The steps of time that the charts show. Tables have a row every few hundred blocks; a picture of
 * a month wants one a day. Flows are added up in a window and given as a rate per day, so that a
 * last, shorter window does not look like a fall; states are those at the end of a window.
 */
import { bisectLeft } from "d3";
import type { Manifest } from "../lab/manifest.ts";
import type { ReadTable } from "../lab/tables/read-table.ts";
import { BLOCKS_PER_DAY } from "../sim/amounts.ts";
import { supplyTable } from "../sim/bittensor/tables.ts";
import type { TableDefinition } from "../sim/records.ts";

export interface TimeWindow {
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Milliseconds since 1970, UTC. */
  readonly fromTime: number;
  readonly toTime: number;
  /** Days of 7,200 blocks. */
  readonly days: number;
}

export interface Windows {
  readonly list: readonly TimeWindow[];
  /** "day", "2 days", "6 hours": how long a whole window is. */
  readonly name: string;
  /** The window of a block; -1 for one outside the run. */
  of(block: number): number;
}

const MOST_WINDOWS = 180;
const FEWEST_DAYS_FOR_DAILY = 8;
const STEPS_BELOW_A_DAY = [300, 600, 900, 1_800, 3_600];

export function timeWindows(
  { span }: Pick<Manifest, "span">,
  table: (definition: TableDefinition) => ReadTable,
): Windows {
  const supply = table(supplyTable);
  const blocks = supply.column("block").numbers();
  const times = supply.column("time").numbers();
  const first = span.from_block;
  const recorded = blocks.length > 0 ? blocks[blocks.length - 1] : first;
  const interval = blocks.length > 0 ? Math.max(1, blocks[0] - first) : 1;
  const step = windowBlocks(recorded - first, interval);
  // The last row of each step closes a window.
  const closing = new Map<number, number>();
  for (let row = 0; row < blocks.length; row++) {
    if (blocks[row] > first) closing.set(Math.floor((blocks[row] - first - 1) / step), row);
  }
  const list: TimeWindow[] = [];
  let [fromBlock, fromTime] = [first, Date.parse(span.from_time)];
  for (const row of closing.values()) {
    const [toBlock, toTime] = [blocks[row], times[row]];
    const days = (toBlock - fromBlock) / BLOCKS_PER_DAY;
    list.push({ fromBlock, toBlock, fromTime, toTime, days });
    [fromBlock, fromTime] = [toBlock, toTime];
  }
  const ends = list.map(({ toBlock }) => toBlock);
  const of = (block: number) => (block > first && block <= recorded ? bisectLeft(ends, block) : -1);
  return { list, name: windowName(step), of };
}

/** Days where there are enough of them, or a part of a day that holds whole recording intervals. */
function windowBlocks(blocks: number, interval: number): number {
  const days = blocks / BLOCKS_PER_DAY;
  if (days >= FEWEST_DAYS_FOR_DAILY) {
    return BLOCKS_PER_DAY * Math.ceil(days / MOST_WINDOWS);
  }
  const enough = (step: number) => step >= interval && step % interval === 0 && blocks / step <= 60;
  return (
    STEPS_BELOW_A_DAY.find(enough) ?? interval * Math.max(1, Math.ceil(blocks / interval / 60))
  );
}

function windowName(step: number): string {
  if (step % BLOCKS_PER_DAY === 0) {
    return step === BLOCKS_PER_DAY ? "day" : `${step / BLOCKS_PER_DAY} days`;
  }
  if (step % 300 === 0) return step === 300 ? "hour" : `${step / 300} hours`;
  return `${step} blocks`;
}
