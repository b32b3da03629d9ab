import { describe, expect, test } from "vitest";
import { flockFromWei, weiFromFlock } from "../amounts.ts";
import { flockParameters } from "../parameters.ts";
import { mintDays, scheduledEmission, totalEmission } from "./emission.ts";
import { grossMint, supplyOnDay, tranches, vestedWei } from "./supply.ts";

const parameters = flockParameters();
const { supply } = parameters;

describe("the staking emission", () => {
  test("sums to 42 % of the cap within ten FLOCK", () => {
    expect(Math.abs(totalEmission(supply) - 420e6)).toBeLessThan(10);
  });

  test("by the contract's counter ends one early decay below the schedule", () => {
    const { mintedWei, counter } = mintDays(1800, supply);
    // Every plateau starts a mint early: the first loses a mint, the 61st gains one.
    const missing = scheduledEmission(1, supply) - scheduledEmission(1800, supply) * supply.decay;
    expect(totalEmission(supply) - flockFromWei(mintedWei)).toBeCloseTo(missing, 4);
    expect(mintDays(1801, supply).mintedWei).toBe(mintedWei);
    expect(counter.mints).toBe(1800);
  });

  test("with a whole first plateau is the schedule", () => {
    const whole = { ...supply, firstPlateau: "schedule" } as const;
    for (const mints of [1, 30, 31, 365, 1800]) {
      const counted = flockFromWei(mintDays(mints, whole).mintedWei);
      const days = Array.from({ length: mints }, (_, i) => scheduledEmission(i + 1, supply));
      expect(counted).toBeCloseTo(
        days.reduce((sum, flock) => sum + flock, 0),
        4,
      );
    }
  });
});

describe("supply", () => {
  test("the cap counts gross mints: nothing is minted beyond it", () => {
    const nearly = { capWei: weiFromFlock(1e9), mintedWei: weiFromFlock(1e9) - 1n };
    expect(grossMint(nearly, 1n)?.mintedWei).toBe(weiFromFlock(1e9));
    expect(grossMint(nearly, 2n)).toBeNull();
  });

  test("allocations and emission fill the cap", () => {
    const allocated = tranches(parameters).reduce((sum, { totalWei }) => sum + totalWei, 0n);
    expect(flockFromWei(allocated)).toBe(580e6);
  });

  test("team and investors have nothing before month 12 and all after month 36", () => {
    const [team] = tranches(parameters);
    expect(vestedWei(team, 365)).toBe(0n);
    expect(flockFromWei(vestedWei(team, 730)) / 225e6).toBeCloseTo(0.4993, 3);
    expect(vestedWei(team, 1096)).toBe(team.totalWei);
  });

  test("circulating comes near the reported 25 % after a year and 50 % after two", () => {
    // The defaults for treasury and airdrop are unpublished; these are what they give.
    expect(supplyOnDay(365, parameters).circulatingShare).toBeCloseTo(0.2677, 4);
    expect(supplyOnDay(730, parameters).circulatingShare).toBeCloseTo(0.5104, 4);
    expect(supplyOnDay(425, parameters).circulatingShare).toBeCloseTo(0.3083, 4);
  });

  test("what was burned does not circulate", () => {
    const burned = supplyOnDay(365, parameters, 1e6);
    expect(burned.circulatingFlock).toBeCloseTo(
      supplyOnDay(365, parameters).circulatingFlock - 1e6,
    );
  });
});
