/**
 * TAO, double-entry. Wallets are holdings of the ledger. The pools' reserves (netuid 0 is root)
 * live in the chain's state, where the kernel works on them, and TAO enters and leaves by issuance:
 * both are boundaries of the ledger, kept in step with the state here. So TotalIssuance always
 * equals wallets plus pools: the kernel checks the sums every block, `check` adds the wallets up.
 * Source: spec/token-economics.md sections 1.2 and 1.4.
 */

import { type AccountId, ConservationError, type Flow, Ledger } from "../../ledger/ledger.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { ChainState } from "../state.ts";

export type TaoAccount =
  | { readonly kind: "wallet"; readonly coldkey: string }
  | { readonly kind: "pool"; readonly netuid: number }
  | { readonly kind: "issuance" };

export const walletOf = (coldkey: string): TaoAccount => ({ kind: "wallet", coldkey });
export const poolOf = (netuid: number): TaoAccount => ({ kind: "pool", netuid });
export const ISSUANCE: TaoAccount = { kind: "issuance" };

/** Why TAO moves. `genesis` is the state that a run starts from. */
export type TaoReason =
  | "genesis"
  | "stake"
  | "unstake"
  | "swap_fee"
  | "transaction_fee"
  | "root_claim"
  | "transfer"
  | "key_swap"
  | "subnet_lock"
  | "dissolution"
  | "owner_refund"
  | "registration";

const ASSET = "TAO";

export class TaoLedger {
  private readonly ledger = new Ledger();

  constructor(private readonly state: ChainState) {}

  balanceRao(coldkey: string): bigint {
    return this.ledger.balance(this.account(walletOf(coldkey)));
  }

  /** Throws LedgerError where the giving wallet does not hold the amount. */
  move(from: TaoAccount, to: TaoAccount, amountRao: bigint, reason: TaoReason): void {
    if (amountRao === 0n) return;
    this.ledger.move(this.account(from), this.account(to), amountRao, reason);
    this.mirror(from, -amountRao);
    this.mirror(to, amountRao);
  }

  /** TAO moved under each reason since the last call. */
  takeFlows(): Flow[] {
    return this.ledger.takeFlows();
  }

  /** Adds all wallets up anew. Throws ConservationError where they differ from the running sum. */
  check(): void {
    this.ledger.check();
    const free = this.ledger.held(ASSET);
    const running = this.state.globals[layout.FREE_TAO_RAO];
    if (free !== running) {
      throw new ConservationError(
        ASSET,
        `wallets hold ${free}, the sum says ${running}`,
        free - running,
      );
    }
  }

  private account(account: TaoAccount): AccountId {
    if (account.kind === "wallet") return this.ledger.holding(ASSET, `wallet/${account.coldkey}`);
    const name = account.kind === "pool" ? `pool/${account.netuid}` : "issuance";
    return this.ledger.boundary(ASSET, name);
  }

  private mirror(account: TaoAccount, deltaRao: bigint): void {
    const { globals, subnet } = this.state;
    if (account.kind === "wallet") {
      globals[layout.FREE_TAO_RAO] += deltaRao;
    } else if (account.kind === "pool") {
      const reserve = subnet.taoReserveRao[account.netuid] + deltaRao;
      if (reserve < 0n) {
        throw new ConservationError(ASSET, `pool ${account.netuid} is overdrawn`, reserve);
      }
      subnet.taoReserveRao[account.netuid] = reserve;
    } else {
      // Issuance gives what is minted and takes back what is recycled.
      globals[layout.TOTAL_ISSUANCE_RAO] -= deltaRao;
      if (deltaRao < 0n) globals[layout.MINTED_RAO] -= deltaRao;
      else globals[layout.RECYCLED_RAO] += deltaRao;
    }
  }
}
