/**
 * Nothing appears or vanishes: TotalIssuance is the sum of all TAO, wherever it stands, and each
 * subnet's alpha is what it began with and what was minted, less what was recycled.
 */
import { netuidEnd } from "./eligible";
import { raiseFault } from "./fault";
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
import { field, global } from "./memory";
import { alphaIssuance } from "./root-proportion";

export function checkConservation(): void {
  let tao = global(FREE_TAO_RAO) + field(TAO_RESERVE_RAO, 0);
  for (let netuid = 1; netuid < netuidEnd; netuid++) {
    tao += field(TAO_RESERVE_RAO, netuid);
    tao += field(TAO_RESERVOIR_RAO, netuid) + field(STRANDED_TAO_RAO, netuid);
    const issued = field(ALPHA_ISSUANCE_START_RAO, netuid) + field(ALPHA_MINTED_TOTAL_RAO, netuid);
    if (alphaIssuance(netuid) + field(ALPHA_RECYCLED_TOTAL_RAO, netuid) !== issued) {
      raiseFault(FAULT_ALPHA, netuid);
    }
  }
  if (tao !== global(TOTAL_ISSUANCE_RAO)) raiseFault(FAULT_TAO, 0);
}
