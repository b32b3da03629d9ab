/**
 * What a subnet's owner may change while the chain runs: commit-reveal and its period, and what
 * becomes of the incentive of the owner's own neurons, the subnet's mechanisms, and null consensus. Once in two
 * tempos each (mechanisms once a day), and not in the last blocks before an epoch.
 * Source: spec/token-economics.md sections 3.5 and 7, spec/yuma-epoch.md 1.2 and 9.
 */
import type { Outcome } from "../../../agent.ts";
import { isFrozen } from "../../epochs/activity.ts";
import { blocksUntilNextAutoEpoch } from "../../epochs/schedule.ts";
import type { ChainError } from "../../errors.ts";
import { decidingUid } from "../../yuma/null-consensus.ts";
import { taoWeightBits } from "../../yuma/stake-weight.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { ChainParameters } from "../parameters.ts";
import type { OwnerAction } from "./actions.ts";
import type { NeuronPlace } from "./place.ts";

/** Tempos between two changes of one parameter. */
const OWNER_RATE_LIMIT_TEMPOS = 2;
const MECHANISM_RATE_LIMIT_BLOCKS = 7_200;
/** Neurons of all mechanisms together. */
const MAX_UIDS_OVER_MECHANISMS = 256;
const REVEAL_PERIOD_EPOCHS = { min: 1, max: 100 } as const;

export class OwnerDesk {
  /** Block of the last change, by netuid and name of the call. */
  private readonly changedAt = new Map<string, number>();

  constructor(private readonly place: NeuronPlace) {}

  execute(coldkey: string, action: OwnerAction): Outcome {
    const { block, detailed, parameters } = this.place;
    const subnet = detailed.get(action.netuid);
    const fault =
      this.fault(coldkey, action) ?? (subnet ? change(subnet, action, parameters) : null);
    if (!fault && subnet && action.kind === "sudo_set_epoch_consensus") this.seat(subnet);
    if (fault) return { applied: false, reason: fault };
    this.changedAt.set(`${action.netuid}/${action.kind}`, block);
    return { applied: true, feeRao: 0n };
  }

  /** Under null consensus the one with the most stake has the only permit, from now on. */
  private seat(subnet: DetailedSubnet): void {
    if (subnet.consensus !== "null") return;
    const { book, parameters } = this.place;
    const weightBits = taoWeightBits(parameters.taoWeight);
    const stakes = subnet.neurons.map(({ hotkey }) =>
      subnet.family.stakeBits(hotkey, book, weightBits),
    );
    subnet.permitOnly(decidingUid(stakes));
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
    const wait = isOfMechanisms(kind)
      ? MECHANISM_RATE_LIMIT_BLOCKS
      : OWNER_RATE_LIMIT_TEMPOS * Number(tempo);
    return last !== undefined && block - last < wait ? "TxRateLimitExceeded" : null;
  }
}

const isOfMechanisms = (kind: OwnerAction["kind"]): boolean =>
  kind === "sudo_set_mechanism_count" || kind === "sudo_set_mechanism_emission_split";

/** Does it, or says why not. */
function change(
  subnet: DetailedSubnet,
  action: OwnerAction,
  { maxMechanisms, nullConsensus }: Pick<ChainParameters, "maxMechanisms" | "nullConsensus">,
): ChainError | null {
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
    case "sudo_set_epoch_consensus":
      if (!nullConsensus) return "CallDisabled";
      // Not with pending timelocked commitments; by which name that is refused is not established.
      if (hasTimelocked(subnet)) return "InvalidValue";
      subnet.consensus = action.mode;
      return null;
    case "sudo_set_mechanism_count": {
      const { count } = action;
      if (!(Number.isInteger(count) && count >= 1 && count <= maxMechanisms)) return "InvalidValue";
      if (count * subnet.maxAllowedUids > MAX_UIDS_OVER_MECHANISMS)
        return "TooManyUIDsPerMechanism";
      subnet.setMechanismCount(count);
      return null;
    }
    case "sudo_set_mechanism_emission_split":
      if (action.split && !isSplit(action.split, subnet.mechanismCount)) return "InvalidValue";
      subnet.mechanismSplit = action.split;
      return null;
  }
}

function hasTimelocked(subnet: DetailedSubnet): boolean {
  const mechanisms = Array.from({ length: subnet.mechanismCount }, (_, m) => subnet.mechanism(m));
  return mechanisms.some((own) => (own?.commits.timelocked.size ?? 0) > 0);
}

/** One part a mechanism or fewer, which together are the whole. */
const isSplit = (split: readonly number[], mechanisms: number): boolean =>
  split.length >= 1 &&
  split.length <= mechanisms &&
  split.every((part) => Number.isInteger(part) && part >= 0) &&
  split.reduce((sum, part) => sum + part, 0) === 65_535;
