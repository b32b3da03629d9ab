/**
 * Leased subnets in a running chain: a crowd has paid the lock, an account of the lease owns the
 * subnet, and part of its owner cut is handed on to those who paid. The crowdloan itself is not
 * simulated: a run starts with its leases.
 * Source: spec/token-economics.md section 5.7.
 */
import type { Outcome } from "../../../agent.ts";
import { refused } from "../../errors.ts";
import {
  contributorsCutRao,
  LEASE_PAYMENT_BLOCKS,
  leasePays,
  leaseShareBits,
  payLease,
} from "../../staking/leasing.ts";
import type { LockDesk } from "../locks/lock-desk.ts";
import type { Registry } from "../registry.ts";
import type { StakeBook } from "../stake-book.ts";
import type { SubnetDesk } from "../subnet-desk.ts";
import type { TerminateLease } from "./actions.ts";

export interface LeaseTerms {
  readonly netuid: number;
  /** Who runs the subnet, gets what contributors leave, and may take it over at the end. */
  readonly beneficiary: string;
  /** Part of the owner cut that contributors get, whole percent. */
  readonly percent: number;
  /** Null for a perpetual lease. */
  readonly endBlock: number | null;
  /** Without the beneficiary, who gets the rest. */
  readonly contributions: readonly { readonly coldkey: string; readonly contributedRao: bigint }[];
  /** All that was raised, the beneficiary's part included. */
  readonly raisedRao: bigint;
}

interface RunningLease {
  readonly terms: LeaseTerms;
  /** Contributors' part of the owner cuts since the last payment, alpha rao. */
  accumulatedRao: bigint;
  lastPaymentBlock: number;
}

/** What the desk works on; the chain itself has it all. */
export interface LeasePlace {
  readonly block: number;
  readonly book: StakeBook;
  readonly registry: Registry;
  readonly locks: LockDesk;
  readonly subnets: SubnetDesk;
}

/** The account that owns a leased subnet. */
export const leaseAccount = (netuid: number): string => `lease/${netuid}`;

export class LeaseDesk {
  private readonly leases = new Map<number, RunningLease>();

  constructor(
    private readonly place: LeasePlace,
    leases: readonly LeaseTerms[],
    startBlock: number,
  ) {
    const { registry } = place;
    for (const terms of leases) {
      const { netuid } = terms;
      const owner = registry.ownerOf(netuid);
      if (!owner) throw new RangeError(`lease of subnet ${netuid}: there is no such subnet`);
      registry.setOwner(netuid, { hotkey: owner.hotkey, coldkey: leaseAccount(netuid) });
      this.leases.set(netuid, { terms, accumulatedRao: 0n, lastPaymentBlock: startBlock });
    }
  }

  /**
   * After the owner cut of an epoch was staked: the contributors' part is set aside, and paid once
   * 100 blocks have passed since the last payment. Returns that part.
   */
  ownerCutPaid(netuid: number, ownerCutRao: bigint): bigint {
    const lease = this.leases.get(netuid);
    const { block } = this.place;
    if (!lease || !leasePays(lease.terms.endBlock, block)) return 0n;
    const setAsideRao = contributorsCutRao(ownerCutRao, lease.terms.percent);
    lease.accumulatedRao += setAsideRao;
    if (block - lease.lastPaymentBlock >= LEASE_PAYMENT_BLOCKS) this.pay(lease);
    return setAsideRao;
  }

  terminate(coldkey: string, { netuid, hotkey }: TerminateLease): Outcome {
    const { block, registry } = this.place;
    const lease = this.leases.get(netuid);
    if (!lease) return refused("LeaseDoesNotExist");
    const { beneficiary, endBlock } = lease.terms;
    if (coldkey !== beneficiary) return refused("ExpectedBeneficiaryOrigin");
    if (endBlock === null) return refused("LeaseHasNoEndBlock");
    if (block < endBlock) return refused("LeaseHasNotEnded");
    if (registry.coldkeyOf(hotkey) !== coldkey) return refused("BeneficiaryDoesNotOwnHotkey");
    this.pay(lease);
    this.leases.delete(netuid);
    registry.setOwner(netuid, { hotkey, coldkey });
    this.place.locks.ownerChanged(netuid, hotkey);
    this.place.subnets.ownerChanged(netuid, coldkey);
    return { applied: true, feeRao: 0n };
  }

  /** A dissolved subnet has no lease. */
  forget(netuid: number): void {
    this.leases.delete(netuid);
  }

  private pay(lease: RunningLease): void {
    const { book, registry, block } = this.place;
    const { netuid, contributions, beneficiary, raisedRao } = lease.terms;
    const owner = registry.ownerOf(netuid);
    // A takeover by conviction ends the payments: the cut is no longer the lease's.
    if (owner?.coldkey !== leaseAccount(netuid)) return;
    const shares = contributions.map(({ contributedRao }) =>
      leaseShareBits(contributedRao, raisedRao),
    );
    const { contributorsRao, beneficiaryRao } = payLease(lease.accumulatedRao, shares);
    const give = (coldkey: string, wantedRao: bigint) => {
      const heldRao = book.stakeRao(owner.hotkey, owner.coldkey, netuid);
      const amountRao = wantedRao < heldRao ? wantedRao : heldRao;
      book.withdraw(owner.hotkey, owner.coldkey, netuid, amountRao);
      book.deposit(owner.hotkey, coldkey, netuid, amountRao);
    };
    for (const [index, { coldkey }] of contributions.entries())
      give(coldkey, contributorsRao[index]);
    give(beneficiary, beneficiaryRao);
    lease.accumulatedRao = 0n;
    lease.lastPaymentBlock = block;
  }
}
