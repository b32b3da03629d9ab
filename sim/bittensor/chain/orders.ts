/**
 * Staking extrinsics: each checks what the chain checks, in its order, and answers with the chain's
 * own error name or does the whole thing. Source: spec/token-economics.md sections 5.2 and 5.3.
 */
import type { Outcome } from "../../agent.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { ChainError } from "../errors.ts";
import type { ChainState } from "../state.ts";
import type {
  AddStake,
  BittensorAction,
  ClaimRoot,
  MoveStake,
  RemoveStake,
  SwapStake,
} from "./actions.ts";
import type { PoolDesk } from "./pool-desk.ts";
import type { Registry } from "./registry.ts";
import type { RootFund } from "./root-fund.ts";
import type { StakeBook } from "./stake-book.ts";
import { poolOf, type TaoLedger, walletOf } from "./tao-ledger.ts";
import { type FeeTerms, payTransactionFee } from "./transaction-fee.ts";

/** Stake operations move at least this much TAO. */
const MIN_STAKE_RAO = 2_000_000n;
/** A wallet that pays keeps this. */
const EXISTENTIAL_DEPOSIT_RAO = 500n;

/** What is not an order goes elsewhere. */
export type StakeAction = Exclude<
  BittensorAction,
  { kind: "set_weights" | "register_network" | "start_call" }
>;

const refused = (reason: ChainError): Outcome => ({ applied: false, reason });

export interface OrderDeskParts {
  readonly state: ChainState;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly desk: PoolDesk;
  readonly fund: RootFund;
  readonly registry: Registry;
  readonly feeTerms: () => FeeTerms;
}

export class OrderDesk {
  constructor(private readonly parts: OrderDeskParts) {}

  /** Applies one action of a coldkey. */
  execute(coldkey: string, action: StakeAction): Outcome {
    switch (action.kind) {
      case "add_stake":
        return this.addStake(coldkey, action);
      case "remove_stake":
        return this.removeStake(coldkey, action);
      case "swap_stake":
        return this.swapStake(coldkey, action);
      case "move_stake":
        return this.moveStake(coldkey, action);
      case "claim_root":
        return this.claimRoot(coldkey, action);
    }
  }

  private addStake(coldkey: string, action: AddStake): Outcome {
    const { netuid, hotkey, amountRao } = action;
    const { ledger, book, desk } = this.parts;
    const fault = this.subnetFault(netuid) ?? this.hotkeyFault(hotkey);
    if (fault) return refused(fault);
    if (amountRao < MIN_STAKE_RAO) return refused("AmountTooLow");
    const needed = amountRao + this.parts.feeTerms().transactionFeeRao + EXISTENTIAL_DEPOSIT_RAO;
    if (ledger.balanceRao(coldkey) < needed) return refused("NotEnoughBalanceToStake");
    if (netuid === 0) {
      this.payFee(coldkey);
      this.stakeOnRoot(coldkey, hotkey, amountRao);
      return { applied: true, receivedRao: amountRao, feeRao: 0n };
    }
    if (!book.depositCounts(hotkey, netuid, amountRao)) return refused("InsufficientLiquidity");
    this.payFee(coldkey);
    const bought = desk.buy(netuid, coldkey, amountRao, action);
    if (!bought.ok) return refused(bought.reason);
    book.deposit(hotkey, coldkey, netuid, bought.receivedRao);
    return { applied: true, receivedRao: bought.receivedRao, feeRao: bought.feeRao };
  }

  private removeStake(coldkey: string, action: RemoveStake): Outcome {
    const { netuid, hotkey, amountRao } = action;
    const { ledger, book, desk } = this.parts;
    const fault = this.stakeFault(coldkey, hotkey, netuid, amountRao);
    if (fault) return refused(fault);
    if (netuid === 0) {
      this.unstakeFromRoot(coldkey, hotkey, amountRao);
      this.payFee(coldkey);
      return { applied: true, receivedRao: amountRao, feeRao: 0n };
    }
    const whole = amountRao === book.stakeRao(hotkey, coldkey, netuid);
    if (!whole && desk.quoteSaleRao(netuid, amountRao) < MIN_STAKE_RAO)
      return refused("AmountTooLow");
    const sold = desk.sell(netuid, coldkey, amountRao, "unstake", action);
    if (!sold.ok) return refused(sold.reason);
    book.withdraw(hotkey, coldkey, netuid, sold.paidRao);
    // Who has no other TAO pays the transaction out of the sale.
    if (ledger.balanceRao(coldkey) >= this.parts.feeTerms().transactionFeeRao) this.payFee(coldkey);
    return { applied: true, receivedRao: sold.receivedRao, feeRao: sold.feeRao };
  }

