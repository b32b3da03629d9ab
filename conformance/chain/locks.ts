/** Checks of locks.json. */

import {
  DEFAULT_LOCK_RATES,
  expDecayBits,
  isDust,
  LOCK_DUST_RAO,
  type LockState,
  rollForward,
} from "../../sim/bittensor/staking/locks/lock-state.ts";
import { OWNERSHIP_432 } from "../../sim/bittensor/staking/locks/ownership.ts";
import { fromInteger, toFloat, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

const lockOf = (massRao: string, conviction: string, block = 0): LockState => ({
  massRao: BigInt(massRao),
  convictionBits: fromInteger(U64F64, BigInt(conviction)),
  block,
});

/** `dt` is a number of blocks, or a text such as "10000 then 10000" for several rolls. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function rollRecord(record: any): string | null {
  const rates = { unlockBlocks: record.unlock_rate, maturityBlocks: record.maturity_rate };
  const kind = { toOwner: record.owner_lock ?? false, perpetual: record.perpetual };
  let lock = lockOf(record.mass, record.conviction ?? "0");
  for (const step of String(record.dt).split(" then ")) {
    lock = rollForward(lock, lock.block + Number(step), rates, kind);
  }
  return firstDifference(
    ["mass", record.mass_after, lock.massRao],
    ["conviction", record.conviction_after_bits, lock.convictionBits],
  );
}

const decaying = { toOwner: false, perpetual: false };

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function repeatedSteps({ steps, step, mass, conviction_bits }: any): string | null {
  let lock = lockOf("1000000000000", "0");
  for (let i = 1; i <= steps; i++) lock = rollForward(lock, i * step, DEFAULT_LOCK_RATES, decaying);
  return firstDifference(
    ["mass", mass, lock.massRao],
    ["conviction", conviction_bits, lock.convictionBits],
  );
}

const decay = ([blocks, tau]: readonly [number, number]): number =>
  toFloat(U64F64, expDecayBits(BigInt(blocks), BigInt(tau)));

/** The same roll in doubles, as the chain's own test computes what it compares with. */
function rolledInDoubles(mass: number, dt: number, unlock: number, maturity: number) {
  const u = Math.exp(-dt / unlock);
  const g = Math.exp(-dt / maturity);
  return { mass: mass * u, conviction: (mass * unlock * (u - g)) / (unlock - maturity) };
}

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function assertion(record: any): string | null {
  if (record.exp_decay) {
    return farFrom("decay", record.expected, decay(record.exp_decay), record.tolerance ?? 0);
  }
  if (record.exp_decay_equal_after_clamp) {
    const [first, second] = record.exp_decay_equal_after_clamp;
    return farFrom("decay", decay(first), decay(second), record.tolerance);
  }
  if (record.is_zero) {
    const [mass, conviction] = record.is_zero;
    return differs("is_zero", record.expected, isDust(lockOf(`${mass}`, `${conviction}`)));
  }
  if (record.adjacent_large) {
    const { mass, dt, unlock, maturity } = record.adjacent_large;
    const rates = { unlockBlocks: unlock, maturityBlocks: maturity };
    const lock = rollForward(lockOf(mass, "0"), dt, rates, decaying);
    const wanted = rolledInDoubles(Number(mass), dt, unlock, maturity);
    return (
      farFrom("mass", wanted.mass, lock.massRao, record.mass_tolerance_vs_f64) ??
      farFrom(
        "conviction",
        wanted.conviction,
        toFloat(U64F64, lock.convictionBits),
        record.conviction_tolerance_vs_f64,
      )
    );
  }
  if (record.chunked) {
    const { mass, t1, t2 } = record.chunked;
    const start = lockOf(mass, "0");
    const once = rollForward(start, t2, DEFAULT_LOCK_RATES, decaying);
    const half = rollForward(start, t1, DEFAULT_LOCK_RATES, decaying);
    const twice = rollForward(half, t2, DEFAULT_LOCK_RATES, decaying);
    const conviction = (lock: LockState) => toFloat(U64F64, lock.convictionBits);
    return (
      farFrom("mass", once.massRao, twice.massRao, record.mass_tolerance) ??
      farFrom("conviction", conviction(once), conviction(twice), record.conviction_tolerance)
    );
  }
  return `unknown assertion ${Object.keys(record).join(", ")}`;
}

export const lockChecks: Readonly<Record<string, RecordCheck>> = {
  "exp_decay(dt,tau) U64F64": ({ dt, tau, bits }) =>
    differs("bits", bits, expDecayBits(BigInt(dt), BigInt(tau))),
  roll_forward_lock: rollRecord,
  "roll_forward_lock, upstream inputs": rollRecord,
  "roll_forward_lock, repeated steps": repeatedSteps,
  assertions: assertion,
  constants: (record) =>
    firstDifference(
      ["UnlockRate", record.UnlockRate, DEFAULT_LOCK_RATES.unlockBlocks],
      ["MaturityRate", record.MaturityRate, DEFAULT_LOCK_RATES.maturityBlocks],
      ["LOCK_STATE_ZERO_THRESHOLD", record.LOCK_STATE_ZERO_THRESHOLD, Number(LOCK_DUST_RAO)],
      ["ONE_YEAR", record.ONE_YEAR, OWNERSHIP_432.matureBlocks],
      [
        "takeover fraction",
        record.takeover_total_conviction_min_fraction_of_alpha_out,
        Number(OWNERSHIP_432.percent) / 100,
      ],
    ),
};
