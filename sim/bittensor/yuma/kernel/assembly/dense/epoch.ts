/** The dense half of an epoch: from weights to bonds; stake, permits and emission are as for lists. */
import { liquidAlpha, yuma3 } from "../parameters";
import { findDenseYuma2 } from "./bonds-yuma2";
import { findDenseYuma3 } from "./bonds-yuma3";
import { findDenseConsensus } from "./consensus";
import { findDenseIncentive } from "./incentive";
import { findDenseLiquid } from "./liquid-alpha";
import { findRows, heldBonds } from "./rows";
import { loadStoredBonds } from "./stored-bonds";
import { findDenseWeights } from "./weights";

/** 1 when the last epoch was computed densely. */
export let ranDense: i32 = 0;

/** False where the state is not for this way of computing; the inputs are then as they were. */
export function tryDense(): bool {
  ranDense = computeDense() ? 1 : 0;
  return ranDense != 0;
}

function computeDense(): bool {
  if (!findRows() || !findDenseWeights() || !findDenseConsensus() || !findDenseIncentive()) {
    return false;
  }
  if (yuma3 || heldBonds > 0) loadStoredBonds();
  if (!yuma3) return findDenseYuma2();
  return liquidAlpha ? findDenseLiquid() : findDenseYuma3();
}
