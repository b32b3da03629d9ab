/** Fees on claims. */
import { BPS_BASE } from "../amounts.ts";
import type { FlockWorldState, Participant } from "./state.ts";

/** Pays `grossWei` out of a contract's account, the fee to the token contract, the rest home. */
export function payClaim(
  world: FlockWorldState,
  from: number,
  to: Participant,
  grossWei: bigint,
  feeBps: bigint,
  reason: string,
): void {
  const feeWei = (grossWei * feeBps) / BPS_BASE;
  world.ledger.move(from, world.accounts.tokenContract, feeWei, "claim fee");
  world.ledger.move(from, to.flock, grossWei - feeWei, reason);
  to.totals.claimedWei += grossWei - feeWei;
}
