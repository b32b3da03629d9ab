/** What each call of a scenario wants to be told, and the action of the chain that it becomes. */
import { raoFromTao } from "../../sim/amounts.ts";
import type { BittensorAction } from "../../sim/bittensor/chain/actions.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { U64_MAX } from "../../sim/fixed/fixed-point.ts";
import { splitU16 } from "../mechanisms.ts";
import type { CallName } from "./names.ts";
import type { ScriptedCallSection } from "./section.ts";

export type CallField = Exclude<
  keyof ScriptedCallSection,
  "call" | "after_days" | "every_days" | "by"
>;

export interface CallKind {
  readonly needs: readonly CallField[];
  readonly may: readonly CallField[];
  /** Whether the subnet must be one that is simulated neuron by neuron. */
  readonly onNeurons: boolean;
  readonly action: (call: ScriptedCallSection, view: BittensorView) => BittensorAction;
}

const hotkeyOf = ({ hotkey, by }: ScriptedCallSection): string => hotkey ?? by;
const netuidOf = ({ netuid }: ScriptedCallSection): number => netuid as number;
const toOf = ({ to }: ScriptedCallSection): string => to as string;
const takeOf = ({ take_share: share }: ScriptedCallSection): number =>
  Math.round((share as number) * 65_535);

/** The amount that is named, or all that the signer has there. */
const alphaOf = (call: ScriptedCallSection, view: BittensorView): bigint =>
  call.amount_alpha === undefined
    ? view.stakeRao(hotkeyOf(call), netuidOf(call))
    : raoFromTao(call.amount_alpha);

/** A billionth is as fine as a scenario can say it. */
const PARTS = 1_000_000_000n;
const proportionOf = (share: number): bigint =>
  (BigInt(Math.round(share * Number(PARTS))) * U64_MAX) / PARTS;

const kind = (
  needs: readonly CallField[],
  may: readonly CallField[],
  action: CallKind["action"],
  onNeurons = false,
): CallKind => ({ needs, may, onNeurons, action });

const onNeurons = (
  needs: readonly CallField[],
  may: readonly CallField[],
  action: CallKind["action"],
): CallKind => kind(needs, may, action, true);

const takeChange = (name: "increase_take" | "decrease_take"): CallKind =>
  kind(["take_share"], ["hotkey"], (call) => ({
    kind: name,
    netuid: 0,
    hotkey: hotkeyOf(call),
    takeU16: takeOf(call),
  }));

const giveUp = (name: "burn_alpha" | "recycle_alpha"): CallKind =>
  kind(["netuid"], ["hotkey", "amount_alpha"], (call, view) => ({
    kind: name,
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    amountRao: alphaOf(call, view),
  }));

const coldkeySwap = (name: "announce_coldkey_swap" | "swap_coldkey_announced"): CallKind =>
  kind(["to"], [], (call) => ({ kind: name, netuid: 0, toColdkey: toOf(call) }));

const tracking = (
  name: "enable_voting_power_tracking" | "disable_voting_power_tracking",
): CallKind => onNeurons(["netuid"], [], (call) => ({ kind: name, netuid: netuidOf(call) }));

const isEnabled = ({ enabled }: ScriptedCallSection): boolean => enabled as boolean;

