/**
 * FLock's supply against what is reported of it. The unlocks of airdrop and treasury are not
 * published; our defaults for them (liquid at the launch; linear over 60 months) are natural, not
 * fitted, and the bounds are what they leave open.
 */

import { flockFromWei } from "../../sim/flock/amounts.ts";
import { flockParameters } from "../../sim/flock/parameters.ts";
import { mintDays, totalEmission } from "../../sim/flock/supply/emission.ts";
import { supplyOnDay, tranches, vestedWei } from "../../sim/flock/supply/supply.ts";
import { type RealityCheck, realityCheck } from "./check.ts";

/** 31 March 2026 in days from the launch. */
const UNLOCK_DAY = 455;

export function flockSupplyChecks(): RealityCheck[] {
  const parameters = flockParameters();
  const share = (day: number) => supplyOnDay(day, parameters).circulatingShare;
  return [
    realityCheck(
      "staking emission, all 60 periods, FLOCK",
      420e6,
      totalEmission(parameters.supply),
      10,
    ),
    realityCheck("circulating after a year, of the cap", 0.25, share(365), 0.02),
    realityCheck("circulating after 14 months, of the cap", 0.315, share(425), 0.02),
    realityCheck("circulating after two years, of the cap", 0.5, share(730), 0.02),
    realityCheck("unlock of 31 March 2026, FLOCK", 16_340_000, monthBefore(UNLOCK_DAY), 2_000_000),
  ];
}

/**
 * A month of staking emission and of the team's and investors' vesting. Reported is a month's
 * unlock of 16.34 million, which leaves 8.4 million besides the emission; a twenty-fourth of
 * 22.5 % is 9.4 million, so the tranche that vests is nearer to 20 % of the cap.
 */
function monthBefore(day: number): number {
  const { supply } = flockParameters();
  const emitted = mintDays(day, supply).mintedWei - mintDays(day - 30, supply).mintedWei;
  const [team] = tranches(flockParameters());
  const vested = vestedWei(team, day) - vestedWei(team, day - team.vestDays / 24);
  return flockFromWei(emitted + vested);
}
