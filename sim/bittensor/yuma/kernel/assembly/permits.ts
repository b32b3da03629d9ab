/** Who may be a validator: the K largest stakes, and the owner always (spec 5.3). */
import { newPermitAt, stakeAt } from "./memory";
import { maxAllowedValidators, n, ownerUid } from "./parameters";

function stakeOf(uid: i32): i64 {
  return load<i64>(stakeAt + ((<usize>uid) << 3));
}

function countFrom(least: i64): i32 {
  let count = 0;
  for (let uid = 0; uid < n; uid++) if (stakeOf(uid) >= least) count++;
  return count;
}

/**
 * True for the K largest stakes that are not 0. Of equals at the border the higher uids stay, because
 * the chain drops from the front of a stable ascending sort. The border, the largest stake that K or
 * more reach, is found by bisection.
 */
export function findNewPermits(): void {
  let border: i64 = 0;
  let atBorder = 0;
  if (countFrom(1) > maxAllowedValidators) {
    border = 1;
    let above: i64 = 1 << 33;
    while (above - border > 1) {
      const middle = (border + above) >> 1;
      if (countFrom(middle) >= maxAllowedValidators) border = middle;
      else above = middle;
    }
    atBorder = maxAllowedValidators - countFrom(border + 1);
  }
  for (let uid = n - 1; uid >= 0; uid--) {
    const stake = stakeOf(uid);
    let permitted = stake > border;
    if (stake == border && stake != 0 && atBorder > 0) {
      permitted = true;
      atBorder--;
    }
    store<u8>(newPermitAt + uid, permitted || uid == ownerUid ? 1 : 0);
  }
}
