/**
 * Places in subnets and subnets themselves: the burn price with its adjustment, the lock cost, and
 * which subnet gives way. Source: spec/token-economics.md sections 2.4, 6.1 (older rule), 6.3, 6.4.
 */
import type { Outcome } from "../../agent.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import { refused } from "../errors.ts";
import { adjustPrices, intervalCap } from "../registration/adjustment.ts";
import { checkRegisterNetwork } from "../subnets/lifecycle.ts";
import { effectiveIntervalBlocks, lockCostRao } from "../subnets/lock-cost.ts";
import { subnetToPrune } from "../subnets/prune.ts";
import type { BurnedRegister, RegisterNetwork } from "./actions.ts";
import type { RootEraParameters } from "./parameters.ts";
import { RootEraSubnet, type SubnetStart } from "./subnet.ts";
import type { EraLedger } from "./tao-ledger.ts";

export interface RegistrationPlace {
  readonly block: number;
  readonly subnets: Map<number, RootEraSubnet>;
  readonly ledger: EraLedger;
  readonly parameters: RootEraParameters;
  /** Who works in a new subnet and on which terms. */
  newSubnet(netuid: number, owner: string, name: string, block: number): SubnetStart;
  removeSubnet(netuid: number): void;
  addSubnet(subnet: RootEraSubnet): void;
}

export interface LockState {
  lastLockRao: bigint;
  lastLockBlock: number;
}

export class RegistrationDesk {
  /** Since the start of the run. */
  registeredSubnets = 0;
  /** Places bought in subnets that are gone. */
  goneNeurons = 0;
  prunedSubnets = 0;

  constructor(
    private readonly place: RegistrationPlace,
    readonly lock: LockState,
  ) {}

  /** What a subnet costs now, rao. */
  lockCostRao(): bigint {
    const { block, ledger, parameters } = this.place;
    const { minLockRao, lockReductionBlocks } = parameters;
    const emission = blockEmissionRao(ledger.totalIssuanceRao);
    const interval = effectiveIntervalBlocks(lockReductionBlocks, emission);
    const { lastLockRao, lastLockBlock } = this.lock;
    return lockCostRao(lastLockRao, lastLockBlock, block, minLockRao, interval);
  }

  /** Moves a subnet's burn price at the end of its interval. All registrations are by burn. */
  adjust(subnet: RootEraSubnet, block: number): void {
    const { registration } = subnet.start;
    const prices = { burnRao: subnet.burnRao, difficulty: registration.maxDifficulty };
    subnet.burnRao = adjustPrices(prices, 0, subnet.registrations, registration).burnRao;
    subnet.registrations = 0;
    subnet.nextAdjustmentBlock = block + registration.intervalBlocks;
  }

  burnedRegister(coldkey: string, { netuid, limitRao }: BurnedRegister): Outcome {
    const { block, ledger, subnets } = this.place;
    if (netuid === 0) return refused("RegistrationNotPermittedOnRootSubnet");
    const subnet = subnets.get(netuid);
    if (!subnet) return refused("SubnetNotExists");
    // The neurons of a detailed subnet are a captured list; its uids do not change hands.
    if (subnet.start.neurons.kind === "yuma") return refused("SubNetRegistrationDisabled");
    if (subnet.lastRegistrationBlock === block) return refused("TooManyRegistrationsThisBlock");
    if (subnet.registrations >= intervalCap(subnet.start.registration.target)) {
      return refused("TooManyRegistrationsThisInterval");
    }
    const priceRao = subnet.burnRao;
    if (priceRao > limitRao) return refused("RegistrationPriceLimitExceeded");
    if (ledger.balanceRao(coldkey) < priceRao) return refused("NotEnoughBalanceToStake");
    ledger.recycle(coldkey, priceRao, "neuron_registration");
    subnet.lastRegistrationBlock = block;
    subnet.registrations++;
    subnet.registrationsTotal++;
    subnet.recycledRao += priceRao;
    return { applied: true, feeRao: priceRao };
  }

  registerNetwork(coldkey: string, { name }: RegisterNetwork): Outcome {
    const { block, ledger, subnets, parameters } = this.place;
    const { lastLockBlock } = this.lock;
    const lockCost = this.lockCostRao();
    const isFull = subnets.size >= parameters.subnetLimit;
    const victim = isFull ? this.victim() : null;
    const reason = checkRegisterNetwork({
      blocksSinceLast: lastLockBlock === 0 ? null : block - lastLockBlock,
      rateLimitBlocks: parameters.subnetRateLimitBlocks,
      lockCostRao: lockCost,
      spendableRao: ledger.balanceRao(coldkey),
      place: isFull ? "prune" : "free",
      hasVictim: victim !== null,
    });
    if (reason !== null) return refused(reason);
    if (victim !== null) this.prune(victim);
    const netuid = victim ?? this.freeNetuid();
    ledger.lock(coldkey, lockCost);
    this.lock.lastLockRao = lockCost;
    this.lock.lastLockBlock = block;
    const start = this.place.newSubnet(netuid, coldkey, name, block);
    this.place.addSubnet(new RootEraSubnet({ ...start, lockedRao: lockCost }, block));
    this.registeredSubnets++;
    return { applied: true, feeRao: 0n, receivedRao: BigInt(netuid) };
  }

  /** Lowest emission among those past their immunity, the oldest of equals. */
  private victim(): number | null {
    const { block, subnets, parameters } = this.place;
    const standings = [...subnets.values()].map(({ netuid, emissionRao, start }) => ({
      netuid,
      movingPriceBits: BigInt(emissionRao),
      registeredBlock: start.registeredBlock,
    }));
    return subnetToPrune(standings, block, parameters.subnetImmunityBlocks);
  }

  /** The lock goes back in full; what was pending is never issued. */
  private prune(netuid: number): void {
    const { ledger, subnets } = this.place;
    const { start, registrationsTotal } = subnets.get(netuid) as RootEraSubnet;
    this.goneNeurons += registrationsTotal;
    if (start.ownerColdkey !== null) ledger.returnLock(start.ownerColdkey, start.lockedRao);
    this.place.removeSubnet(netuid);
    this.prunedSubnets++;
  }

  private freeNetuid(): number {
    let netuid = 1;
    while (this.place.subnets.has(netuid)) netuid++;
    return netuid;
  }
}