export const callKinds: Readonly<Record<CallName, CallKind>> = {
  set_children: onNeurons(["netuid", "children"], ["hotkey"], (call) => ({
    kind: "set_children",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    children: (call.children ?? []).map(({ hotkey, share }) => ({
      hotkey,
      proportionU64: proportionOf(share),
    })),
  })),
  set_childkey_take: onNeurons(["netuid", "take_share"], ["hotkey"], (call) => ({
    kind: "set_childkey_take",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    takeU16: takeOf(call),
  })),
  increase_take: takeChange("increase_take"),
  decrease_take: takeChange("decrease_take"),
  set_coldkey_auto_stake_hotkey: onNeurons(["netuid", "hotkey"], [], (call) => ({
    kind: "set_coldkey_auto_stake_hotkey",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
  })),
  try_associate_hotkey: kind(["hotkey"], [], (call) => ({
    kind: "try_associate_hotkey",
    netuid: 0,
    hotkey: hotkeyOf(call),
  })),
  add_stake: kind(["netuid", "amount_tao"], ["hotkey"], (call) => ({
    kind: "add_stake",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    amountRao: raoFromTao(call.amount_tao as number),
  })),
  remove_stake: kind(["netuid"], ["hotkey", "amount_alpha"], (call, view) => ({
    kind: "remove_stake",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    amountRao: alphaOf(call, view),
  })),
  move_stake: kind(["netuid", "to"], ["hotkey", "amount_alpha"], (call, view) => ({
    kind: "move_stake",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    toHotkey: toOf(call),
    amountRao: alphaOf(call, view),
  })),
  transfer_stake: kind(["netuid", "to"], ["hotkey", "amount_alpha"], (call, view) => ({
    kind: "transfer_stake",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    toColdkey: toOf(call),
    amountRao: alphaOf(call, view),
  })),
  burn_alpha: giveUp("burn_alpha"),
  recycle_alpha: giveUp("recycle_alpha"),
  lock_stake: kind(["netuid"], ["hotkey", "amount_alpha"], (call, view) => ({
    kind: "lock_stake",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
    amountRao: alphaOf(call, view),
  })),
  set_perpetual_lock: kind(["netuid", "enabled"], [], (call) => ({
    kind: "set_perpetual_lock",
    netuid: netuidOf(call),
    enabled: isEnabled(call),
  })),
  set_reject_locked_alpha: kind(["enabled"], [], (call) => ({
    kind: "set_reject_locked_alpha",
    netuid: 0,
    enabled: isEnabled(call),
  })),
  announce_coldkey_swap: coldkeySwap("announce_coldkey_swap"),
  swap_coldkey_announced: coldkeySwap("swap_coldkey_announced"),
  swap_hotkey: kind(["to"], ["hotkey", "netuid"], (call) => ({
    kind: "swap_hotkey",
    netuid: call.netuid ?? 0,
    allSubnets: call.netuid === undefined,
    hotkey: hotkeyOf(call),
    newHotkey: toOf(call),
  })),
  terminate_lease: kind(["netuid", "hotkey"], [], (call) => ({
    kind: "terminate_lease",
    netuid: netuidOf(call),
    hotkey: hotkeyOf(call),
  })),
  enable_voting_power_tracking: tracking("enable_voting_power_tracking"),
  disable_voting_power_tracking: tracking("disable_voting_power_tracking"),
  sudo_set_toggle_transfer: kind(["netuid", "enabled"], [], (call) => ({
    kind: "sudo_set_toggle_transfer",
    netuid: netuidOf(call),
    enabled: isEnabled(call),
  })),
  sudo_set_commit_reveal_weights_enabled: onNeurons(["netuid", "enabled"], [], (call) => ({
    kind: "sudo_set_commit_reveal_weights_enabled",
    netuid: netuidOf(call),
    enabled: isEnabled(call),
  })),
  sudo_set_commit_reveal_weights_interval: onNeurons(["netuid", "epochs"], [], (call) => ({
    kind: "sudo_set_commit_reveal_weights_interval",
    netuid: netuidOf(call),
    intervalEpochs: call.epochs as number,
  })),
  sudo_set_epoch_consensus: onNeurons(["netuid", "mode"], [], (call) => ({
    kind: "sudo_set_epoch_consensus",
    netuid: netuidOf(call),
    mode: call.mode as "yuma" | "null",
  })),
  sudo_set_mechanism_count: onNeurons(["netuid", "count"], [], (call) => ({
    kind: "sudo_set_mechanism_count",
    netuid: netuidOf(call),
    count: call.count as number,
  })),
  sudo_set_mechanism_emission_split: onNeurons(["netuid"], ["split"], (call) => ({
    kind: "sudo_set_mechanism_emission_split",
    netuid: netuidOf(call),
    split: call.split ? splitU16(call.split) : null,
  })),
};
