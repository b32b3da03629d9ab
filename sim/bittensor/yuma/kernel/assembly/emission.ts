/** From incentive and dividends to rao (spec 5.11). */
import { divide } from "./fixed";
import {
  activeStakeAt,
  dividendsAt,
  emissionAt,
  incentiveAt,
  serverEmissionAt,
  stakeAt,
  validatorEmissionAt,
} from "./memory";
import { n, raoEmission } from "./parameters";
import { sum } from "./vectors";
import { shareOfAmount } from "./wide";

/**
 * Servers by incentive, validators by dividends, each over the sum of both. Where nobody earns
 * anything the validators share by active stake, or by stake where no stake is active.
 */
export function findEmission(): void {
  const total = sum(incentiveAt, n) + sum(dividendsAt, n);
  if (total == 0) return findEmergencyEmission();
  for (let uid = 0; uid < n; uid++) {
    const at = (<usize>uid) << 3;
    const incentive = load<i64>(incentiveAt + at);
    const dividends = load<i64>(dividendsAt + at);
    store<u64>(serverEmissionAt + at, raoOf(incentive, total));
    store<u64>(validatorEmissionAt + at, raoOf(dividends, total));
    store<u64>(emissionAt + at, raoOf(incentive + dividends, total));
  }
}

/** floor(floor(bits / total) * emission). */
function raoOf(bits: i64, total: i64): u64 {
  if (bits == 0) return 0;
  return shareOfAmount(divide(bits as u64, total as u64) as i64, raoEmission);
}

function findEmergencyEmission(): void {
  const from = sum(activeStakeAt, n) == 0 ? stakeAt : activeStakeAt;
  for (let uid = 0; uid < n; uid++) {
    const at = (<usize>uid) << 3;
    const rao = shareOfAmount(load<i64>(from + at), raoEmission);
    store<u64>(serverEmissionAt + at, 0);
    store<u64>(validatorEmissionAt + at, rao);
    store<u64>(emissionAt + at, rao);
  }
}
