/** Bonds of Yuma 2 and Yuma 3 and the dividends that they earn (spec 5.9a, 5.9b). */
import { satAdd, satMul } from "./fixed";
import { averageBondsByCell } from "./liquid-alpha";
import {
  bitsOf,
  columnOf,
  divideColumns,
  findColumnMaxima,
  findReciprocals,
  rowStart,
  shareOfColumn,
  sumColumns,
} from "./list-rows";
import {
  activeStakeAt,
  consensusAt,
  dividendsAt,
  emaBitsAt,
  emaColumnsAt,
  emaStartAt,
  followedBitsAt,
  followedColumnsAt,
  followedStartAt,
  incentiveAt,
  maxEntries,
} from "./memory";
import { averageBonds, movingAverageAlpha } from "./moving-average";
import { liquidAlpha, n } from "./parameters";
import { normalize } from "./vectors";

/** Bonds are shares of a miner, bought with stake times weight. False where they do not fit in memory. */
export function findYuma2Dividends(): bool {
  for (let row = 0; row < n; row++) {
    const stake = load<i64>(activeStakeAt + ((<usize>row) << 3));
    const end = rowStart(followedStartAt, row + 1);
    for (let k = rowStart(followedStartAt, row); k < end; k++) {
      const at = followedBitsAt + ((<usize>k) << 3);
      store<i64>(at, satMul(load<i64>(at), stake));
    }
  }
  const bought = rowStart(followedStartAt, n);
  sumColumns(followedColumnsAt, followedBitsAt, bought);
  divideColumns(followedColumnsAt, followedBitsAt, bought);
  averageBonds(movingAverageAlpha());
  const bonds = rowStart(emaStartAt, n);
  if (bonds > (maxEntries as u32)) return false;
  sumColumns(emaColumnsAt, emaBitsAt, bonds);
  divideColumns(emaColumnsAt, emaBitsAt, bonds);
  for (let row = 0; row < n; row++) {
    let total: i64 = 0;
    const end = rowStart(emaStartAt, row + 1);
    for (let k = rowStart(emaStartAt, row); k < end; k++) {
      const incentive = load<i64>(incentiveAt + (columnOf(emaColumnsAt, k) << 3));
      total = satAdd(total, satMul(bitsOf(emaBitsAt, k), incentive));
    }
    store<i64>(dividendsAt + ((<usize>row) << 3), total);
  }
  normalize(dividendsAt, n);
  findColumnMaxima();
  divideColumns(emaColumnsAt, emaBitsAt, bonds);
  return true;
}

/** Bonds are fractions of one per validator and miner; stake counts at the end. */
export function findYuma3Dividends(): bool {
  if (liquidAlpha && hasConsensus()) averageBondsByCell();
  else averageBonds(movingAverageAlpha());
  const bonds = rowStart(emaStartAt, n);
  if (bonds > (maxEntries as u32)) return false;
  sumColumns(emaColumnsAt, emaBitsAt, bonds);
  findReciprocals();
  for (let row = 0; row < n; row++) {
    let trust: i64 = 0;
    const end = rowStart(emaStartAt, row + 1);
    for (let k = rowStart(emaStartAt, row); k < end; k++) {
      const column = columnOf(emaColumnsAt, k);
      const share = shareOfColumn(bitsOf(emaBitsAt, k), column);
      trust = satAdd(trust, satMul(share, load<i64>(incentiveAt + (column << 3))));
    }
    const at = (<usize>row) << 3;
    store<i64>(dividendsAt + at, satMul(trust, load<i64>(activeStakeAt + at)));
  }
  normalize(dividendsAt, n);
  return true;
}

function hasConsensus(): bool {
  for (let uid = 0; uid < n; uid++)
    if (load<i64>(consensusAt + ((<usize>uid) << 3)) != 0) return true;
  return false;
}
