/**
 * What of a position cannot leave it: a miner's collateral on its own hotkey. Locks hold back on the
 * whole subnet instead (locks/lock-desk.ts). Source: spec/recent-rules.md section 3.5.
 */
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { Registry } from "./registry.ts";
import type { StakePosition } from "./stake-legs.ts";

export interface BoundPlace {
  readonly registry: Registry;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
}

export function collateralRao(
  { registry, detailed }: BoundPlace,
  { coldkey, hotkey, netuid }: StakePosition,
): bigint {
  if (registry.coldkeyOf(hotkey) !== coldkey) return 0n;
  return detailed.get(netuid)?.collateral.lockedRao(hotkey) ?? 0n;
}
