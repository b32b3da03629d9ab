/**
 * The daily check. Two sets of books are compared: the ledger's accounts, and what each contract
 * says that it owes. A movement booked on one side only, or to the wrong account, shows here.
 */
import { ConservationError } from "../../ledger/ledger.ts";
import { allianceOwes } from "./alliance-day.ts";
import { FLOCK } from "./create.ts";
import type { FlockWorldState, Operator } from "./state.ts";
import { lockedTotals } from "./totals.ts";

const sum = <T>(items: Iterable<T>, value: (item: T) => bigint): bigint => {
  let total = 0n;
  for (const item of items) total += value(item);
  return total;
};

/** Throws ConservationError when FLOCK, gmFLOCK or USD do not add up. */
export function checkConservation(world: FlockWorldState): void {
  const { ledger, accounts, operators, tasks, models } = world;
  ledger.check();
  const minted = -ledger.balance(accounts.mint);
  if (minted !== world.grossMintedWei) {
    throw new ConservationError(FLOCK, "gross mints are not the token's count", minted);
  }
  const open = tasks.filter(({ finishedDay }) => finishedDay === null);
  const locks = lockedTotals(world);
  world.locked = locks;
  const alliance = allianceOwes(world);
  const arena = operatorsOwe(operators);
  const owed: readonly (readonly [account: number, owedWei: bigint, what: string])[] = [
    [accounts.exchange, locks.principalWei, "the open locks"],
    [accounts.claimable, arena.claimableWei, "the claimable rewards"],
    [accounts.pools, arena.poolsWei, "the delegation pools"],
    [accounts.lockedRewards, sum(open, (task) => task.lockedWei), "the tasks' locked rewards"],
    [accounts.vesting, arena.vestingWei, "the vesting grants"],
    [accounts.gmPools, arena.delegatedWei, "the delegations"],
    [accounts.gmTasks, arena.stakedWei + sum(open, (task) => task.creatorStakeWei), "the stakes"],
    [accounts.gmMint, -locks.gmflockWei, "the gmFLOCK of the locks"],
    [accounts.alliancePools, alliance.poolsWei, "the FL tasks' pools"],
    [accounts.allianceStakes, alliance.stakesWei, "the FL stakes"],
    [accounts.curves, sum(models, (m) => m.offering?.curve.flockWei ?? 0n), "the model curves"],
    [accounts.market, world.market.flockWei, "the pool's reserve"],
    [accounts.usdMarket, world.market.usdMicro, "the pool's reserve"],
  ];
  for (const [account, owedWei, what] of owed) ledger.reconcile(account, owedWei, what);
}

/** What nodes and validators have due, and what is staked with them; in one pass over many. */
function operatorsOwe(operators: readonly Operator[]) {
  let [claimableWei, poolsWei, vestingWei, delegatedWei, stakedWei] = [0n, 0n, 0n, 0n, 0n];
  for (const operator of operators) {
    claimableWei += operator.claimableWei;
    poolsWei += operator.pool.rewardsWei;
    delegatedWei += operator.pool.delegatedWei;
    stakedWei += operator.stakedWei;
    for (const grant of operator.grants) vestingWei += grant.amountWei - grant.releasedWei;
  }
  return { claimableWei, poolsWei, vestingWei, delegatedWei, stakedWei };
}
