/**
 * One Yuma epoch on flat memory, exact: spec/yuma-epoch.md section 5, one rule a file. The readable
 * form is ../../epoch.ts, which every change here is tested against.
 */

import { findConsensus } from "./consensus";
import { tryDense } from "./dense/epoch";
import { storeDenseBonds } from "./dense/store-bonds";
import { findYuma2Dividends, findYuma3Dividends } from "./dividends";
import { findEmission } from "./emission";
import { findFollowedWeights, findIncentive } from "./incentive";
import { loadOldBonds } from "./old-bonds";
import { storeBonds, storeVectors } from "./outputs";
import { yuma3 } from "./parameters";
import { findNewPermits } from "./permits";
import { findActive, findActiveStake, findPermits, findStakeShares } from "./stake";
import { findWeights } from "./weights";

export { ranDense } from "./dense/epoch";
export * from "./memory";
export * from "./parameters";
export { weighStakes } from "./stake";

/**
 * One epoch on what lies in memory. Returns 0 when done; 1 when the new bonds have more entries than
 * memory holds, and then the old ones stay.
 */
export function run(): i32 {
  findActive();
  findStakeShares();
  findPermits();
  findActiveStake();
  findNewPermits();
  const isDense = tryDense();
  if (!isDense && !computeLists()) return 1;
  if (isDense && !storeDenseBonds()) return 1;
  if (!isDense) storeBonds();
  findEmission();
  storeVectors();
  return 0;
}

/** From weights to bonds over lists of entries. */
function computeLists(): bool {
  findWeights();
  findConsensus();
  findIncentive();
  findFollowedWeights();
  loadOldBonds();
  return yuma3 ? findYuma3Dividends() : findYuma2Dividends();
}
