/**
 * What a subnet's owner may change while the chain runs: commit-reveal and its period, and what
 * becomes of the incentive of the owner's own neurons. Once in two tempos each, and not in the last
 * blocks before an epoch. Source: spec/token-economics.md sections 3.5 and 7, spec/yuma-epoch.md 1.2.
 */
import type { Outcome } from "../../../agent.ts";
import { isFrozen } from "../../epochs/activity.ts";
import { blocksUntilNextAutoEpoch } from "../../epochs/schedule.ts";
import type { ChainError } from "../../errors.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { OwnerAction } from "./actions.ts";
import type { NeuronPlace } from "./place.ts";

/** Tempos between two changes of one parameter. */
const OWNER_RATE_LIMIT_TEMPOS = 2;
const REVEAL_PERIOD_EPOCHS = { min: 1, max: 100 } as const;

export class OwnerDesk {
  /** Block of the last change, by netuid and name of the call. */
  private readonly changedAt = new Map<string, number>();

  constructor(private readonly place: NeuronPlace) {}

  execute(coldkey: string, action: OwnerAction): Outcome {
    const { block, detailed } = this.place;
    const subnet = detailed.get(action.netuid);
    const fault = this.fault(coldkey, action) ?? (subnet ? change(subnet, action) : null);
    if (fault) return { applied: false, reason: fault };
    this.changedAt.set(`${action.netuid}/${action.kind}`, block);
    return { applied: true, feeRao: 0n };
  }

  private fault(coldkey: string, { netuid, kind }: OwnerAction): ChainError | null {
    const { block, detailed, registry, state } = this.place;
    if (!detailed.has(netuid)) return "SubnetNotExists";
    if (registry.ownerOf(netuid)?.coldkey !== coldkey) return "NotSubnetOwner";
    const { tempoBlocks, lastEpochBlock } = state.subnet;
    const tempo = tempoBlocks[netuid];
    const untilEpoch = blocksUntilNextAutoEpoch(tempo, lastEpochBlock[netuid], BigInt(block));
    if (isFrozen(Number(untilEpoch))) return "AdminActionProhibitedDuringWeightsWindow";
    const last = this.changedAt.get(`${netuid}/${kind}`);
    const wait = OWNER_RATE_LIMIT_TEMPOS * Number(tempo);
    return last !== undefined && block - last < wait ? "TxRateLimitExceeded" : null;
  }
}

/** Does it, or says why not. */
function change(subnet: DetailedSubnet, action: OwnerAction): ChainError | null {
  switch (action.kind) {
    case "sudo_set_commit_reveal_weights_enabled":
      subnet.parameters = { ...subnet.parameters, commitReveal: action.enabled };
      return null;
    case "sudo_set_commit_reveal_weights_interval": {
      const { intervalEpochs } = action;
      const { min, max } = REVEAL_PERIOD_EPOCHS;
      if (!(intervalEpochs >= min && intervalEpochs <= max)) return "InvalidValue";
      subnet.revealPeriodEpochs = intervalEpochs;
      return null;
    }
    case "sudo_set_recycle_or_burn":
      subnet.recyclesWithheld = action.to === "recycle";
      return null;
  }
}
