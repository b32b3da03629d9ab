/** Whole swaps and fees of the weighted pool in the chain vectors. */
import {
  HIGHEST_PRICE_LIMIT_RAO,
  isRefused,
  LOWEST_PRICE_LIMIT_RAO,
  quoteSwap,
  swapFeeRao,
} from "../../sim/bittensor/pools/swap.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

const swap: RecordCheck = (record) => {
  const unlimited = record.side === "buy" ? HIGHEST_PRICE_LIMIT_RAO : LOWEST_PRICE_LIMIT_RAO;
  const outcome = quoteSwap(
    {
      quoteWeight: BigInt(record.w_quote),
      alphaInRao: BigInt(record.alpha_reserve),
      taoRao: BigInt(record.tao_reserve),
    },
    {
      side: record.side,
      amountRao: BigInt(record.amount),
      limitPriceRao: record.limit_price_rao === null ? unlimited : BigInt(record.limit_price_rao),
      feeRateU16: record.drop_fees ? 0 : record.fee_rate_u16,
    },
  );
  if (isRefused(outcome)) return differs("error", record.error ?? null, outcome.refusal);
  return firstDifference(
    ["paid_in_net_of_fee", record.paid_in_net_of_fee, outcome.paidInRao],
    ["paid_out", record.paid_out, outcome.paidOutRao],
    ["fee", record.fee, outcome.feeRao],
    ["hit_limit", record.hit_limit, outcome.hitLimit],
  );
};

export const swapChecks: Readonly<Record<string, RecordCheck>> = {
  "swap(order, amount, limit, fee)": swap,
  "fee(rate_u16, amount)": ({ rate, amount, fee }) =>
    differs("fee", fee, swapFeeRao(BigInt(amount), rate)),
};
