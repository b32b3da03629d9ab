/**
 * Staking extrinsics: each checks what the chain checks, in its order, and answers with the chain's
 * own error name or does the whole thing. Source: spec/token-economics.md sections 5.2 and 5.3.
 */
import type { Outcome } from "../../agent.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { type ChainError, refused } from "../errors.ts";
import { isSmallNomination, subnetsToLeave } from "../staking/stake-rules.ts";
import type { ChainState } from "../state.ts";
import type {
  AddStake,
  AddStakeBurn,
  BittensorAction,
  ClaimRoot,
  RemoveStake,
  UnstakeAll,
} from "./actions.ts";
import { collateralRao } from "./bound-stake.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { EpochDesk } from "./epoch-desk.ts";
import { GiveUpDesk } from "./give-up-desk.ts";
import type { KeyAction } from "./keys/actions.ts";
import type { LockAction } from "./locks/actions.ts";
import type { LockDesk } from "./locks/lock-desk.ts";
import type { NeuronAction } from "./neurons/actions.ts";
import type { ChainParameters } from "./parameters.ts";
import type { PoolDesk } from "./pool-desk.ts";
import type { Registry } from "./registry.ts";
import type { RootFund } from "./root-fund.ts";
import type { StakeBook } from "./stake-book.ts";
import { StakeLegs, type StakePosition } from "./stake-legs.ts";
import { StakeMoves } from "./stake-moves.ts";
import type { TaoLedger } from "./tao-ledger.ts";
import { type FeeTerms, payTransactionFee } from "./transaction-fee.ts";
import type { TrackVotingPower } from "./voting/actions.ts";

/** Stake operations move at least this much TAO. */
const MIN_STAKE_RAO = 2_000_000n;
/** A wallet that pays keeps this. */
export const EXISTENTIAL_DEPOSIT_RAO = 500n;

/** What is not an order goes elsewhere. */
export type StakeAction = Exclude<
  BittensorAction,
  | LockAction
  | NeuronAction
  | TrackVotingPower
  | KeyAction
  | { kind: "register_network" | "start_call" | "terminate_lease" }
>;

export interface OrderDeskParts {
  readonly state: ChainState;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly desk: PoolDesk;
  readonly fund: RootFund;
  readonly registry: Registry;
  readonly locks: LockDesk;
  readonly epochs: EpochDesk;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly feeTerms: () => FeeTerms & Pick<ChainParameters, "nominatorMinimumFactor">;
}

export class OrderDesk {
  readonly moves: StakeMoves;
  private readonly legs: StakeLegs;
  private readonly giveUps: GiveUpDesk;

  constructor(private readonly parts: OrderDeskParts) {
    this.legs = new StakeLegs(parts);
    this.moves = new StakeMoves(parts, this.legs);
    this.giveUps = new GiveUpDesk(parts);
  }

  /** Applies one action of a coldkey. */
  execute(coldkey: string, action: StakeAction): Outcome {
    switch (action.kind) {
      case "add_stake":
        return this.addStake(coldkey, action);
      case "remove_stake":
        return this.removeStake(coldkey, action);
      case "claim_root":
        return this.claimRoot(coldkey, action);
      case "unstake_all":
      case "unstake_all_alpha":
        return this.unstakeAll(coldkey, action);
      case "add_stake_burn":
        return this.addStakeBurn(coldkey, action);
      default:
        return this.charged(coldkey, this.withoutFee(coldkey, action));
    }
  }

  private withoutFee(
    coldkey: string,
    action: Exclude<StakeAction, AddStake | RemoveStake | ClaimRoot | UnstakeAll | AddStakeBurn>,
  ): Outcome {
    switch (action.kind) {
      case "swap_stake":
        return this.moves.swap(coldkey, action);
      case "move_stake":
        return this.moves.move(coldkey, action);
      case "transfer_stake":
        return this.moves.transfer(coldkey, action);
      case "try_associate_hotkey":
        return this.associate(coldkey, action.hotkey);
      case "sudo_set_toggle_transfer":
        return this.moves.allowTransfers(coldkey, action.netuid, action.enabled);
      case "recycle_alpha":
      case "burn_alpha":
        return this.giveUps.giveUp(coldkey, action);
    }
  }

  /** A hotkey that exists stays whose it is, which the chain does not refuse. */
  private associate(coldkey: string, hotkey: string): Outcome {
    const { registry } = this.parts;
    if (!registry.hasHotkey(hotkey)) registry.setHotkey({ hotkey, coldkey });
    return { applied: true, feeRao: 0n };
  }

  /** The transaction fee of what was done. */
  charged(coldkey: string, outcome: Outcome): Outcome {
    if (outcome.applied) this.payFee(coldkey);
    return outcome;
  }

  private addStake(coldkey: string, action: AddStake): Outcome {
    const { netuid, hotkey, amountRao } = action;
    const { ledger, book } = this.parts;
    const fault = this.subnetFault(netuid) ?? this.hotkeyFault(hotkey);
    if (fault) return refused(fault);
    if (amountRao < MIN_STAKE_RAO) return refused("AmountTooLow");
    const needed = amountRao + this.parts.feeTerms().transactionFeeRao + EXISTENTIAL_DEPOSIT_RAO;
    if (ledger.balanceRao(coldkey) < needed) return refused("NotEnoughBalanceToStake");
    if (!book.depositCounts(hotkey, netuid, amountRao)) return refused("InsufficientLiquidity");
    this.payFee(coldkey);
    const bought = this.legs.enter({ coldkey, hotkey, netuid }, amountRao, action);
    if (!bought.ok) return refused(bought.reason);
    return { applied: true, receivedRao: bought.receivedRao, feeRao: bought.feeRao };
  }

