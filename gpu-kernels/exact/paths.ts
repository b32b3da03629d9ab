/** One path in whole rao, with the chain's own halving rule, to the block. */
import { BLOCKS_PER_DAY, raoFromTao } from "../../sim/amounts.ts";
import { halvingsDone, halvingThresholdRao } from "../../sim/bittensor/emission/block-emission.ts";
import {
  productAlphaForTao,
  productTaoForAlpha,
} from "../../sim/bittensor/pools/constant-product.ts";
import { mintStretch } from "../../sim/bittensor/supply/mint-blocks.ts";
import type { PathBatch } from "../types.ts";

export interface ExactPath {
  readonly grownRao: bigint;
  readonly poolTaoRao: bigint;
  readonly poolAlphaRao: bigint;
  /** TAO per alpha, from whole reserves. */
  readonly lowestPrice: number;
  readonly halvingDay: number;
}

/** At the end of a day. */
export interface ExactState {
  readonly day: number;
  readonly issuanceRao: bigint;
  readonly taoRao: bigint;
  readonly alphaInRao: bigint;
}

/** Shares are rounded to parts of this many. */
const PARTS = 1_000_000_000_000_000n;

/** For amounts of a day and of pools, which are far below 2^53 rao. */
const rao = (tao: number): bigint => BigInt(Math.round(tao * 1e9));
const parts = (share: number): bigint => BigInt(Math.round(share * Number(PARTS)));

export const priceOf = ({ taoRao, alphaInRao }: Pick<ExactState, "taoRao" | "alphaInRao">) =>
  Number(taoRao) / Number(alphaInRao);

/** Every amount floored to the rao. */
export function exactPath(batch: PathBatch, path: number): ExactPath {
  const start = raoFromTao(batch.issuanceTao[path]);
  const threshold = halvingThresholdRao(halvingsDone(start) + 1);
  let lowestPrice = Infinity;
  let halvingDay = 0;
  let last: ExactState | null = null;
  for (const state of exactDays(batch, path)) {
    lowestPrice = Math.min(lowestPrice, priceOf(state));
    if (halvingDay === 0 && state.issuanceRao >= threshold) halvingDay = state.day;
    last = state;
  }
  const { issuanceRao, taoRao, alphaInRao } = last!;
  return {
    ...{ grownRao: issuanceRao - start, poolTaoRao: taoRao, poolAlphaRao: alphaInRao },
    ...{ lowestPrice, halvingDay },
  };
}

/** The ends of a path's days, from day 1 on. */
export function* exactDays(batch: PathBatch, path: number): Generator<ExactState> {
  const { paths, days } = batch;
  const emissionParts = parts(batch.emissionShare[path]);
  const boughtParts = parts(batch.boughtShare[path]);
  let issuanceRao = raoFromTao(batch.issuanceTao[path]);
  let taoRao = rao(batch.poolTao[path]);
  let alphaInRao = rao(batch.poolAlpha[path]);
  for (let day = 1; day <= days; day++) {
    const at = (day - 1) * paths + path;
    const { mintedRao, recycledRao } = mintDay(issuanceRao, parts(batch.recycledShare[at]));
    issuanceRao += mintedRao - recycledRao;
    const bought = (mintedRao * boughtParts) / PARTS;
    alphaInRao -= productAlphaForTao({ taoRao, alphaInRao }, bought);
    taoRao += bought;
    const injected = (mintedRao * emissionParts) / PARTS;
    alphaInRao += (injected * alphaInRao) / taoRao;
    taoRao += injected;
    const sold = rao(batch.soldAlpha[at]);
    taoRao -= productTaoForAlpha({ taoRao, alphaInRao }, sold);
    alphaInRao += sold;
    const spent = rao(batch.spentTao[at]);
    alphaInRao -= productAlphaForTao({ taoRao, alphaInRao }, spent);
    taoRao += spent;
    yield { day, issuanceRao, taoRao, alphaInRao };
  }
}

function mintDay(startRao: bigint, recycledParts: bigint) {
  const part = { parts: recycledParts, of: PARTS };
  let mintedRao = 0n;
  let recycledRao = 0n;
  for (let left = BLOCKS_PER_DAY; left > 0; ) {
    const stretch = mintStretch(startRao + mintedRao - recycledRao, left, part);
    left -= stretch.blocks;
    mintedRao += stretch.mintedRao;
    recycledRao += stretch.recycledRao;
  }
  return { mintedRao, recycledRao };
}
