/** Linear vesting of the node's own Reward B. Source: spec/flock.md 2.4, contract VEST. */

export interface Grant {
  readonly amountWei: bigint;
  readonly startDay: number;
  readonly durationDays: number;
  readonly releasedWei: bigint;
}

/** floor(amount * min(1, (day - start) / duration)), for whole days. */
export function grantVestedWei(grant: Grant, day: number): bigint {
  const passed = day - grant.startDay;
  if (passed < 0) return 0n;
  if (passed >= grant.durationDays) return grant.amountWei;
  // Durations may be fractions of a day; a second is the contract's unit.
  const seconds = (days: number) => BigInt(Math.round(days * 86_400));
  return (grant.amountWei * seconds(passed)) / seconds(grant.durationDays);
}

/** What can be taken out on a day, and the grant after it was. */
export function release(
  grant: Grant,
  day: number,
): { readonly amountWei: bigint; readonly grant: Grant } {
  const vested = grantVestedWei(grant, day);
  return { amountWei: vested - grant.releasedWei, grant: { ...grant, releasedWei: vested } };
}