  private removeStake(coldkey: string, action: RemoveStake): Outcome {
    const { netuid, hotkey, amountRao } = action;
    const { ledger, book, desk } = this.parts;
    const fault = this.stakeFault(coldkey, hotkey, netuid, amountRao);
    if (fault) return refused(fault);
    const whole = amountRao === book.stakeRao(hotkey, coldkey, netuid);
    const small = netuid !== 0 && !whole && desk.quoteSaleRao(netuid, amountRao) < MIN_STAKE_RAO;
    if (small) return refused("AmountTooLow");
    if (amountRao > this.freeRao({ coldkey, hotkey, netuid })) return refused("StakeUnavailable");
    const sold = this.legs.leave({ coldkey, hotkey, netuid }, amountRao, action);
    if (!sold.ok) return refused(sold.reason);
    const restRao = whole ? 0n : this.clearSmallRest(coldkey, hotkey, netuid);
    // Who has no other TAO pays the transaction out of the sale.
    if (ledger.balanceRao(coldkey) >= this.parts.feeTerms().transactionFeeRao) this.payFee(coldkey);
    return { applied: true, receivedRao: sold.receivedRao + restRao, feeRao: sold.feeRao };
  }

  /** A nominator's rest that is worth too little is sold as well. Returns the TAO. */
  private clearSmallRest(coldkey: string, hotkey: string, netuid: number): bigint {
    const { book, registry, desk, locks } = this.parts;
    const restRao = book.stakeRao(hotkey, coldkey, netuid);
    const factor = BigInt(this.parts.feeTerms().nominatorMinimumFactor);
    if (restRao === 0n || factor === 0n || registry.coldkeyOf(hotkey) === coldkey) return 0n;
    const valueRao = netuid === 0 ? restRao : desk.quoteSaleRao(netuid, restRao);
    if (!isSmallNomination(valueRao, MIN_STAKE_RAO, factor)) return 0n;
    if (restRao > locks.availableRao(coldkey, netuid)) return 0n;
    const sold = this.legs.leave({ coldkey, hotkey, netuid }, restRao);
    return sold.ok ? sold.receivedRao : 0n;
  }

  /** Positions that are refused are skipped; a locked one refuses the whole call. */
  private unstakeAll(coldkey: string, { kind, hotkey }: UnstakeAll): Outcome {
    const { book } = this.parts;
    const fault = this.hotkeyFault(hotkey);
    if (fault) return refused(fault);
    const onlyAlpha = kind === "unstake_all_alpha";
    const positions = [...book.holdingsOf(coldkey)].filter((held) => held.hotkey === hotkey);
    const locked = ({ netuid, stakeRao }: (typeof positions)[number]) =>
      stakeRao > this.freeRao({ coldkey, hotkey, netuid });
    const asked = positions.map((held) => ({
      netuid: held.netuid,
      refusal: locked(held)
        ? ("StakeUnavailable" as const)
        : this.stakeFault(coldkey, hotkey, held.netuid, held.stakeRao),
    }));
    const left = subnetsToLeave(asked, onlyAlpha);
    if (typeof left === "string") return refused(left);
    let receivedRao = 0n;
    for (const { netuid, stakeRao } of positions) {
      if (!left.includes(netuid)) continue;
      const sold = this.legs.leave({ coldkey, hotkey, netuid }, stakeRao);
      if (sold.ok) receivedRao += sold.receivedRao;
    }
    if (onlyAlpha) this.legs.enter({ coldkey, hotkey, netuid: 0 }, receivedRao);
    return this.charged(coldkey, { applied: true, receivedRao, feeRao: 0n });
  }

  /** Alpha of a position that neither a lock nor collateral holds back. */
  private freeRao(position: StakePosition): bigint {
    const { book, locks } = this.parts;
    const { coldkey, hotkey, netuid } = position;
    const ownRao = book.stakeRao(hotkey, coldkey, netuid) - collateralRao(this.parts, position);
    const unlockedRao = locks.availableRao(coldkey, netuid);
    return ownRao < unlockedRao ? ownRao : unlockedRao;
  }

  /** Bought like stake, then given up. */
  private addStakeBurn(coldkey: string, action: AddStakeBurn): Outcome {
    if (action.netuid === 0) return refused("CannotBurnOrRecycleOnRootSubnet");
    const bought = this.addStake(coldkey, { ...action, kind: "add_stake" });
    if (!bought.applied) return bought;
    const { netuid, hotkey } = action;
    const amountRao = bought.receivedRao as bigint;
    this.giveUps.giveUp(coldkey, { kind: "burn_alpha", netuid, hotkey, amountRao });
    return bought;
  }

  private claimRoot(coldkey: string, { share }: ClaimRoot): Outcome {
    if (!(share > 0 && share <= 1)) return refused("InvalidValue");
    const { fund, book } = this.parts;
    const receivedRao = fund.claim(coldkey, share);
    const first = [...book.holdingsOf(coldkey)].find(({ netuid }) => netuid === 0);
    if (first && receivedRao > 0n) {
      this.legs.enter({ coldkey, hotkey: first.hotkey, netuid: 0 }, receivedRao);
    }
    this.payFee(coldkey);
    return { applied: true, receivedRao, feeRao: 0n };
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
