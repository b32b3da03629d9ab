/**
 * How much FLOCK there is: the cap on gross mints, the allocations outside the staking emission
 * with their cliffs and vesting, and circulating supply by day. A token is minted when it vests;
 * the cap counts gross mints, so a burn reopens no room. Source: spec/flock.md section 5.
 */
import { flockFromWei, scaledFraction, WEI_PER_FLOCK, weiFromFlock } from "../amounts.ts";
import type { FlockParameters } from "../parameters.ts";
import { mintDays } from "./emission.ts";

/** Day 0 of every FLock count of days: the token's launch on Base (third party, RATE). */
export const LAUNCH_DATE = "2024-12-31";
export const DAYS_PER_MONTH = 30.4375;

export interface GrossMints {
  readonly capWei: bigint;
  readonly mintedWei: bigint;
}

/** The token's own check: the new count, or null where the mint would pass the cap. */
export const grossMint = (mints: GrossMints, amountWei: bigint): GrossMints | null =>
  mints.mintedWei + amountWei > mints.capWei
    ? null
    : { ...mints, mintedWei: mints.mintedWei + amountWei };

export type TrancheName = "team_investors" | "treasury" | "airdrop" | "reserve";

export interface Tranche {
  readonly name: TrancheName;
  readonly totalWei: bigint;
  readonly cliffDays: number;
  readonly vestDays: number;
}

export function tranches(parameters: Pick<FlockParameters, "supply" | "allocations">): Tranche[] {
  const { supply, allocations: a } = parameters;
  const tranche = (name: TrancheName, share: number, cliff: number, vest: number): Tranche => ({
    name,
    totalWei: weiFromFlock(supply.capFlock * share),
    cliffDays: cliff * DAYS_PER_MONTH,
    vestDays: vest * DAYS_PER_MONTH,
  });
  return [
    tranche(
      "team_investors",
      a.teamInvestorsShare,
      a.teamInvestorsCliffMonths,
      a.teamInvestorsVestMonths,
    ),
    tranche("treasury", a.treasuryShare, a.treasuryCliffMonths, a.treasuryVestMonths),
    tranche("airdrop", a.airdropShare, a.airdropCliffMonths, a.airdropVestMonths),
    tranche("reserve", a.reserveShare, a.reserveCliffMonths, a.reserveVestMonths),
  ];
}

/** What of a tranche has vested by the end of a day: nothing before the cliff, then linear. */
export function vestedWei(tranche: Tranche, day: number): bigint {
  if (day < tranche.cliffDays) return 0n;
  const passed = day - tranche.cliffDays;
  if (passed >= tranche.vestDays) return tranche.totalWei;
  const part = scaledFraction(passed / tranche.vestDays, WEI_PER_FLOCK);
  return (tranche.totalWei * part) / WEI_PER_FLOCK;
}

export interface SupplyOnDay {
  readonly day: number;
  readonly emissionFlock: number;
  readonly vestedFlock: Readonly<Record<TrancheName, number>>;
  readonly burnedFlock: number;
  readonly circulatingFlock: number;
  /** Of the cap. */
  readonly circulatingShare: number;
}

/** Supply at the end of a day, one mint a day from day 1, less what was burned by then. */
export function supplyOnDay(
  day: number,
  parameters: Pick<FlockParameters, "supply" | "allocations">,
  burnedFlock = 0,
): SupplyOnDay {
  const emissionFlock = flockFromWei(mintDays(day, parameters.supply).mintedWei);
  const vested = tranches(parameters).map(
    (tranche) => [tranche.name, flockFromWei(vestedWei(tranche, day))] as const,
  );
  const circulatingFlock =
    vested.reduce((sum, [, flock]) => sum + flock, emissionFlock) - burnedFlock;
  return {
    day,
    emissionFlock,
    vestedFlock: Object.fromEntries(vested) as Record<TrancheName, number>,
    burnedFlock,
    circulatingFlock,
    circulatingShare: circulatingFlock / parameters.supply.capFlock,
  };
}
