/** How an epoch's dividends are divided and paid in float64: whole columns at once. */
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { EpochPlace } from "../epoch-desk.ts";
import {
  type Drained,
  emissionOf,
  type MinerTotals,
  minerBurnedBits,
  type PayoutTotals,
} from "../payout.ts";
import type { DividendTotals, FloatDividends } from "./float-dividends.ts";
import type { TakeBook } from "./take-book.ts";

const TWO_TO_32 = 2 ** 32;

/** Fills `dividends` after the subnet's epoch. The weight of root stake is U96F32. */
export function divideInDoubles(
  dividends: FloatDividends,
  { shared, accounts }: DetailedSubnet,
  drained: Drained,
  miners: MinerTotals,
  taoWeightBits: bigint,
  takes: TakeBook,
): PayoutTotals & DividendTotals {
  const poolRao =
    miners.incentiveRao > 0n ? drained.validatorRao : drained.validatorRao + drained.serverRao;
  const { takeRao, stakersRao, rootRao, hasRoot } = dividends.divide(shared, accounts.hotkeys, {
    validatorRao: Number(poolRao),
    rootRao: Number(drained.rootRao),
    taoWeight: Number(taoWeightBits) / TWO_TO_32,
    takeOf: (hotkey) => takes.ofU16(hotkey) / 65_535,
  });
  return {
    takeRao,
    stakersRao,
    rootRao,
    hasRoot,
    ownerCutRao: drained.ownerCutRao,
    withheldRao: miners.withheldRao,
    minerBurnedBits: minerBurnedBits(miners),
    recycledRao: hasRoot ? 0n : drained.rootRao,
    drainedRao: emissionOf(drained),
  };
}

/** Pays what `divideInDoubles` has found, and returns the sum. */
export function payInDoubles(
  place: EpochPlace,
  dividends: FloatDividends,
  { netuid, accounts }: DetailedSubnet,
  { takeRao, stakersRao, rootRao }: DividendTotals,
): bigint {
  const { book, rewards, fund, parameters } = place;
  book.depositEach(netuid, accounts, dividends.takes);
  book.creditEach(netuid, accounts, dividends.stakers);
  const { uids, amountsRao, count } = dividends.root;
  const { queued, hotkeys } = accounts;
  const inFunds = parameters.rootDividends === "funds";
  for (let k = 0; k < count; k++) {
    const uid = uids[k];
    if (inFunds) queued[uid] = fund.queueAmount(netuid, hotkeys[uid], amountsRao[k], queued[uid]);
    else fund.receive(parameters.rootDividends, netuid, hotkeys[uid], BigInt(amountsRao[k]));
  }
  rewards.add(netuid, "validator", BigInt(takeRao));
  rewards.add(netuid, "delegator", BigInt(stakersRao));
  rewards.add(netuid, "root", BigInt(rootRao));
  return BigInt(takeRao + stakersRao + rootRao);
}
