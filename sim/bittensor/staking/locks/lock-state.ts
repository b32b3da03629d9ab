/**
 * Conviction locks: alpha that a coldkey binds to a hotkey. Locked mass decays (or, if asked, does
 * not), and conviction ripens out of it. Source: spec/token-economics.md section 5.5 (lock.rs).
 */
import { saturatingSub } from "../../../amounts.ts";
import {
  checkedDiv,
  convert,
  fromInteger,
  I64F64,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U64F64,
} from "../../../fixed/fixed-point.ts";
import { exp } from "../../../fixed/transcendental.ts";

export interface LockState {
  /** Alpha rao that is bound. */
  readonly massRao: bigint;
  /** U64F64 bits, in alpha rao. */
  readonly convictionBits: bigint;
  /** The block to which the two have been rolled forward. */
  readonly block: number;
}

/** E-folding times in blocks: 934,866 each by default; live maturity is 311,622. */
export interface LockRates {
  readonly unlockBlocks: number;
  readonly maturityBlocks: number;
}

/** How a lock behaves. */
export interface LockKind {
  /** It points at the subnet owner's hotkey: conviction is the mass itself, at once. */
  readonly toOwner: boolean;
  /** Its mass does not decay (opted into per coldkey and subnet). */
  readonly perpetual: boolean;
}

export const DEFAULT_LOCK_RATES: LockRates = { unlockBlocks: 934_866, maturityBlocks: 934_866 };

/** Below this many alpha rao in mass and in conviction alike, a lock is dust and vanishes. */
export const LOCK_DUST_RAO = 100n;

export const emptyLock = (block: number): LockState => ({ massRao: 0n, convictionBits: 0n, block });

export const isDust = ({ massRao, convictionBits }: LockState): boolean =>
  massRao < LOCK_DUST_RAO && convictionBits < fromInteger(U64F64, LOCK_DUST_RAO);

const LOWEST_EXPONENT = fromInteger(I64F64, -40n);

/** exp(-min(blocks/tau, 40)) in U64F64 bits; 1 after no time, 0 after any with tau = 0. */
export function expDecayBits(blocks: bigint, tauBlocks: bigint): bigint {
  if (blocks === 0n) return U64F64.oneBits;
  if (tauBlocks === 0n) return 0n;
  const ratio = checkedDiv(I64F64, fromInteger(I64F64, -blocks), fromInteger(I64F64, tauBlocks));
  const exponent = ratio === null || ratio < LOWEST_EXPONENT ? LOWEST_EXPONENT : ratio;
  return convert(I64F64, U64F64, exp(I64F64, exponent) ?? 0n);
}

/**
 * The fraction of the mass that has turned into conviction and is left of it, U64F64 bits:
 * tau_u (u - g) / (tau_u - tau_m), or (t/tau) g where the two times are the same.
 */
function ripenedFractionBits(blocks: bigint, rates: LockRates, u: bigint, g: bigint): bigint {
  const tauUnlock = BigInt(rates.unlockBlocks);
  const tauMaturity = BigInt(rates.maturityBlocks);
  if (tauUnlock === tauMaturity) {
    const elapsed = safeDiv(U64F64, fromInteger(U64F64, blocks), fromInteger(U64F64, tauMaturity));
    return satMul(U64F64, elapsed, g);
  }
  if (tauUnlock === 0n || tauMaturity === 0n) return 0n;
  const signed = (bits: bigint) => convert(U64F64, I64F64, bits);
  const weighted = satMul(
    I64F64,
    fromInteger(I64F64, tauUnlock),
    satSub(I64F64, signed(u), signed(g)),
  );
  const fraction = safeDiv(I64F64, weighted, fromInteger(I64F64, tauUnlock - tauMaturity));
  return fraction > 0n ? fraction : 0n;
}

function aged(lock: LockState, block: number, rates: LockRates, perpetual: boolean): LockState {
  const blocks = BigInt(block - lock.block);
  const u = expDecayBits(blocks, BigInt(rates.unlockBlocks));
  const g = expDecayBits(blocks, BigInt(rates.maturityBlocks));
  const massBits = fromInteger(U64F64, lock.massRao);
  const ripened = perpetual
    ? satSub(U64F64, U64F64.oneBits, g)
    : ripenedFractionBits(blocks, rates, u, g);
  return {
    massRao: perpetual ? lock.massRao : toUnsigned(U64F64, satMul(U64F64, u, massBits)),
    convictionBits: satAdd(
      U64F64,
      satMul(U64F64, g, lock.convictionBits),
      satMul(U64F64, massBits, ripened),
    ),
    block,
  };
}

/**
 * A lock at a later block (an earlier one leaves it as it stands). An owner lock's conviction is
 * its mass; dust becomes zero.
 */
export function rollForward(
  lock: LockState,
  block: number,
  rates: LockRates,
  kind: LockKind,
): LockState {
  const rolled = block > lock.block ? aged(lock, block, rates, kind.perpetual) : lock;
  const ripe = kind.toOwner
    ? { ...rolled, convictionBits: fromInteger(U64F64, rolled.massRao) }
    : rolled;
  return isDust(ripe) ? emptyLock(ripe.block) : ripe;
}

/** Two locks as one. */
export const merged = (a: LockState, b: LockState): LockState => ({
  massRao: a.massRao + b.massRao,
  convictionBits: satAdd(U64F64, a.convictionBits, b.convictionBits),
  block: Math.max(a.block, b.block),
});

/** A lock less some mass and conviction, neither below zero. */
export const reduced = (
  lock: LockState,
  by: Pick<LockState, "massRao" | "convictionBits">,
): LockState => ({
  massRao: saturatingSub(lock.massRao, by.massRao),
  convictionBits: saturatingSub(lock.convictionBits, by.convictionBits),
  block: lock.block,
});

/** How much `after` is less than `before` in each; a growth counts as zero. */
export const decrease = (
  before: LockState,
  after: LockState,
): Pick<LockState, "massRao" | "convictionBits"> => ({
  massRao: saturatingSub(before.massRao, after.massRao),
  convictionBits: saturatingSub(before.convictionBits, after.convictionBits),
});
