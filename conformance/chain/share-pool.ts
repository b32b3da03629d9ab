/** Checks of share_pool.json. */
import {
  add,
  divide,
  multiplyDivide,
  type SafeFloat,
  safeFloat,
} from "../../sim/bittensor/staking/safe-float.ts";
import {
  changeStake,
  creditAll,
  EMPTY_POOL,
  type SharePool,
  valueOfShareRao,
} from "../../sim/bittensor/staking/share-pool.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

interface FloatRecord {
  readonly m: string;
  readonly e: number;
}

const read = ({ m, e }: FloatRecord): SafeFloat => safeFloat(BigInt(m), e);
const written = (value: SafeFloat | null) =>
  value && { m: value.mantissa.toString(), e: value.exponent };

interface TraceStep {
  /** ["one", key, delta] or ["all", delta]. */
  readonly op: readonly string[];
  readonly state: {
    readonly shared_value: string;
    readonly denominator: FloatRecord;
    readonly shares: Readonly<Record<string, FloatRecord>>;
    readonly values: Readonly<Record<string, string>>;
  };
}

function checkTrace({ trace }: { trace: readonly TraceStep[] }): string | null {
  let pool: SharePool = EMPTY_POOL;
  const shares = new Map<string, SafeFloat>();
  for (const [index, { op, state }] of trace.entries()) {
    if (op[0] === "all") {
      pool = creditAll(pool, BigInt(op[1]));
    } else {
      const change = changeStake(pool, shares.get(op[1]) ?? safeFloat(0n), BigInt(op[2]));
      pool = change.pool;
      shares.set(op[1], change.share);
    }
    const each = <T>(of: (share: SafeFloat) => T) =>
      Object.fromEntries([...shares].map(([key, share]) => [key, of(share)]));
    const failure = firstDifference(
      ["shared value", state.shared_value, pool.sharedRao],
      ["denominator", state.denominator, written(pool.denominator)],
      ["shares", state.shares, each(written)],
      ["values", state.values, each((share) => valueOfShareRao(pool, share))],
    );
    if (failure !== null) return `step ${index}: ${failure}`;
  }
  return null;
}

export const sharePoolChecks: Readonly<Record<string, RecordCheck>> = {
  "SafeFloat.new normalisation": (record) => differs("float", record.out, written(read(record.in))),
  "SafeFloat.add": ({ a, b, sum }) => differs("sum", sum, written(add(read(a), read(b)))),
  "SafeFloat.div": ({ a, b, quotient }) =>
    differs("quotient", quotient, written(divide(read(a), read(b)))),
  "SafeFloat.mul_div": ({ a, b, c, result }) =>
    differs("result", result, written(multiplyDivide(read(a), read(b), read(c)))),
  get_value: ({ shared_value, denominator, shares, values }) => {
    const pool = {
      sharedRao: BigInt(shared_value),
      denominator: safeFloat(BigInt(denominator)),
    };
    const got = Object.fromEntries(
      Object.entries(shares as Record<string, number>).map(([key, share]) => [
        key,
        valueOfShareRao(pool, safeFloat(BigInt(share))),
      ]),
    );
    return differs("values", values, got);
  },
  "pool operation traces": checkTrace,
};
