/** What each role of each subnet has been paid since the start, in alpha rao: for the records. */
export const rewardRoles = ["owner", "miner", "validator", "delegator", "root", "burned"] as const;
export type RewardRole = (typeof rewardRoles)[number];

export class RewardTally {
  private readonly totals = new Map<number, Map<RewardRole, bigint>>();

  add(netuid: number, role: RewardRole, alphaRao: bigint): void {
    let subnet = this.totals.get(netuid);
    if (!subnet) {
      subnet = new Map();
      this.totals.set(netuid, subnet);
    }
    subnet.set(role, (subnet.get(role) ?? 0n) + alphaRao);
  }

  totalRao(netuid: number, role: RewardRole): bigint {
    return this.totals.get(netuid)?.get(role) ?? 0n;
  }
}
