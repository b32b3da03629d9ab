/**
 * Swaps that the runtime simulated on two concentrated pools at block 7,000,020.
 * Source: spec/measured-chain.md section 3.
 */
import { type CellType, countCell, wholeCell } from "../../scenarios/csv.ts";
import { buyFromPosition, sellToPosition } from "../../sim/bittensor/pools/concentrated.ts";
import { DEFAULT_FEE_RATE_U16, swapFeeRao } from "../../sim/bittensor/pools/swap.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { readFacts } from "./facts.ts";

const MAX_U64 = (1n << 64n) - 1n;

const sideCell: CellType<"buy" | "sell"> = {
  expected: "buy or sell",
  read: (text) => (text === "buy" || text === "sell" ? text : undefined),
};

export function swapQuoteChecks(): RealityCheck[] {
  const rows = readFacts("finney-swap-quotes", "quotes.csv", {
    netuid: countCell(1, 65_535),
    side: sideCell,
    amount_rao: wholeCell(MAX_U64),
    sqrt_price_bits: wholeCell((1n << 128n) - 1n),
    liquidity_rao: wholeCell(MAX_U64),
    received_rao: wholeCell(MAX_U64),
    fee_rao: wholeCell(MAX_U64),
  });
  return rows.flatMap((row) => {
    const position = { sqrtPriceBits: row.sqrt_price_bits, liquidityRao: row.liquidity_rao };
    const fee = swapFeeRao(row.amount_rao, DEFAULT_FEE_RATE_U16);
    const swap = row.side === "buy" ? buyFromPosition : sellToPosition;
    const received = swap(position, row.amount_rao - fee).paidOutRao;
    const name = `SN${row.netuid} ${row.side} of ${Number(row.amount_rao) / 1e9}`;
    const wanted = Number(row.received_rao);
    return [
      realityCheck(`${name}: rao received`, wanted, Number(received), wanted * 1e-8),
      realityCheck(`${name}: fee in rao`, Number(row.fee_rao), Number(fee), 0),
    ];
  });
}
