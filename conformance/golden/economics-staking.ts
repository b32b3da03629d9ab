/** Checks of golden/economics that belong to staking and registration. */
import {
  type LockModel,
  reduceModel,
  rollModel,
} from "../../sim/bittensor/staking/locks/lock-model.ts";
import {
  decrease,
  expDecayBits,
  type LockState,
  rollForward,
} from "../../sim/bittensor/staking/locks/lock-state.ts";
import { SAFE_FLOAT_ZERO, type SafeFloat } from "../../sim/bittensor/staking/safe-float.ts";
import {
  changeStake,
  creditAll,
  EMPTY_POOL,
  type SharePool,
  valueOfShareRao,
} from "../../sim/bittensor/staking/share-pool.ts";
import { splitEmission } from "../../sim/bittensor/yuma/mechanisms.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { inheritanceChecks } from "./inheritance.ts";
import { registrationChecks } from "./registration.ts";

interface LockRecord {
  readonly locked_mass: string;
  readonly conviction_u64f64: string;
  readonly last_update: number;
}

const readLock = (record: LockRecord): LockState => ({
  massRao: BigInt(record.locked_mass),
  convictionBits: BigInt(record.conviction_u64f64),
  block: record.last_update,
});

const writeLock = (lock: LockState): LockRecord => ({
  locked_mass: lock.massRao.toString(),
  conviction_u64f64: lock.convictionBits.toString(),
  last_update: lock.block,
});

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
const ratesOf = ({ unlock_rate, maturity_rate }: any) => ({
  unlockBlocks: Number(unlock_rate),
  maturityBlocks: Number(maturity_rate),
});

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
const kindOf = ({ owner_lock, perpetual_lock }: any) => ({
  toOwner: owner_lock,
  perpetual: perpetual_lock,
});

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function lockRollForward(record: any): string | null {
  let lock = readLock(record.initial);
  for (const [index, step] of record.steps.entries()) {
    const rolled = rollForward(lock, step.now, ratesOf(record), kindOf(record));
    const lost = decrease(lock, rolled);
    const failure = firstDifference(
      ["rolled", step.rolled, writeLock(rolled)],
      ["mass delta", step.locked_mass_delta, lost.massRao],
      ["conviction delta", step.conviction_delta_u64f64, lost.convictionBits],
    );
    if (failure !== null) return `step ${index}: ${failure}`;
    lock = { ...rolled, massRao: rolled.massRao + BigInt(step.then_add_mass) };
  }
  return null;
}

const aggregateNames = [
  "agg_perpetual_general",
  "agg_decaying_general",
  "agg_perpetual_owner",
  "agg_decaying_owner",
];

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function lockModel(record: any): string | null {
  const kind = kindOf(record);
  const counted = (kind.toOwner ? 2 : 0) + (kind.perpetual ? 0 : 1);
  const aggregates = record.aggregates_pg_dg_po_do as LockRecord[];
  const written = (model: LockModel) => ({
    individual: writeLock(model.individual),
    ...Object.fromEntries(
      aggregateNames.map((name, index) => [
        name,
        index === counted ? writeLock(model.aggregate) : aggregates[index],
      ]),
    ),
  });
  const start = {
    individual: readLock(record.individual),
    aggregate: readLock(aggregates[counted]),
  };
  const rolled = rollModel(start, record.now, ratesOf(record), kind);
  const reduceBy = BigInt(record.reduce_by);
  const reduced = reduceBy === 0n ? rolled : reduceModel(rolled, reduceBy, record.now);
  return firstDifference(
    ["rolled", record.rolled, written(rolled)],
    ["reduced", record.reduced, written(reduced)],
  );
}

const writeFloat = (value: SafeFloat) => ({
  mantissa: value.mantissa.toString(),
  exponent: value.exponent.toString(),
});

interface PoolStep {
  readonly op: "one" | "all";
  readonly key: number;
  readonly delta: string;
  readonly shared_value: string;
  readonly denominator: unknown;
  readonly shares: readonly unknown[];
  readonly values: readonly string[];
}

function sharePool(steps: readonly PoolStep[]): string | null {
  let pool: SharePool = EMPTY_POOL;
  const shares = steps[0].shares.map(() => SAFE_FLOAT_ZERO);
  for (const [index, step] of steps.entries()) {
    if (step.op === "all") {
      pool = creditAll(pool, BigInt(step.delta));
    } else {
      const change = changeStake(pool, shares[step.key], BigInt(step.delta));
      pool = change.pool;
      shares[step.key] = change.share;
    }
    const failure = firstDifference(
      ["shared value", step.shared_value, pool.sharedRao],
      ["denominator", step.denominator, writeFloat(pool.denominator)],
      ["shares", step.shares, shares.map(writeFloat)],
      ["values", step.values, shares.map((share) => valueOfShareRao(pool, share))],
    );
    if (failure !== null) return `step ${index}: ${failure}`;
  }
  return null;
}

export const economicsStakingChecks: Readonly<Record<string, RecordCheck>> = {
  ...inheritanceChecks,
  ...registrationChecks,
  lock_exp_decay: ({ dt, tau, out_u64f64 }) =>
    differs("decay", out_u64f64, expDecayBits(BigInt(dt), BigInt(tau))),
  lock_roll_forward: lockRollForward,
  lock_model: lockModel,
  mechanism_split: ({ mechanisms, split, alpha, out }) =>
    differs("split", out, splitEmission(BigInt(alpha), mechanisms, split)),
  share_pool: sharePool,
};
