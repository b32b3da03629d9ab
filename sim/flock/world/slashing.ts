/**
 * The slash of Arena stakes that the documentation announces and the contract does not have: off
 * by default (spec/flock.md 2.7). A caught validator loses part of the stake, and with it the same
 * part of every lock: a lock is redeemed against exactly the gmFLOCK that it minted.
 */
import { scaledFraction, WEI_PER_FLOCK } from "../amounts.ts";
import type { Closeness } from "../arena/consensus.ts";
import type { FlockWorldState, Operator } from "./state.ts";
import { setLocks } from "./totals.ts";

export function slashValidators(
  world: FlockWorldState,
  validators: readonly Operator[],
  { distanceSum, count }: Closeness,
): void {
  const { slashRate, slashDistance } = world.parameters.arena;
  if (slashRate === 0) return;
  const part = scaledFraction(slashRate, WEI_PER_FLOCK);
  for (const [j, validator] of validators.entries()) {
    if (count[j] > 0 && distanceSum[j] / count[j] > slashDistance) slash(world, validator, part);
  }
}

/** Cuts `part` of the stake, at most what the locks behind it minted. */
function slash(world: FlockWorldState, operator: Operator, part: bigint): void {
  const { ledger, accounts } = world;
  const { participant } = operator;
  let left = (operator.stakedWei * part) / WEI_PER_FLOCK;
  const cut = participant.locks.map((lock) => {
    const cutWei = left < lock.gmflockWei ? left : lock.gmflockWei;
    if (cutWei === 0n) return lock;
    const principalCut = (lock.principalWei * cutWei) / lock.gmflockWei;
    const feeCut = (lock.feeDueWei * cutWei) / lock.gmflockWei;
    ledger.move(accounts.gmTasks, accounts.gmMint, cutWei, "gmFLOCK slashed");
    ledger.move(accounts.exchange, accounts.tokenContract, principalCut, "principal slashed");
    operator.stakedWei -= cutWei;
    left -= cutWei;
    return {
      ...lock,
      gmflockWei: lock.gmflockWei - cutWei,
      principalWei: lock.principalWei - principalCut,
      feeDueWei: lock.feeDueWei - feeCut,
    };
  });
  setLocks(participant, cut);
}
