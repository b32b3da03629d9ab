/** Swaps of keys: a coldkey's, with all it has, and a hotkey's (spec/token-economics.md section 7). */

/** Says to whom; from then on the coldkey can do little else. */
export interface AnnounceColdkeySwap {
  readonly kind: "announce_coldkey_swap";
  readonly netuid: 0;
  readonly toColdkey: string;
}

/** Does it, once the announcement is old enough. */
export interface SwapColdkeyAnnounced {
  readonly kind: "swap_coldkey_announced";
  readonly netuid: 0;
  readonly toColdkey: string;
}

/** Puts a new hotkey in the place of one's own, on one subnet or on all. */
export interface SwapHotkey {
  readonly kind: "swap_hotkey";
  /** 0 where it is about all subnets. */
  readonly netuid: number;
  readonly allSubnets: boolean;
  readonly hotkey: string;
  readonly newHotkey: string;
}

export type KeyAction = AnnounceColdkeySwap | SwapColdkeyAnnounced | SwapHotkey;

const kinds: ReadonlySet<string> = new Set<KeyAction["kind"]>([
  "announce_coldkey_swap",
  "swap_coldkey_announced",
  "swap_hotkey",
]);

export const isKeyAction = (action: { readonly kind: string }): action is KeyAction =>
  kinds.has(action.kind);
