/** From incentive and dividends to rao (spec 5.11). */
import { divideWith, TWO_TO_32 } from "./fixed";
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
  const reciprocal = TWO_TO_32 / (total as f64);
  for (let uid = 0; uid < n; uid++) {
    const at = (<usize>uid) << 3;
    const incentive = load<i64>(incentiveAt + at);
    const dividends = load<i64>(dividendsAt + at);
    const server = raoOf(incentive, total, reciprocal);
    const validator = raoOf(dividends, total, reciprocal);
    const isBoth = incentive != 0 && dividends != 0;
    store<u64>(serverEmissionAt + at, server);
    store<u64>(validatorEmissionAt + at, validator);
    const both = isBoth ? raoOf(incentive + dividends, total, reciprocal) : server + validator;
    store<u64>(emissionAt + at, both);
  }
}

/** floor(floor(bits / total) * emission); incentive and dividends sum to little more than one each. */
function raoOf(bits: i64, total: i64, reciprocal: f64): u64 {
  return bits == 0 ? 0 : shareOfAmount(divideWith(bits, total, reciprocal), raoEmission);
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
