/** recycle_alpha and burn_alpha (spec/token-economics.md section 5.2). */
import type { Outcome } from "../../agent.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { ChainError } from "../errors.ts";
import type { ChainState } from "../state.ts";
import type { GiveUpAlpha } from "./actions.ts";
import { collateralRao } from "./bound-stake.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { EpochDesk } from "./epoch-desk.ts";
import type { LockDesk } from "./locks/lock-desk.ts";
import type { Registry } from "./registry.ts";
import type { StakeBook } from "./stake-book.ts";

export interface GiveUpPlace {
  readonly state: ChainState;
  readonly book: StakeBook;
  readonly registry: Registry;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly locks: LockDesk;
  readonly epochs: EpochDesk;
}

export class GiveUpDesk {
  constructor(private readonly place: GiveUpPlace) {}

  giveUp(coldkey: string, { kind, netuid, hotkey, amountRao }: GiveUpAlpha): Outcome {
    const { book, epochs } = this.place;
    const reason = this.refusal(coldkey, netuid, hotkey, amountRao);
    if (reason) return { applied: false, reason };
    book.withdraw(hotkey, coldkey, netuid, amountRao);
    if (kind === "recycle_alpha") epochs.recycle(netuid, amountRao);
    else epochs.burn(netuid, amountRao);
    return { applied: true, feeRao: 0n };
  }

  private refusal(
    coldkey: string,
    netuid: number,
    hotkey: string,
    amountRao: bigint,
  ): ChainError | null {
    const { state, book, registry, locks } = this.place;
    if (netuid === 0) return "CannotBurnOrRecycleOnRootSubnet";
    const exists = Number(state.subnet.flags[netuid] ?? 0n) & layout.FLAG_EXISTS;
    if (!exists) return "SubnetNotExists";
    if (!registry.hasHotkey(hotkey)) return "HotKeyAccountNotExists";
    if (amountRao <= 0n) return "AmountTooLow";
    const stakeRao = book.stakeRao(hotkey, coldkey, netuid);
    if (amountRao > stakeRao) return "NotEnoughStakeToWithdraw";
    if (amountRao > state.subnet.alphaOutRao[netuid]) return "InsufficientLiquidity";
    const boundRao = collateralRao(this.place, { coldkey, hotkey, netuid });
    const isHeld = amountRao > locks.availableRao(coldkey, netuid);
    return isHeld || amountRao + boundRao > stakeRao ? "StakeUnavailable" : null;
  }
}
