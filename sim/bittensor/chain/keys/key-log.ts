/** What the desks of this folder tell the records. */

export interface KeySwap {
  readonly key: "hotkey" | "coldkey";
  /** Null for all subnets. */
  readonly netuid: number | null;
  /** Whose hotkey it is; of a coldkey swap the old coldkey. */
  readonly coldkey: string;
  readonly from: string;
  readonly to: string;
  /** Stake that went along: positions, and their worth at spot prices, TAO rao. */
  readonly positions: number;
  readonly valueRao: bigint;
  /** Recycled for it; of a coldkey swap at the announcement. */
  readonly costRao: bigint;
}

export interface KeyLog {
  keySwap(swap: KeySwap): void;
}
