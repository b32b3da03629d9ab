/**
 * The largest amounts under a price limit in the chain vectors. `exact` is compared to the last
 * unit; `upstream_expected` within the precision that the group states (a part of the value).
 */
import { EVEN_WEIGHT, type Reserves } from "../../sim/bittensor/pools/balancer.ts";
import {
  type LargestAmount,
  largestMoveBetweenPools,
  largestMoveIntoPool,
  largestStableAdd,
  largestStableRemove,
  largestSwap,
} from "../../sim/bittensor/pools/limits.ts";
import { DEFAULT_FEE_RATE_U16 } from "../../sim/bittensor/pools/swap.ts";
import { differs, type RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

/** The test runtime of these tables has a lower minimum than the chain. */
const testRules = { feeRateU16: DEFAULT_FEE_RATE_U16, minimumReserveRao: 100n };

const evenPool = (tao: string | bigint, alphaIn: string | bigint): Reserves => ({
  taoRao: BigInt(tao),
  alphaInRao: BigInt(alphaIn),
  quoteWeight: EVEN_WEIGHT,
});

const largest = (pool: Reserves, side: "buy" | "sell", limitPriceRao: bigint): LargestAmount =>
  largestSwap(pool, { side, limitPriceRao, ...testRules });

const asRecord = (result: LargestAmount) =>
  "refusal" in result ? { error: result.refusal } : result.amountRao;

/** `expectedPart`: upstream asserts the expected value within this part of it, at least 1. */
const swapTable =
  (side: "buy" | "sell", expectedPart: number): RecordCheck =>
  (record) => {
    const pool = evenPool(record.tao_reserve, record.alpha_reserve);
    const got = asRecord(largest(pool, side, BigInt(record.limit_price_rao)));
    const exact = differs("exact", record.exact, got);
    if (exact || typeof got === "object") return exact;
    const expected = Number(record.upstream_expected);
    return farFrom("upstream_expected", expected, got, Math.max(1, expected / expectedPart));
  };

const moveTable: RecordCheck = (record) =>
  differs(
    "exact",
    record.exact,
    largestMoveBetweenPools(
      evenPool(record.tao_1, record.alpha_1),
      evenPool(record.tao_2, record.alpha_2),
      BigInt(record.limit_price_rao),
    ),
  );

const stable =
  (rule: (limitPriceRao: bigint) => bigint): RecordCheck =>
  ({ limit_price_rao, result }) =>
    differs("result", result, rule(BigInt(limit_price_rao)));

/** Records that state a result with a tolerance, a lower bound, or an error. */
const looseResult =
  (run: (limitPriceRao: bigint) => LargestAmount): RecordCheck =>
  (record) => {
    const got = run(BigInt(record.limit_price_rao));
    if ("refusal" in got) return differs("error", record.error, got.refusal);
    if (record.error) return `error: wanted ${record.error}, got ${got.amountRao}`;
    if ("result_gt" in record) {
      return got.amountRao > BigInt(record.result_gt)
        ? null
        : `wanted more than ${record.result_gt}`;
    }
    return farFrom("result", record.result, got.amountRao, Number(record.tolerance ?? 0));
  };

const intoPool = evenPool(50_000_000_000n, 100_000_000_000n);
const outOfPool = evenPool(150_000_000_000n, 100_000_000_000n);

export const swapLimitChecks: Readonly<Record<string, RecordCheck>> = {
  "get_max_amount_add(netuid, limit) dynamic, fee 33/65535, weights 0.5": swapTable("buy", 10_000),
  "get_max_amount_remove dynamic": swapTable("sell", 100),
  "get_max_amount_move dynamic->dynamic": moveTable,
  "get_max_amount_add root/stable": stable(largestStableAdd),
  "get_max_amount_remove root/stable": stable(largestStableRemove),
  "get_max_amount_move root/stable<->root/stable": stable(largestStableRemove),
  "get_max_amount_move stable->dynamic (tao 50e9, alpha 100e9)": looseResult((limitPriceRao) =>
    largestMoveIntoPool(intoPool, { limitPriceRao, ...testRules }),
  ),
  "get_max_amount_move dynamic->stable (tao 150e9, alpha 100e9)": looseResult((limit) =>
    largest(outOfPool, "sell", limit),
  ),
};
