/** The fee of a transaction: recycled since spec 445, the block author's before. */
import type { ChainParameters } from "./parameters.ts";
import { BLOCK_AUTHOR } from "./pool-desk.ts";
import { ISSUANCE, type TaoLedger, walletOf } from "./tao-ledger.ts";

export type FeeTerms = Pick<ChainParameters, "transactionFeeRao" | "transactionFeesRecycled">;

/** A wallet that has too little pays what it has. */
export function payTransactionFee(ledger: TaoLedger, coldkey: string, terms: FeeTerms): void {
  const balance = ledger.balanceRao(coldkey);
  const fee = terms.transactionFeeRao;
  const taker = terms.transactionFeesRecycled ? ISSUANCE : walletOf(BLOCK_AUTHOR);
  ledger.move(walletOf(coldkey), taker, balance < fee ? balance : fee, "transaction_fee");
}
