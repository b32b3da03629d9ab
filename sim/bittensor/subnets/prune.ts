/**
 * Which subnet gives way when all slots are taken.
 * Source: spec/token-economics.md section 6.4, spec/recent-rules.md section 3.6 (subnet.rs).
 */
export interface SubnetStanding {
  readonly netuid: number;
  /** I96F32 bits. Before 2025 the subnet's emission value stood in its place. */
  readonly movingPriceBits: bigint;
  readonly registeredBlock: number;
}

export const SUBNET_LIMIT = 128;
/** Blocks that a subnet cannot be pruned: 180 days in the code, 120 days on the network in 2026. */
export const NETWORK_IMMUNITY_BLOCKS = { default: 1_296_000, live2026: 864_000 } as const;

/** Lowest moving price among the subnets past their immunity, earliest registered of equals. */
export function subnetToPrune(
  subnets: readonly SubnetStanding[],
  block: number,
  immunityBlocks: number,
): number | null {
  let victim: SubnetStanding | null = null;
  for (const subnet of subnets) {
    if (block < subnet.registeredBlock + immunityBlocks) continue;
    const earlier =
      victim === null ||
      subnet.movingPriceBits < victim.movingPriceBits ||
      (subnet.movingPriceBits === victim.movingPriceBits &&
        subnet.registeredBlock < victim.registeredBlock);
    if (earlier) victim = subnet;
  }
  return victim?.netuid ?? null;
}

/** What a registration must do first. `count` is without root, subnets being dissolved included. */
export type Place = "free" | "prune" | "wait";

/**
 * Whether a registration finds a place, must prune, or waits for one that is already being freed
 * (more subnets are being dissolved than registrations wait for a slot).
 */
export function placeFor(
  count: number,
  dissolving: number,
  waiting: number,
  limit: number = SUBNET_LIMIT,
): Place {
  if (count < limit) return "free";
  return dissolving > waiting ? "wait" : "prune";
}
