/** The calls that a scenario can make, under the names of the chain's extrinsics. */
export const callNames = [
  "set_children",
  "set_childkey_take",
  "increase_take",
  "decrease_take",
  "set_coldkey_auto_stake_hotkey",
  "try_associate_hotkey",
  "add_stake",
  "remove_stake",
  "move_stake",
  "transfer_stake",
  "burn_alpha",
  "recycle_alpha",
  "lock_stake",
  "set_perpetual_lock",
  "set_reject_locked_alpha",
  "announce_coldkey_swap",
  "swap_coldkey_announced",
  "terminate_lease",
  "enable_voting_power_tracking",
  "disable_voting_power_tracking",
  "sudo_set_toggle_transfer",
  "sudo_set_commit_reveal_weights_enabled",
  "sudo_set_commit_reveal_weights_interval",
] as const;

export type CallName = (typeof callNames)[number];
