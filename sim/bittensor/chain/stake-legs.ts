/**
 * The two halves of every staking operation: stake that becomes TAO, and TAO that becomes stake.
 * Root is the subnet where both are the same. Source: spec/token-economics.md section 5.2.
 */
import type { Quote } from "../staking/stake-rules.ts";
import type { PoolDesk, SwapResult, SwapTerms } from "./pool-desk.ts";
import type { RootFund } from "./root-fund.ts";
import type { StakeBook } from "./stake-book.ts";
import { poolOf, type TaoLedger, walletOf } from "./tao-ledger.ts";

export interface StakePlace {
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly desk: PoolDesk;
  readonly fund: RootFund;
}

/** A coldkey's position. */
export interface StakePosition {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
}

const atPar = (amountRao: bigint): SwapResult => ({
  ok: true,
  receivedRao: amountRao,
  feeRao: 0n,
  paidRao: amountRao,
});

export class StakeLegs {
  constructor(private readonly place: StakePlace) {}

  /** Sells a position's alpha; the TAO is in the wallet. The caller has checked that it is there. */
  leave({ coldkey, hotkey, netuid }: StakePosition, alphaRao: bigint, terms: SwapTerms = {}) {
    const { ledger, book, desk, fund } = this.place;
    if (netuid === 0) {
      fund.flush();
      book.withdraw(hotkey, coldkey, 0, alphaRao);
      fund.rootStakeChanged(coldkey, -alphaRao);
      ledger.move(poolOf(0), walletOf(coldkey), alphaRao, "unstake");
      return atPar(alphaRao);
    }
    const sold = desk.sell(netuid, coldkey, alphaRao, "unstake", terms);
    if (sold.ok) book.withdraw(hotkey, coldkey, netuid, sold.paidRao);
    return sold;
  }

  /** Buys alpha for a position with the wallet's TAO. */
  enter({ coldkey, hotkey, netuid }: StakePosition, taoRao: bigint, terms: SwapTerms = {}) {
    const { ledger, book, desk, fund } = this.place;
    if (netuid === 0) {
      fund.flush();
      ledger.move(walletOf(coldkey), poolOf(0), taoRao, "stake");
      book.deposit(hotkey, coldkey, 0, taoRao);
      fund.rootStakeChanged(coldkey, taoRao);
      return atPar(taoRao);
    }
    const bought = desk.buy(netuid, coldkey, taoRao, terms);
    if (bought.ok) book.deposit(hotkey, coldkey, netuid, bought.receivedRao);
    return bought;
  }

  /** Stake that changes hotkey or coldkey and stays on its subnet. */
  reassign(from: StakePosition, to: StakePosition, alphaRao: bigint): void {
    const { book, fund } = this.place;
    if (from.netuid === 0) fund.flush();
    book.withdraw(from.hotkey, from.coldkey, from.netuid, alphaRao);
    book.deposit(to.hotkey, to.coldkey, to.netuid, alphaRao);
    if (from.netuid !== 0 || from.coldkey === to.coldkey) return;
    fund.rootStakeChanged(from.coldkey, -alphaRao);
    fund.rootStakeChanged(to.coldkey, alphaRao);
  }

  /** What a sale without fee would bring; null where the pool has nothing for it. */
  quoteSale(netuid: number, alphaRao: bigint): Quote | null {
    const paidOutRao = netuid === 0 ? alphaRao : this.place.desk.quoteSaleRao(netuid, alphaRao);
    return alphaRao > 0n && paidOutRao === 0n
      ? null
      : { paidInRao: alphaRao, paidOutRao, feeRao: 0n };
  }
}
