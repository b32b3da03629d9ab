/**
 * Stake that moves: to another hotkey (move_stake), to another coldkey (transfer_stake), to another
 * subnet (swap_stake), or to several of these at once. Across subnets it is sold and bought again
 * with one fee; within a subnet it changes hands, and a lock goes along where the unlocked part
 * does not suffice. Source: spec/token-economics.md section 5.2, spec/recent-rules.md section 3.2.
 */
import type { Outcome } from "../../agent.ts";
import { U64_MAX } from "../../fixed/fixed-point.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { refused } from "../errors.ts";
import {
  type StakePlace as Checked,
  checkMoveStake,
  STAKE_MINIMUMS_437,
  STAKE_MINIMUMS_JUNE_2026,
  type StakeMinimums,
} from "../staking/stake-rules.ts";
import type { ChainState } from "../state.ts";
import type { MoveStake, PriceLimit, SwapStake, TransferStake } from "./actions.ts";
import { collateralRao } from "./bound-stake.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { LockDesk } from "./locks/lock-desk.ts";
import type { PoolDesk } from "./pool-desk.ts";
import type { Registry } from "./registry.ts";
import type { StakeBook } from "./stake-book.ts";
import type { StakeLegs, StakePosition } from "./stake-legs.ts";
import { type TaoLedger, walletOf } from "./tao-ledger.ts";

/** Spec 437's minimums are live by spec 440. */
const MINIMUMS_437_FROM_BLOCK = 8_713_794;

export const stakeMinimumsAt = (block: number): StakeMinimums =>
  block >= MINIMUMS_437_FROM_BLOCK ? STAKE_MINIMUMS_437 : STAKE_MINIMUMS_JUNE_2026;

export interface MovePlace {
  readonly state: ChainState;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly desk: PoolDesk;
  readonly registry: Registry;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly locks: LockDesk;
}

export class StakeMoves {
  constructor(
    private readonly place: MovePlace,
    private readonly legs: StakeLegs,
  ) {}

  move(coldkey: string, action: MoveStake): Outcome {
    const { netuid, hotkey, toHotkey, amountRao } = action;
    const to = { coldkey, hotkey: toHotkey, netuid: action.toNetuid ?? netuid };
    return this.shift({ coldkey, hotkey, netuid }, to, amountRao, action);
  }

  swap(coldkey: string, action: SwapStake): Outcome {
    const { netuid, hotkey, toNetuid, amountRao } = action;
    if (netuid === toNetuid) return refused("SameNetuid");
    const from = { coldkey, hotkey, netuid };
    return this.shift(from, { ...from, netuid: toNetuid }, amountRao, action);
  }

  transfer(coldkey: string, action: TransferStake): Outcome {
    const { netuid, hotkey, toColdkey, amountRao } = action;
    const to = { coldkey: toColdkey, hotkey, netuid: action.toNetuid ?? netuid };
    return this.shift({ coldkey, hotkey, netuid }, to, amountRao, {});
  }

  /** sudo_set_toggle_transfer. */
  allowTransfers(coldkey: string, netuid: number, allowed: boolean): Outcome {
    const subnet = this.place.registry.subnet(netuid);
    if (!subnet) return refused("SubnetNotExists");
    if (subnet.owner.coldkey !== coldkey) return refused("NotSubnetOwner");
    subnet.transfersForbidden = !allowed;
    return { applied: true, feeRao: 0n };
  }

  private shift(
    from: StakePosition,
    to: StakePosition,
    wantedRao: bigint,
    limit: PriceLimit,
  ): Outcome {
    const { book, locks, state } = this.place;
    const stakeRao = book.stakeRao(from.hotkey, from.coldkey, from.netuid);
    const amountRao = wantedRao === U64_MAX ? stakeRao : wantedRao;
    const minimums = stakeMinimumsAt(Number(state.globals[layout.BLOCK]));
    const checked = checkMoveStake(
      {
        from: this.checked(from),
        to: this.checked(to),
        amountRao,
        stakeRao,
        availableRao: locks.availableRao(from.coldkey, from.netuid),
        collateralRao: collateralRao(this.place, from),
        maxAmountRao: this.largest(from.netuid, to.netuid, limit.limitPriceRao),
        allowPartial: limit.limitPriceRao === undefined ? null : (limit.allowPartial ?? false),
        quoteSell: (rao) => this.legs.quoteSale(from.netuid, rao),
      },
      minimums,
    );
    if (typeof checked === "string") return refused(checked);
    if (checked <= 0n) return refused("AmountTooLow");
    return from.netuid === to.netuid
      ? this.within(from, to, checked)
      : this.across(from, to, checked, minimums);
  }

  private within(from: StakePosition, to: StakePosition, amountRao: bigint): Outcome {
    const { book, locks } = this.place;
    const { netuid } = from;
    if (!book.depositCounts(to.hotkey, netuid, amountRao)) return refused("InsufficientLiquidity");
    const fault = locks.transfer(netuid, {
      from: from.coldkey,
      to: to.coldkey,
      amountRao,
      giverStakeRao: book.coldkeyStakeRao(from.coldkey, netuid),
    });
    if (fault) return refused(fault);
    this.legs.reassign(from, to, amountRao);
    return { applied: true, receivedRao: amountRao, feeRao: 0n };
  }

  /** The fee is paid once: on the sale, or on the purchase where the origin is root. */
  private across(
    from: StakePosition,
    to: StakePosition,
    amountRao: bigint,
    { stakeRao: minimumRao }: StakeMinimums,
  ): Outcome {
    const { ledger } = this.place;
    const sold = this.legs.leave(from, amountRao);
    if (!sold.ok) return refused(sold.reason);
    if (to.coldkey !== from.coldkey) {
      ledger.move(walletOf(from.coldkey), walletOf(to.coldkey), sold.receivedRao, "transfer");
    }
    const fromRoot = from.netuid === 0;
    // Proceeds below the minimum stay in the wallet, and so do those that the pool refuses.
    if (sold.receivedRao < minimumRao) {
      return { applied: true, receivedRao: 0n, feeRao: sold.feeRao };
    }
    const bought = this.legs.enter(to, sold.receivedRao, { free: !fromRoot });
    if (!bought.ok) return { applied: true, receivedRao: 0n, feeRao: sold.feeRao };
    const feeRao = fromRoot ? bought.feeRao : sold.feeRao;
    return { applied: true, receivedRao: bought.receivedRao, feeRao };
  }

  /** What a limit on origin price / destination price allows to move. */
  private largest(origin: number, destination: number, limitPriceRao?: bigint): bigint {
    if (limitPriceRao === undefined || origin === destination) return U64_MAX;
    return this.place.desk.largestMove(origin, destination, limitPriceRao);
  }

  private checked(position: StakePosition): Checked {
    const { state, registry } = this.place;
    const flags = Number(state.subnet.flags[position.netuid] ?? 0n);
    const isRoot = position.netuid === 0;
    return {
      ...position,
      subnetExists: isRoot || (flags & layout.FLAG_EXISTS) !== 0,
      subtokenEnabled: isRoot || (flags & layout.FLAG_SUBTOKEN_ENABLED) !== 0,
      transferEnabled: !registry.subnet(position.netuid)?.transfersForbidden,
      hotkeyExists: registry.hasHotkey(position.hotkey),
    };
  }
}
