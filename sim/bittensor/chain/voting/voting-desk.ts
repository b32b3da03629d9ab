/**
 * Voting power in a running chain: on subnets whose owner has asked for it, a moving average of each
 * permitted validator's stake, moved on at every epoch. It weighs nothing in emission or consensus.
 * Source: spec/token-economics.md section 5.7.
 */
import type { Outcome } from "../../../agent.ts";
import { refused } from "../../errors.ts";
import { VOTING_POWER_GRACE_BLOCKS, votingPowerEntry } from "../../staking/voting-power.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import { rename } from "../keys/rename.ts";
import type { Registry } from "../registry.ts";
import type { StakeBook } from "../stake-book.ts";
import type { TrackVotingPower } from "./actions.ts";

interface Tracked {
  /** Set when tracking was switched off: it goes on until then. */
  endsAtBlock: number | null;
  /** By hotkey, alpha rao. */
  readonly powersRao: Map<string, bigint>;
}

/** What the desk works on; the chain itself has it all. */
export interface VotingPlace {
  readonly block: number;
  readonly book: StakeBook;
  readonly registry: Registry;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
}

export class VotingDesk {
  private readonly tracked = new Map<number, Tracked>();

  constructor(private readonly place: VotingPlace) {}

  execute(coldkey: string, { kind, netuid }: TrackVotingPower): Outcome {
    const { block, registry } = this.place;
    const owner = registry.ownerOf(netuid);
    if (!owner) return refused("SubnetNotExists");
    if (owner.coldkey !== coldkey) return refused("NotSubnetOwner");
    const entry = this.tracked.get(netuid);
    if (kind === "disable_voting_power_tracking") {
      if (!entry) return refused("VotingPowerTrackingNotEnabled");
      entry.endsAtBlock = block + VOTING_POWER_GRACE_BLOCKS;
    } else if (entry) {
      entry.endsAtBlock = null;
    } else {
      this.tracked.set(netuid, { endsAtBlock: null, powersRao: new Map() });
    }
    return { applied: true, feeRao: 0n };
  }

  /** Each validator's voting power on a subnet, alpha rao; empty where it is not tracked. */
  powersRao(netuid: number): ReadonlyMap<string, bigint> {
    return this.tracked.get(netuid)?.powersRao ?? new Map();
  }

  /** After a subnet's epoch, which has settled the permits. */
  afterEpoch(netuid: number): void {
    const entry = this.tracked.get(netuid);
    const subnet = this.place.detailed.get(netuid);
    if (!entry || !subnet) return;
    const { book, block } = this.place;
    if (entry.endsAtBlock !== null && block >= entry.endsAtBlock) {
      this.tracked.delete(netuid);
      return;
    }
    const { powersRao } = entry;
    const seated = new Set(subnet.neurons.map(({ hotkey }) => hotkey));
    for (const hotkey of [...powersRao.keys()]) if (!seated.has(hotkey)) powersRao.delete(hotkey);
    const thresholdRao = subnet.genesis.parameters.stakeThresholdRao;
    for (const [uid, { hotkey }] of subnet.neurons.entries()) {
      const stakeRao = book.hotkeyStakeRao(hotkey, netuid);
      const validator = { stakeRao, hasPermit: subnet.validatorPermit[uid] ?? false };
      const power = votingPowerEntry(powersRao.get(hotkey) ?? null, validator, thresholdRao);
      if (power === null) powersRao.delete(hotkey);
      else powersRao.set(hotkey, power);
    }
  }

  swapHotkey(netuid: number, from: string, to: string): void {
    const powersRao = this.tracked.get(netuid)?.powersRao;
    if (powersRao) rename(powersRao, from, to);
  }

  forget(netuid: number): void {
    this.tracked.delete(netuid);
  }
}
