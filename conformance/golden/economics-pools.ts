/** Checks of the pool groups of golden/economics. */
import {
  alphaNeededForTao,
  alphaToReachPrice,
  balancerPriceBits,
  buyExponentBits,
  sellExponentBits,
  taoToReachPrice,
  weightForInjection,
} from "../../sim/bittensor/pools/balancer.ts";
import { isRefused, quoteSwap } from "../../sim/bittensor/pools/swap.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

const balancer: RecordCheck = (record) => {
  const pool = {
    quoteWeight: BigInt(record.quote_weight),
    alphaInRao: BigInt(record.x),
    taoRao: BigInt(record.y),
  };
  const [dx, dy] = [BigInt(record.dx), BigInt(record.dy)];
  const price = balancerPriceBits(pool);
  const weight = weightForInjection(pool, dy, dx);
  return firstDifference(
    ["price_u64f64", record.price_u64f64, price],
    ["exp_base_quote_u64f64", record.exp_base_quote_u64f64, sellExponentBits(pool, dx)],
    ["exp_quote_base_u64f64", record.exp_quote_base_u64f64, buyExponentBits(pool, dy)],
    [
      "quote_delta_in",
      record.quote_delta_in,
      taoToReachPrice(pool, price, BigInt(record.target_up_u64f64)),
    ],
    [
      "base_delta_in",
      record.base_delta_in,
      alphaToReachPrice(pool, price, BigInt(record.target_down_u64f64)),
    ],
    [
      "base_needed_for_quote",
      record.base_needed_for_quote,
      alphaNeededForTao(pool, BigInt(record.delta_tao)),
    ],
    ["update_ok", record.update_ok, weight !== null],
    ["updated_quote_weight", record.updated_quote_weight, weight ?? pool.quoteWeight],
  );
};

const swap: RecordCheck = (record) => {
  const pool = {
    quoteWeight: BigInt(record.quote_weight),
    alphaInRao: BigInt(record.alpha_reserve),
    taoRao: BigInt(record.tao_reserve),
  };
  const outcome = quoteSwap(pool, {
    side: record.side,
    amountRao: BigInt(record.amount),
    limitPriceRao: BigInt(record.price_limit),
    feeRateU16: record.drop_fees ? 0 : record.fee_rate_u16,
  });
  const price = differs("price_before", record.price_before_u64f64, balancerPriceBits(pool));
  if (price) return price;
  if (isRefused(outcome)) return differs("error", record.error, outcome.refusal);
  return firstDifference(
    ["error", record.error, null],
    ["amount_paid_in", record.amount_paid_in, outcome.paidInRao],
    ["amount_paid_out", record.amount_paid_out, outcome.paidOutRao],
    ["fee_paid", record.fee_paid, outcome.feeRao],
    ["fee_to_block_author", record.fee_to_block_author, outcome.feeRao],
  );
};

export const economicsPoolChecks: Readonly<Record<string, RecordCheck>> = { balancer, swap };
