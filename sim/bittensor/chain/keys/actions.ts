/** Handing everything to another coldkey (spec/token-economics.md section 7). */

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

export type KeyAction = AnnounceColdkeySwap | SwapColdkeyAnnounced;

const kinds: ReadonlySet<string> = new Set<KeyAction["kind"]>([
  "announce_coldkey_swap",
  "swap_coldkey_announced",
]);

export const isKeyAction = (action: { readonly kind: string }): action is KeyAction =>
  kinds.has(action.kind);
