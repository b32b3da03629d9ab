/** Supply and price paths, in plain float64: the form to read. */
import type { PathBatch, PathResults } from "../types.ts";

/** Halvings from now on that a path can pass. */
export const HALVINGS_AHEAD = 4;
export const DAILY_TAO = 7_200;
const MAX_SUPPLY_TAO = 21_000_000;

/** The issuance of each halving, from the first on; 21 million for those too late to matter. */
const HALVINGS_TAO = Array.from({ length: 80 }, (_, k) =>
  k > 59 ? MAX_SUPPLY_TAO : MAX_SUPPLY_TAO - MAX_SUPPLY_TAO / 2 ** (k + 1),
);

/**
 * What the numeric forms start from: new TAO a day, and how far the next halvings are, with one more
 * than a path can pass.
 */
export function supplyStart(issuanceTao: number): { dailyTao: number; gapsTao: number[] } {
  let halvings = 0;
  let dailyTao = DAILY_TAO;
  while (issuanceTao >= HALVINGS_TAO[halvings]) {
    halvings++;
    dailyTao /= 2;
  }
  const gapsTao: number[] = [];
  for (let k = 0; k <= HALVINGS_AHEAD; k++) gapsTao.push(HALVINGS_TAO[halvings + k] - issuanceTao);
  return { dailyTao, gapsTao };
}

/** New TAO of a day of which `kept` is not recycled: half as much from the halving on. */
function freshTao(
  dailyTao: number,
  gapsTao: readonly number[],
  grown: number,
  kept: number,
): number {
  let fresh = dailyTao;
  let passed = 0;
  while (passed < HALVINGS_AHEAD && grown >= gapsTao[passed]) {
    fresh /= 2;
    passed++;
  }
  const left = gapsTao[passed] - grown;
  const untilHalving = Math.min(1, left / (fresh * kept));
  return fresh * 0.5 * (1 + untilHalving);
}

export function pathsInFloat64(batch: PathBatch): PathResults {
  const { paths, days } = batch;
  const column = () => new Float64Array(paths);
  const results = {
    ...{ grownTao: column(), poolTao: column(), poolAlpha: column(), lowestPrice: column() },
    halvingDay: new Int32Array(paths),
    halvingMarginTao: column(),
  };
  for (let p = 0; p < paths; p++) {
    const { dailyTao, gapsTao } = supplyStart(batch.issuanceTao[p]);
    let grown = 0;
    let tao = batch.poolTao[p];
    let alpha = batch.poolAlpha[p];
    let lowest = Infinity;
    let halvingDay = 0;
    let margin = Infinity;
    for (let day = 0; day < days; day++) {
      const at = day * paths + p;
      const fresh = freshTao(dailyTao, gapsTao, grown, 1 - batch.recycledShare[at]);
      const bought = batch.boughtShare[p] * fresh;
      alpha = (alpha * tao) / (tao + bought);
      tao += bought;
      const injected = batch.emissionShare[p] * fresh;
      alpha += (injected * alpha) / tao;
      tao += injected;
      const sold = batch.soldAlpha[at];
      tao = (tao * alpha) / (alpha + sold);
      alpha += sold;
      const spent = batch.spentTao[at];
      alpha = (alpha * tao) / (tao + spent);
      tao += spent;
      lowest = Math.min(lowest, tao / alpha);
      grown += fresh * (1 - batch.recycledShare[at]);
      margin = Math.min(margin, Math.abs(grown - gapsTao[0]));
      if (halvingDay === 0 && grown >= gapsTao[0]) halvingDay = day + 1;
    }
    results.grownTao[p] = grown;
    results.poolTao[p] = tao;
    results.poolAlpha[p] = alpha;
    results.lowestPrice[p] = lowest;
    results.halvingDay[p] = halvingDay;
    results.halvingMarginTao[p] = margin;
  }
  return results;
}