  private swapStake(coldkey: string, action: SwapStake): Outcome {
    const { netuid, toNetuid, hotkey, amountRao } = action;
    if (netuid === toNetuid) return refused("SameNetuid");
    const fault = this.subnetFault(toNetuid) ?? this.stakeFault(coldkey, hotkey, netuid, amountRao);
    if (fault) return refused(fault);
    const { book, desk } = this.parts;
    if (desk.quoteSaleRao(netuid, amountRao) < MIN_STAKE_RAO && netuid !== 0) {
      return refused("AmountTooLow");
    }
    let taoRao = amountRao;
    let feeRao = 0n;
    if (netuid === 0) {
      this.unstakeFromRoot(coldkey, hotkey, amountRao);
    } else {
      const sold = desk.sell(netuid, coldkey, amountRao, "unstake");
      if (!sold.ok) return refused(sold.reason);
      book.withdraw(hotkey, coldkey, netuid, amountRao);
      taoRao = sold.receivedRao;
      feeRao = sold.feeRao;
    }
    if (toNetuid === 0) {
      this.stakeOnRoot(coldkey, hotkey, taoRao);
      this.payFee(coldkey);
      return { applied: true, receivedRao: taoRao, feeRao };
    }
    // The fee is paid once: on the sale, or on the purchase when the origin is root.
    const bought = desk.buy(toNetuid, coldkey, taoRao, { free: netuid !== 0 });
    this.payFee(coldkey);
    // A refused purchase leaves the TAO in the wallet, as the chain leaves proceeds too small to stake.
    if (!bought.ok) return { applied: true, receivedRao: 0n, feeRao };
    book.deposit(hotkey, coldkey, toNetuid, bought.receivedRao);
    return {
      applied: true,
      receivedRao: bought.receivedRao,
      feeRao: netuid === 0 ? bought.feeRao : feeRao,
    };
  }

  private moveStake(coldkey: string, action: MoveStake): Outcome {
    const { netuid, hotkey, toHotkey, amountRao } = action;
    const { book, desk, fund } = this.parts;
    if (hotkey === toHotkey) return refused("SameNetuid");
    const fault = this.hotkeyFault(toHotkey) ?? this.stakeFault(coldkey, hotkey, netuid, amountRao);
    if (fault) return refused(fault);
    const taoRao = netuid === 0 ? amountRao : desk.quoteSaleRao(netuid, amountRao);
    if (taoRao < MIN_STAKE_RAO) return refused("AmountTooLow");
    if (netuid === 0) fund.flush();
    book.withdraw(hotkey, coldkey, netuid, amountRao);
    book.deposit(toHotkey, coldkey, netuid, amountRao);
    this.payFee(coldkey);
    return { applied: true, receivedRao: amountRao, feeRao: 0n };
  }

  private claimRoot(coldkey: string, { share }: ClaimRoot): Outcome {
    if (!(share > 0 && share <= 1)) return refused("InvalidValue");
    const { fund, book } = this.parts;
    const receivedRao = fund.claim(coldkey, share);
    const first = [...book.holdingsOf(coldkey)].find(({ netuid }) => netuid === 0);
    if (first && receivedRao > 0n) this.stakeOnRoot(coldkey, first.hotkey, receivedRao);
    this.payFee(coldkey);
    return { applied: true, receivedRao, feeRao: 0n };
  }

  private stakeOnRoot(coldkey: string, hotkey: string, amountRao: bigint): void {
    const { ledger, book, fund } = this.parts;
    fund.flush();
    ledger.move(walletOf(coldkey), poolOf(0), amountRao, "stake");
    book.deposit(hotkey, coldkey, 0, amountRao);
    fund.rootStakeChanged(coldkey, amountRao);
  }

  private unstakeFromRoot(coldkey: string, hotkey: string, amountRao: bigint): void {
    const { ledger, book, fund } = this.parts;
    fund.flush();
    book.withdraw(hotkey, coldkey, 0, amountRao);
    fund.rootStakeChanged(coldkey, -amountRao);
    ledger.move(poolOf(0), walletOf(coldkey), amountRao, "unstake");
  }

  private payFee(coldkey: string): void {
    payTransactionFee(this.parts.ledger, coldkey, this.parts.feeTerms());
  }

  private subnetFault(netuid: number): ChainError | null {
    if (netuid === 0) return null;
    const flags = Number(this.parts.state.subnet.flags[netuid] ?? 0n);
    if (!(flags & layout.FLAG_EXISTS)) return "SubnetNotExists";
    return flags & layout.FLAG_SUBTOKEN_ENABLED ? null : "SubtokenDisabled";
  }

  private hotkeyFault(hotkey: string): ChainError | null {
    return this.parts.registry.hasHotkey(hotkey) ? null : "HotKeyAccountNotExists";
  }

  private stakeFault(
    coldkey: string,
    hotkey: string,
    netuid: number,
    amountRao: bigint,
  ): ChainError | null {
    const fault = this.subnetFault(netuid) ?? this.hotkeyFault(hotkey);
    if (fault) return fault;
    if (amountRao <= 0n) return "AmountTooLow";
    const held = this.parts.book.stakeRao(hotkey, coldkey, netuid);
    return held < amountRao ? "NotEnoughStakeToWithdraw" : null;
  }
}
