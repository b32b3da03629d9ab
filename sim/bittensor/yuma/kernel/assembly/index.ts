/**
 * One Yuma epoch on flat memory, exact: spec/yuma-epoch.md section 5, one rule a file. The readable
 * form is ../../epoch.ts, which every change here is tested against.
 */

import { findConsensus } from "./consensus";
import { findYuma2Dividends, findYuma3Dividends } from "./dividends";
import { findEmission } from "./emission";
import { findFollowedWeights, findIncentive } from "./incentive";
import { loadOldBonds } from "./old-bonds";
import { storeBonds, storeVectors } from "./outputs";
import { yuma3 } from "./parameters";
import { findNewPermits } from "./permits";
import { findActive, findActiveStake, findPermits, findStakeShares } from "./stake";
import { findWeights } from "./weights";

export * from "./memory";
export * from "./parameters";

/**
 * One epoch on what lies in memory. Returns 0 when done; 1 when the new bonds have more entries than
 * memory holds, and then outputs and bonds are as they were.
 */
export function run(): i32 {
  findActive();
  findStakeShares();
  findPermits();
  findActiveStake();
  findWeights();
  findConsensus();
  findIncentive();
  findFollowedWeights();
  loadOldBonds();
  if (!(yuma3 ? findYuma3Dividends() : findYuma2Dividends())) return 1;
  findNewPermits();
  findEmission();
  storeVectors();
  storeBonds();
  return 0;
}
