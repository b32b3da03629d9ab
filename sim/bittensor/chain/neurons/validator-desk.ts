/**
 * What validators arrange about stake: children and their take, the delegate take, and where a
 * miner's pay is staked. Source: spec/token-economics.md sections 3.5, 3.6 and 7.
 */
import type { Outcome } from "../../../agent.ts";
import { I64F64, U64_MAX } from "../../../fixed/fixed-point.ts";
import * as layout from "../../coinbase/kernel/assembly/layout.ts";
import type { ChainError } from "../../errors.ts";
import {
  checkChildTake,
  checkSetChildren,
  childrenDueBlock,
} from "../../staking/children/child-rules.ts";
import { taoWeightBits } from "../../yuma/stake-weight.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { ChangeTake, SetAutoStake, SetChildkeyTake, SetChildren } from "./actions.ts";
import type { NeuronLog, StakeTerm } from "./neuron-log.ts";
import type { NeuronPlace } from "./place.ts";

const outcomeOf = (refusal: ChainError | null): Outcome =>
  refusal === null ? { applied: true, feeRao: 0n } : { applied: false, reason: refusal };

const ofU64 = (proportion: bigint): number => Number(proportion) / Number(U64_MAX);

const takeChange = (
  change: Pick<StakeTerm, "netuid" | "term" | "hotkey">,
  beforeU16: number,
  takeU16: number,
): StakeTerm => ({ ...change, child: null, before: beforeU16 / 65_535, share: takeU16 / 65_535 });

export class ValidatorDesk {
  constructor(
    private readonly place: NeuronPlace,
    private readonly log: NeuronLog,
  ) {}

  setChildren(coldkey: string, action: SetChildren): Outcome {
    const { netuid, hotkey, children } = action;
    const { detailed, registry, book, block, parameters, state } = this.place;
    const subnet = detailed.get(netuid);
    if (!subnet) {
      return outcomeOf(netuid === 0 ? "RegistrationNotPermittedOnRootSubnet" : "SubnetNotExists");
    }
    const { family } = subnet;
    const weightBits = taoWeightBits(parameters.taoWeight);
    const refusal = checkSetChildren({
      netuid,
      parent: hotkey,
      children,
      grandparents: family.parentsOf(hotkey).map((parent) => parent.hotkey),
      callerOwnsParent: registry.coldkeyOf(hotkey) === coldkey,
      parentIsSubnetOwner: registry.ownerOf(netuid)?.hotkey === hotkey,
      stakeWeightRao: family.stakeBits(hotkey, book, weightBits) >> I64F64.fractionBits,
      stakeThresholdRao: subnet.parameters.stakeThresholdRao,
      blocksSinceLastSet: family.blocksSinceSet(hotkey, block),
    });
    if (refusal) return outcomeOf(refusal);
    const started = (Number(state.subnet.flags[netuid]) & layout.FLAG_SUBTOKEN_ENABLED) !== 0;
    const dueBlock = childrenDueBlock(block, parameters.childrenCooldownBlocks, started);
    family.schedule(hotkey, children, block, dueBlock);
    if (!started) this.activateChildren(subnet);
    return outcomeOf(null);
  }

  /** Children that are scheduled and due come into force. */
  activateChildren({ netuid, family }: DetailedSubnet): void {
    const { block, parameters } = this.place;
    const changes = family.activate(block, parameters.maxParents);
    for (const { parent: hotkey, child, beforeU64, proportionU64 } of changes) {
      const [before, share] = [ofU64(beforeU64), ofU64(proportionU64)];
      this.log.stakeTerm({ netuid, term: "child", hotkey, child, before, share });
    }
  }

  setChildkeyTake(coldkey: string, { netuid, hotkey, takeU16 }: SetChildkeyTake): Outcome {
    const { detailed, registry, block } = this.place;
    const family = detailed.get(netuid)?.family;
    if (!family) return outcomeOf("SubnetNotExists");
    if (registry.coldkeyOf(hotkey) !== coldkey) return outcomeOf("NonAssociatedColdKey");
    const since = family.blocksSinceTakeRaise(hotkey, block);
    const before = family.takeU16(hotkey);
    const refusal = checkChildTake(takeU16, before, 0, since);
    if (refusal) return outcomeOf(refusal);
    family.setTake(hotkey, takeU16, block);
    this.log.stakeTerm(takeChange({ netuid, term: "child_take", hotkey }, before, takeU16));
    return outcomeOf(null);
  }

  changeTake(coldkey: string, { kind, hotkey, takeU16 }: ChangeTake): Outcome {
    const { registry, takes, block } = this.place;
    const owner = registry.coldkeyOf(hotkey);
    if (owner === undefined) return outcomeOf("HotKeyAccountNotExists");
    if (owner !== coldkey) return outcomeOf("NonAssociatedColdKey");
    const before = takes.ofU16(hotkey);
    const refusal =
      kind === "increase_take"
        ? takes.increase(hotkey, takeU16, block)
        : takes.decrease(hotkey, takeU16);
    if (refusal) return outcomeOf(refusal);
    const change = { netuid: 0, term: "delegate_take", hotkey } as const;
    this.log.stakeTerm(takeChange(change, before, takeU16));
    return outcomeOf(null);
  }

  setAutoStake(coldkey: string, { netuid, hotkey }: SetAutoStake): Outcome {
    const subnet = this.place.detailed.get(netuid);
    if (!subnet) return outcomeOf("SubnetNotExists");
    if (!subnet.uidOf.has(hotkey)) return outcomeOf("HotKeyNotRegisteredInSubNet");
    if (subnet.autoStake.get(coldkey) === hotkey) return outcomeOf("SameAutoStakeHotkeyAlreadySet");
    subnet.autoStake.set(coldkey, hotkey);
    return outcomeOf(null);
  }
}
