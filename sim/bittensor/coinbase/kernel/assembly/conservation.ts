/**
 * Nothing appears or vanishes: TotalIssuance is the sum of all TAO, wherever it stands, and each
 * subnet's alpha is what it began with and what was minted, less what was recycled.
 */
import { netuidEnd } from "./eligible";
import { raiseFault } from "./fault";
import { sumOfLanes } from "./lanes";
import {
  ALPHA_ISSUANCE_START_RAO,
  ALPHA_MINTED_TOTAL_RAO,
  ALPHA_RECYCLED_TOTAL_RAO,
  FAULT_ALPHA,
  FAULT_TAO,
  FREE_TAO_RAO,
  STRANDED_TAO_RAO,
  TAO_RESERVE_RAO,
  TAO_RESERVOIR_RAO,
  TOTAL_ISSUANCE_RAO,
} from "./layout";
import { field, fieldPair, global } from "./memory";
import { alphaIssuance, alphaIssuancePair } from "./root-proportion";

export function checkConservation(): void {
  let tao = global(FREE_TAO_RAO) + field(TAO_RESERVE_RAO, 0);
  let taoLanes = i64x2.splat(0);
  let missing = i64x2.splat(0);
  // Columns are longer than there are subnets, and 0 where none is.
  for (let netuid = 1; netuid < netuidEnd; netuid += 2) {
    const reservoir = fieldPair(TAO_RESERVOIR_RAO, netuid);
    const outside = i64x2.add(reservoir, fieldPair(STRANDED_TAO_RAO, netuid));
    taoLanes = i64x2.add(taoLanes, i64x2.add(fieldPair(TAO_RESERVE_RAO, netuid), outside));
    missing = v128.or(missing, missingAlpha(netuid));
  }
  tao += sumOfLanes(taoLanes);
  if (v128.any_true(missing)) raiseForSubnet();
  if (tao !== global(TOTAL_ISSUANCE_RAO)) raiseFault(FAULT_TAO, 0);
}

/** What two subnets were issued less what there is and what was recycled. */
function missingAlpha(netuid: i32): v128 {
  const start = fieldPair(ALPHA_ISSUANCE_START_RAO, netuid);
  const issued = i64x2.add(start, fieldPair(ALPHA_MINTED_TOTAL_RAO, netuid));
  const recycled = fieldPair(ALPHA_RECYCLED_TOTAL_RAO, netuid);
  return i64x2.sub(issued, i64x2.add(alphaIssuancePair(netuid), recycled));
}

function raiseForSubnet(): void {
  for (let netuid = 1; netuid < netuidEnd; netuid++) {
    const issued = field(ALPHA_ISSUANCE_START_RAO, netuid) + field(ALPHA_MINTED_TOTAL_RAO, netuid);
    if (alphaIssuance(netuid) + field(ALPHA_RECYCLED_TOTAL_RAO, netuid) !== issued) {
      raiseFault(FAULT_ALPHA, netuid);
    }
  }
}
