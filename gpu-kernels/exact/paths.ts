/** One path in whole rao, with the chain's own halving rule. */
import {
  blockEmissionRao,
  halvingThresholdRao,
} from "../../sim/bittensor/emission/block-emission.ts";
import {
  productAlphaForTao,
  productTaoForAlpha,
} from "../../sim/bittensor/pools/constant-product.ts";
import type { PathBatch } from "../types.ts";
import { halvingsAt } from "../typescript/paths.ts";

export interface ExactPath {
  readonly grownRao: bigint;
  readonly poolTaoRao: bigint;
  readonly poolAlphaRao: bigint;
  /** TAO per alpha, from whole reserves. */
  readonly lowestPrice: number;
  readonly halvingDay: number;
}

const BLOCKS_PER_DAY = 7_200n;
/** Shares are rounded to parts of this many. */
const PARTS = 1_000_000_000_000_000n;

const rao = (tao: number): bigint => BigInt(Math.round(tao * 1e9));
const parts = (share: number): bigint => BigInt(Math.round(share * Number(PARTS)));

/** Every amount floored to the rao. */
export function exactPath(batch: PathBatch, path: number): ExactPath {
  const { paths, days } = batch;
  const start = rao(batch.issuanceTao[path]);
  const threshold = halvingThresholdRao(halvingsAt(batch.issuanceTao[path]) + 1);
  const share = parts(batch.emissionShare[path]);
  let issuance = start;
  let taoRao = rao(batch.poolTao[path]);
  let alphaInRao = rao(batch.poolAlpha[path]);
  let lowest = Infinity;
  let halvingDay = 0;
  for (let day = 0; day < days; day++) {
    const at = day * paths + path;
    const fresh = blockEmissionRao(issuance) * BLOCKS_PER_DAY;
    const injected = (fresh * share) / PARTS;
    alphaInRao += (injected * alphaInRao) / taoRao;
    taoRao += injected;
    const sold = rao(batch.soldAlpha[at]);
    taoRao -= productTaoForAlpha({ taoRao, alphaInRao }, sold);
    alphaInRao += sold;
    const spent = rao(batch.spentTao[at]);
    alphaInRao -= productAlphaForTao({ taoRao, alphaInRao }, spent);
    taoRao += spent;
    lowest = Math.min(lowest, Number(taoRao) / Number(alphaInRao));
    issuance += fresh - (fresh * parts(batch.recycledShare[at])) / PARTS;
    if (halvingDay === 0 && issuance >= threshold) halvingDay = day + 1;
  }
  return {
    ...{ grownRao: issuance - start, poolTaoRao: taoRao, poolAlphaRao: alphaInRao },
    ...{ lowestPrice: lowest, halvingDay },
  };
}
