/**
 * The 52 subnets pruned from October 2025 to October 2026: each lock price follows from the one
 * before and the blocks between them. Source: spec/measured-chain.md section 6.
 */

import { countCell } from "../../scenarios/csv.ts";
import { raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import { effectiveIntervalBlocks, lockCostRao } from "../../sim/bittensor/subnets/lock-cost.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { type Published, publishedCell, readFacts } from "./facts.ts";

const MIN_LOCK_RAO = 1_000_000_000n;
/** First block of 0.5 TAO. */
const HALVING_BLOCK = 7_103_976;
/**
 * NetworkLockReductionInterval as stored: 57,600 was captured at block 7,000,020, 115,200 at
 * 8,766,000. The prices themselves put the change between 7,366,897 and this registration.
 */
const INTERVAL_DOUBLED_BY = 7_415_113;
/**
 * In specs 438 to 450 the chain wrote the block of a registration down only when its subnet
 * appeared, 17 to 25 blocks later, so that the price fell from there.
 */
const WRITTEN_LATE = { from: 8_636_191, until: 8_957_880, blocks: 21, spread: 4 } as const;
/** The log's blocks may each be off by one. */
const LOG_BLOCKS = 2;

interface Prune {
  readonly block: number;
  readonly netuid: number;
  readonly lock_tao: Published;
  readonly gap_blocks: number;
}

export const readPrunes = (): Prune[] =>
  readFacts("finney-prunes", "prunes.csv", {
    block: countCell(0, 4_294_967_295),
    netuid: countCell(1, 65_535),
    lock_tao: publishedCell,
    gap_blocks: countCell(1, 4_294_967_295),
  });

/** Blocks in which the price falls by the last one, at a block. */
export function lockIntervalAt(block: number): bigint {
  const stored = block < INTERVAL_DOUBLED_BY ? 57_600 : 115_200;
  return effectiveIntervalBlocks(stored, block < HALVING_BLOCK ? 1_000_000_000n : 500_000_000n);
}

const wasWrittenLate = (block: number): boolean =>
  block >= WRITTEN_LATE.from && block < WRITTEN_LATE.until;

/** The price of a registration from the one before, and how exact the log lets it be, in TAO. */
export function lockFrom(
  before: Prune,
  after: Prune,
  interval: bigint,
): { readonly lockTao: number; readonly boundTao: number } {
  const late = wasWrittenLate(before.block);
  const written = before.block + (late ? WRITTEN_LATE.blocks : 0);
  const lastRao = raoFromTao(before.lock_tao.value);
  const cost = lockCostRao(lastRao, written, after.block, MIN_LOCK_RAO, interval);
  const stepTao = before.lock_tao.value / Number(interval);
  const slope = Math.abs(2 - (after.block - written) / Number(interval));
  const blocks = LOG_BLOCKS + (late ? WRITTEN_LATE.spread : 0);
  const rounding = before.lock_tao.halfUnit * slope + after.lock_tao.halfUnit;
  return { lockTao: taoFromRao(cost), boundTao: rounding + blocks * stepTao };
}

/** The price of October 2026, quoted to the rao, from the last registration's. */
function latestQuote(): RealityCheck {
  const last = { block: 9_210_610, lockTao: 653.02 };
  const interval = lockIntervalAt(last.block);
  const cost = lockCostRao(raoFromTao(last.lockTao), last.block, 9_240_878, MIN_LOCK_RAO, interval);
  const bound = 0.005 * (2 - (9_240_878 - last.block) / Number(interval));
  return realityCheck("lock price at block 9,240,878", 962.88701678, taoFromRao(cost), bound);
}

export function pruneChecks(): RealityCheck[] {
  const prunes = readPrunes();
  const pairs = prunes.slice(1).map((after, index) => ({ before: prunes[index], after }));
  const agreeing = pairs.filter(
    ({ before, after }) => after.block - before.block === after.gap_blocks,
  );
  return [
    realityCheck("gaps that are the difference of blocks", pairs.length, agreeing.length, 0),
    ...pairs.map(({ before, after }) => {
      const { lockTao, boundTao } = lockFrom(before, after, lockIntervalAt(after.block));
      const name = `lock of the registration that pruned SN${after.netuid} in block ${after.block}`;
      return realityCheck(name, after.lock_tao.value, lockTao, boundTao);
    }),
    latestQuote(),
  ];
}
