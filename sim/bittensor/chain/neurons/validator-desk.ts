/**
 * What validators arrange about stake: children and their take, the delegate take, and where a
 * miner's pay is staked. Source: spec/token-economics.md sections 3.5, 3.6 and 7.
 */
import type { Outcome } from "../../../agent.ts";
import { I64F64 } from "../../../fixed/fixed-point.ts";
import * as layout from "../../coinbase/kernel/assembly/layout.ts";
import type { ChainError } from "../../errors.ts";
import {
  checkChildTake,
  checkSetChildren,
  childrenDueBlock,
} from "../../staking/children/child-rules.ts";
import { taoWeightBits } from "../../yuma/stake-weight.ts";
import type { ChangeTake, SetAutoStake, SetChildkeyTake, SetChildren } from "./actions.ts";
import type { NeuronPlace } from "./place.ts";

const outcomeOf = (refusal: ChainError | null): Outcome =>
  refusal === null ? { applied: true, feeRao: 0n } : { applied: false, reason: refusal };

export class ValidatorDesk {
  constructor(private readonly place: NeuronPlace) {}

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
    if (!started) family.activate(block, parameters.maxParents);
    return outcomeOf(null);
  }

  setChildkeyTake(coldkey: string, { netuid, hotkey, takeU16 }: SetChildkeyTake): Outcome {
    const { detailed, registry, block } = this.place;
    const family = detailed.get(netuid)?.family;
    if (!family) return outcomeOf("SubnetNotExists");
    if (registry.coldkeyOf(hotkey) !== coldkey) return outcomeOf("NonAssociatedColdKey");
    const since = family.blocksSinceTakeRaise(hotkey, block);
    const refusal = checkChildTake(takeU16, family.takeU16(hotkey), 0, since);
    if (refusal === null) family.setTake(hotkey, takeU16, block);
    return outcomeOf(refusal);
  }

  changeTake(coldkey: string, { kind, hotkey, takeU16 }: ChangeTake): Outcome {
    const { registry, takes, block } = this.place;
    const owner = registry.coldkeyOf(hotkey);
    if (owner === undefined) return outcomeOf("HotKeyAccountNotExists");
    if (owner !== coldkey) return outcomeOf("NonAssociatedColdKey");
    return outcomeOf(
      kind === "increase_take"
        ? takes.increase(hotkey, takeU16, block)
        : takes.decrease(hotkey, takeU16),
    );
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
