/** A subnet of the root era: what it is paid, what a place in it costs, and who works there. */
import type { DetailedSubnet } from "../chain/detailed-subnet.ts";
import type { RegistrationTerms } from "./parameters.ts";
import type { HotkeyId } from "./tao-stakes.ts";

/**
 * A subnet whose validators agree: dividends by stake among those with a permit, incentive in fixed
 * parts. It is what Yuma gives when all set the same weights.
 */
export interface AgreedNeurons {
  readonly kind: "agreed";
  /** Hotkeys that validate until root has members; "root" = whoever has a seat there. */
  readonly validators: readonly HotkeyId[] | "root";
  readonly miners: readonly HotkeyId[];
  /** By miner, summing to 1. */
  readonly incentive: readonly number[];
}

/** A subnet that is simulated neuron by neuron. */
export interface YumaNeurons {
  readonly kind: "yuma";
  readonly subnet: DetailedSubnet;
  /** By uid. */
  readonly hotkeys: readonly HotkeyId[];
}

/** What a subnet starts a run with, or is registered with. */
export interface SubnetStart {
  readonly netuid: number;
  readonly name: string;
  /** Paid the owner's cut; null before subnets had owners. */
  readonly ownerColdkey: string | null;
  readonly registeredBlock: number;
  readonly tempoBlocks: number;
  readonly lockedRao: bigint;
  readonly maxValidators: number;
  readonly maxUids: number;
  readonly burnRao: bigint;
  readonly registration: RegistrationTerms;
  readonly neurons: AgreedNeurons | YumaNeurons;
}

export class RootEraSubnet {
  /** EmissionValue: rao a block, set by table or by the root epoch. */
  emissionRao = 0;
  /** Emission since the last epoch, whole rao, up to `accruedBlock`. */
  pendingRao = 0;
  accruedBlock: number;
  /** Emission since the start of the run. */
  emittedRao = 0n;
  burnRao: bigint;
  nextEpochBlock: number;
  nextAdjustmentBlock: number;
  /** Registrations since the last adjustment, and in the block of the last one. */
  registrations = 0;
  lastRegistrationBlock = -1;
  /** Since the start of the run. */
  registrationsTotal = 0;
  recycledRao = 0n;

  constructor(
    readonly start: SubnetStart,
    block: number,
  ) {
    this.accruedBlock = block;
    this.burnRao = start.burnRao;
    this.nextEpochBlock = epochAfter(block, start.netuid, start.tempoBlocks);
    this.nextAdjustmentBlock = block + start.registration.intervalBlocks;
  }

  get netuid(): number {
    return this.start.netuid;
  }

  get dueBlock(): number {
    return Math.min(this.nextEpochBlock, this.nextAdjustmentBlock);
  }

  /** Brings what is pending up to the end of a block. */
  accrue(block: number): void {
    const grownRao = this.emissionRao * (block - this.accruedBlock);
    this.pendingRao += grownRao;
    if (grownRao > 0) this.emittedRao += BigInt(grownRao);
    this.accruedBlock = block;
  }
}

/** The first block after this one in which (block + netuid + 1) mod (tempo + 1) = tempo. */
export function epochAfter(block: number, netuid: number, tempoBlocks: number): number {
  const cycle = tempoBlocks + 1;
  const phase = (block + 1 + netuid + 1) % cycle;
  return block + 1 + ((tempoBlocks - phase + cycle) % cycle);
}
