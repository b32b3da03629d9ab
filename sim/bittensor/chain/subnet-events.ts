/** What happens to subnets as such: one record each. */
export const subnetEventKinds = [
  "registered",
  "added",
  "started",
  "emission_enabled",
  "pruned",
  "dissolved",
  "owner_refunded",
  "owner_changed",
] as const;

export interface SubnetEvent {
  readonly block: number;
  readonly netuid: number;
  readonly event: (typeof subnetEventKinds)[number];
  /** Of a takeover the new owner, otherwise the owner. */
  readonly coldkey: string;
  /** The lock, the pool's seed, or what holders were paid. */
  readonly taoRao?: bigint;
  /** The pool's seed, or what holders had. */
  readonly alphaRao?: bigint;
  readonly recycledRao?: bigint;
  /** Spot price just before a dissolution, TAO per alpha. */
  readonly price?: number;
}
