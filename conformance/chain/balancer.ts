/** The weighted pool's power, price, exponents and weights in the chain vectors. */

import { PERQUINTILL } from "../../sim/amounts.ts";
import {
  alphaNeededForTao,
  alphaToReachPrice,
  balancerPriceBits,
  exponentBits,
  mulPerquintillRound,
  type Reserves,
  sellExponentBits,
  taoForAlpha,
  taoToReachPrice,
  weightForInjection,
  weightForPrice,
  weightIsValid,
} from "../../sim/bittensor/pools/balancer.ts";
import { powRatioScaled } from "../../sim/bittensor/pools/big-power.ts";
import { toFloat, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

const pool = (quoteWeight: string, alphaIn: string, tao: string): Reserves => ({
  quoteWeight: BigInt(quoteWeight),
  alphaInRao: BigInt(alphaIn),
  taoRao: BigInt(tao),
});

const exponentGrid: RecordCheck = (record) => {
  const reserves = pool(record.w_quote, record.x, record.y);
  const dx = BigInt(record.dx);
  // The grid raises the alpha reserve to either exponent; the mirrored pool swaps the weights.
  const mirrored = { ...reserves, quoteWeight: PERQUINTILL - reserves.quoteWeight };
  return firstDifference(
    ["exp_base_quote_bits", record.exp_base_quote_bits, sellExponentBits(reserves, dx)],
    ["exp_quote_base_bits", record.exp_quote_base_bits, sellExponentBits(mirrored, dx)],
    ["dy_base_quote", record.dy_base_quote, taoForAlpha(reserves, dx)],
    ["dy_quote_base", record.dy_quote_base, taoForAlpha(mirrored, dx)],
  );
};

const scaledExponent: RecordCheck = (record) => {
  const quote = BigInt(record.w_quote);
  const base = PERQUINTILL - quote;
  const [numerator, denominator] = record.base_quote ? [base, quote] : [quote, base];
  const bits = exponentBits(BigInt(record.reserve), BigInt(record.delta), numerator, denominator);
  return (
    differs("exact_u64f64_bits", record.exact_u64f64_bits, bits) ??
    farFrom("expected", record.expected, toFloat(U64F64, bits), 1e-9)
  );
};

const priceTarget: RecordCheck = (record) => {
  const reserve = record.reserve;
  const reserves = pool(record.w_quote, reserve, reserve);
  const move = record.kind === "quote" ? taoToReachPrice : alphaToReachPrice;
  const got = move(reserves, BigInt(record.current_bits), BigInt(record.target_bits));
  return differs("result", record.result, got);
};

const injection: RecordCheck = (record) => {
  const before = pool(record.w_quote_before, record.alpha_reserve, record.tao_reserve);
  const tao = BigInt(record.tao_delta);
  const alpha = BigInt(record.alpha_delta);
  const weight = weightForInjection(before, tao, alpha);
  const after =
    weight === null
      ? before
      : {
          alphaInRao: before.alphaInRao + alpha,
          taoRao: before.taoRao + tao,
          quoteWeight: weight,
        };
  return firstDifference(
    ["accepted", record.accepted, weight !== null],
    ["w_quote_after", record.w_quote_after, weight],
    ["price_before_bits", record.price_before_bits, balancerPriceBits(before)],
    ["price_after_bits", record.price_after_bits, balancerPriceBits(after)],
  );
};

const initialWeight: RecordCheck = (record) => {
  const weight = weightForPrice(
    BigInt(record.price_bits),
    BigInt(record.alpha_reserve),
    BigInt(record.tao_reserve),
  );
  const accepted = differs("accepted", record.accepted, weight.accepted);
  return accepted ?? differs("w_quote", record.w_quote, weight.quoteWeight);
};

export const balancerChecks: Readonly<Record<string, RecordCheck>> = {
  pow_ratio_scaled: (record) =>
    differs(
      "result",
      record.result,
      powRatioScaled(
        BigInt(record.base_num),
        BigInt(record.base_den),
        BigInt(record.exp_num),
        BigInt(record.exp_den),
        record.precision,
        BigInt(record.scale),
      ),
    ),
  "exp_scaled(reserve,delta,base_quote)": scaledExponent,
  "exp_base_quote/exp_quote_base grid": exponentGrid,
  "calculate_price(x,y)": ({ w_quote, x, y, price_bits }) =>
    differs("price_bits", price_bits, balancerPriceBits(pool(w_quote, x, y))),
  "calculate_quote_delta_in/base_delta_in": priceTarget,
  get_base_needed_for_quote: (record) =>
    differs(
      "alpha_needed",
      record.alpha_needed,
      alphaNeededForTao(
        pool(record.w_quote, record.alpha_reserve, record.tao_reserve),
        BigInt(record.tao_delta),
      ),
    ),
  "mul_perquintill_round(p,v)": ({ p, value, result }) =>
    differs("result", result, mulPerquintillRound(BigInt(p), BigInt(value))),
  update_weights_for_added_liquidity: injection,
  "initial weights from price (maybe_initialize_palswap)": initialWeight,
  constraints: ({ w_quote, valid }) => differs("valid", valid, weightIsValid(BigInt(w_quote))),
};
