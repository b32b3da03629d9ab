/**
 * What a new subnet costs: twice the last price right after a registration, the last price an
 * interval later, the minimum after two. Source: spec/token-economics.md section 6.3 (root.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import {
  fromInteger,
  safeDiv,
  satMul,
  toUnsigned,
  U64_MAX,
  U96F32,
} from "../../fixed/fixed-point.ts";

export interface LockCostTerms {
  readonly minLockRao: bigint;
  /** NetworkLockReductionInterval as stored; the halving shortens what it comes to. */
  readonly intervalBlocks: number;
}

/** The code's defaults, and the main network's values in October 2026. */
export const LOCK_COST_TERMS = {
  default: { minLockRao: 1_000_000_000_000n, intervalBlocks: 100_800 },
  live2026: { minLockRao: 1_000_000_000n, intervalBlocks: 115_200 },
} as const satisfies Record<string, LockCostTerms>;

/** floor(interval * block emission / 1 TAO): the blocks in which the price falls by the last one. */
export function effectiveIntervalBlocks(intervalBlocks: number, blockEmissionRao: bigint): bigint {
  const emission = safeDiv(
    U96F32,
    fromInteger(U96F32, blockEmissionRao),
    fromInteger(U96F32, 1_000_000_000n),
  );
  return toUnsigned(U96F32, satMul(U96F32, fromInteger(U96F32, BigInt(intervalBlocks)), emission));
}

/**
 * The lock cost at a block, rao. `lastLockBlock` 0 means that there was no registration yet. With an
 * effective interval of 0 the price does not fall at all.
 */
export function lockCostRao(
  lastLockRao: bigint,
  lastLockBlock: number,
  block: number,
  minLockRao: bigint,
  effectiveInterval: bigint,
): bigint {
  const elapsed = BigInt(Math.max(0, block - lastLockBlock));
  const startRao = lastLockRao * (lastLockBlock === 0 ? 1n : 2n);
  const stepRao = effectiveInterval === 0n ? 0n : lastLockRao / effectiveInterval;
  const cost = saturatingSub(startRao > U64_MAX ? U64_MAX : startRao, stepRao * elapsed);
  return cost > minLockRao ? cost : minLockRao;
}
