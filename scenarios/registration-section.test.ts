import { describe, expect, test } from "vitest";
import { raoFromTao } from "../sim/amounts.ts";
import { subnetTermsAt } from "../sim/bittensor/chain/subnet-terms.ts";
import { OWNERSHIP_432, OWNERSHIP_447 } from "../sim/bittensor/staking/locks/ownership.ts";
import { registrationSection, subnetTermsOverrides } from "./registration-section.ts";

const overrides = (section: object) => subnetTermsOverrides(registrationSection.parse(section));

describe("terms of registration", () => {
  test("what a scenario leaves out stays as the chain has it", () => {
    expect(overrides({})).toEqual({});
  });

  test("days become blocks, TAO rao", () => {
    const section = { immunity_days: 60, min_lock_tao: 2.5, emission_after_days: 30 };
    expect(overrides(section)).toEqual({
      immunityBlocks: 432_000,
      minLockRao: raoFromTao(2.5),
      emissionAfterBlocks: 216_000,
    });
  });

  test("a takeover's age and threshold change one by one", () => {
    expect(overrides({ takeover_percent: 30 })).toEqual({
      ownership: { ...OWNERSHIP_447, percent: 30n },
    });
    expect(overrides({ takeover_after_days: 30 })).toEqual({
      ownership: { ...OWNERSHIP_447, matureBlocks: 216_000 },
    });
  });
});

describe("the chain's own terms", () => {
  test("in October 2026: a lock as pool, no emission, 120 days of immunity, 18 per cent", () => {
    expect(subnetTermsAt(9_240_000)).toMatchObject({
      subnetLimit: 128,
      immunityBlocks: 864_000,
      rateLimitBlocks: 14_400,
      minLockRao: 1_000_000_000n,
      lockIntervalBlocks: 115_200,
      startCallDelayBlocks: 0,
      seed: "paid",
      newSubnetsEmit: false,
      lockRates: { unlockBlocks: 934_866, maturityBlocks: 311_622 },
      ownership: OWNERSHIP_447,
    });
  });

  test("locks moved ownership under the first rule in July 2026, and not before", () => {
    expect(subnetTermsAt(8_700_000).ownership).toEqual(OWNERSHIP_432);
    expect(subnetTermsAt(8_600_000).ownership).toBeNull();
    expect(subnetTermsAt(7_000_000)).toMatchObject({
      lockRates: null,
      startCallDelayBlocks: 50_400,
      seed: "minimum",
      rateLimitBlocks: 28_800,
    });
  });
});
