import { describe, expect, test } from "vitest";
import { flockParameters } from "../parameters.ts";
import { sigmaChangeRefusal } from "./sigma.ts";
import { grantVestedWei, release } from "./vesting.ts";

const grant = { amountWei: 1000n, startDay: 10, durationDays: 90, releasedWei: 0n };

describe("the vesting of Reward B", () => {
  test("is linear and then whole, and what is released is never released again", () => {
    expect(grantVestedWei(grant, 9)).toBe(0n);
    expect(grantVestedWei(grant, 55)).toBe(500n);
    expect(grantVestedWei(grant, 100)).toBe(1000n);
    const half = release(grant, 55);
    expect(half.amountWei).toBe(500n);
    expect(release(half.grant, 55).amountWei).toBe(0n);
    expect(release(half.grant, 500).amountWei).toBe(500n);
  });

  test("without a duration is whole at once", () => {
    expect(grantVestedWei({ ...grant, durationDays: 0 }, 10)).toBe(1000n);
  });
});

describe("a change of the sharing ratio", () => {
  const { arena } = flockParameters();
  const refusal = (sigma: number, day: number, finishedDay: number | null = null) =>
    sigmaChangeRefusal(sigma, day, 20, [{ expectedEndDay: 40, finishedDay }], arena);

  test("keeps to its bounds and its cool-down", () => {
    expect(refusal(1.1, 30)).toBe("SigmaOutOfBounds");
    expect(refusal(0.5, 20)).toBe("SigmaCoolDown");
    expect(refusal(0.5, 21)).toBeNull();
  });

  test("is frozen for two days before and after a task's expected end", () => {
    expect([37, 38, 42, 43].map((day) => refusal(0.5, day))).toEqual([
      null,
      "SigmaFrozen",
      "SigmaFrozen",
      null,
    ]);
  });

  test("a task finished long ago freezes nothing", () => {
    expect(refusal(0.5, 41, 30)).toBeNull();
    expect(refusal(0.5, 41, 31)).toBe("SigmaFrozen");
  });
});
