/**
 * Miner collateral (spec 437, July 2026; off by default): part of a registration's price is staked
 * and bound to the miner, who gets it back by earning emission.
 * Source: spec/recent-rules.md section 3.5 (collateral.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import {
  fromInteger,
  safeDiv,
  satMul,
  toUnsigned,
  U16_MAX,
  U64F64,
} from "../../fixed/fixed-point.ts";

const floorOf = (rao: bigint, ratioBits: bigint): bigint =>
  toUnsigned(U64F64, satMul(U64F64, fromInteger(U64F64, rao), ratioBits));

export interface RegistrationCharge {
  /** TAO rao whose alpha is burned. */
  readonly burnedRao: bigint;
  /** TAO rao whose alpha becomes collateral; bought at most 5 % above spot. */
  readonly topUpRao: bigint;
}

/**
 * Splits the price of a registration. Collateral that the miner has from before counts at the
 * moving price. `lockShareU16` is of 65,535; `movingPriceBits` is U64F64 TAO per alpha.
 */
export function registrationCharge(
  priceRao: bigint,
  lockShareU16: number,
  lockedAlphaRao: bigint,
  movingPriceBits: bigint,
): RegistrationCharge {
  const share = safeDiv(
    U64F64,
    fromInteger(U64F64, BigInt(lockShareU16)),
    fromInteger(U64F64, U16_MAX),
  );
  const requiredRao = floorOf(priceRao, share);
  return {
    burnedRao: priceRao - requiredRao,
    topUpRao: saturatingSub(requiredRao, floorOf(lockedAlphaRao, movingPriceBits)),
  };
}

/** The part of the alpha bought by a charge that becomes collateral; the rest leaves AlphaOut. */
export function collateralBoughtRao(alphaRao: bigint, charge: RegistrationCharge): bigint {
  const paid = charge.burnedRao + charge.topUpRao;
  return paid === 0n ? 0n : (alphaRao * charge.topUpRao) / paid;
}

export interface Collateral {
  readonly lockedRao: bigint;
  /** The miner's own floor under its collateral, alpha rao. */
  readonly minimumRao: bigint;
  /** Alpha released per alpha earned, U64F64 bits, as it stood at registration. */
  readonly drainRatioBits: bigint;
  /** Alpha rao earned since registration. */
  readonly earnedRao: bigint;
}

export interface Settlement {
  readonly collateral: Collateral;
  /** Alpha rao of the emission that is added to the collateral. */
  readonly keptBackRao: bigint;
  /** Alpha rao of collateral that becomes free stake. */
  readonly releasedRao: bigint;
}

/**
 * Settles an emission: all of an incentive, of dividends only the take. Under its minimum the
 * collateral grows by what can be captured of it (`capturableRao`), over it drains.
 */
export function settle(
  collateral: Collateral,
  emissionRao: bigint,
  capturableRao: bigint,
): Settlement {
  const { lockedRao, minimumRao, drainRatioBits } = collateral;
  const missingRao = saturatingSub(minimumRao, lockedRao);
  const keptBackRao = capturableRao < missingRao ? capturableRao : missingRao;
  const drainRao = missingRao > 0n ? 0n : floorOf(emissionRao, drainRatioBits);
  const spareRao = saturatingSub(lockedRao, minimumRao);
  const releasedRao = drainRao < spareRao ? drainRao : spareRao;
  return {
    collateral: {
      ...collateral,
      lockedRao: lockedRao + keptBackRao - releasedRao,
      earnedRao: collateral.earnedRao + emissionRao,
    },
    keptBackRao,
    releasedRao,
  };
}
