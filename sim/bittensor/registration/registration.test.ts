import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjusted, adjustPrices, movingPrices } from "./adjustment.ts";
import {
  bumpedBurnRao,
  burnAtBlockRao,
  DEFAULT_BURN_TERMS,
  decayedBurnRao,
  decayFactorQ32,
} from "./burn.ts";
import { hashNumber, meetsDifficulty, meetsTarget } from "./proof-of-work.ts";
import { checkRegister, rootMemberToReplace, rootSeat } from "./register.ts";
import {
  DEFAULT_REPLACEMENT_TERMS,
  type NeuronStanding,
  protectedUids,
  uidToReplace,
} from "./replacement.ts";

describe("the burn price", () => {
  const terms = DEFAULT_BURN_TERMS;
  const factor = decayFactorQ32(terms.halfLifeBlocks);

  test("halves in a half-life", () => {
    let burn = 1_000_000_000n;
    for (let block = 0; block < 360; block++) burn = decayedBurnRao(burn, factor, terms);
    expect(burn).toBe(499_999_865n);
  });

  test("stands still at one registration in 120 blocks", () => {
    let burn = 1_000_000_000n;
    for (let round = 0; round < 20; round++) {
      for (let block = 0; block < 120; block++) burn = decayedBurnRao(burn, factor, terms);
      burn = bumpedBurnRao(burn, terms);
    }
    expect(Number(burn) / 1e9).toBeCloseTo(1, 2);
  });

  test("does not decay in the first block", () => {
    expect(burnAtBlockRao(10n ** 9n, factor, terms, 1)).toBe(10n ** 9n);
    expect(burnAtBlockRao(10n ** 9n, factor, terms, 2)).toBe(998_076_443n);
  });

  test("decays monotonically: a dearer one never becomes the cheaper, nor grows", () => {
    const rao = fc.bigInt(0n, 10n ** 11n);
    fc.assert(
      fc.property(rao, rao, fc.integer({ min: 1, max: 36_100 }), (a, b, halfLifeBlocks) => {
        const own = { ...terms, halfLifeBlocks, minRao: 0n };
        const q32 = decayFactorQ32(halfLifeBlocks);
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(decayedBurnRao(low, q32, own)).toBeLessThanOrEqual(decayedBurnRao(high, q32, own));
        expect(decayedBurnRao(high, q32, own)).toBeLessThanOrEqual(high);
      }),
      { numRuns: 30 },
    );
  });

  test("has a longer half-life the larger the factor", () => {
    const factors = [1, 2, 60, 360, 7_200, 36_100].map(decayFactorQ32);
    expect([...factors].sort((a, b) => (a < b ? -1 : 1))).toEqual(factors);
  });
});

describe("the older rule", () => {
  const terms = {
    target: 2,
    alphaU64: 0n,
    minBurnRao: 1n,
    maxBurnRao: 10n ** 12n,
    minDifficulty: 10_000_000n,
    maxDifficulty: (1n << 64n) - 1n,
  };
  const prices = { burnRao: 1_000n, difficulty: 100_000_000n };

  test.each([
    ["too many, mostly by work", 3, 0, { burn: false, difficulty: true }],
    ["too many, mostly by burn", 0, 3, { burn: true, difficulty: false }],
    ["too many, as many by each", 2, 2, { burn: true, difficulty: true }],
    ["too few, mostly by work", 1, 0, { burn: true, difficulty: false }],
    ["too few, mostly by burn", 0, 1, { burn: false, difficulty: true }],
    ["too few, as many by each", 0, 0, { burn: true, difficulty: true }],
  ])("moves the right price: %s", (_, byWork, byBurn, moves) => {
    expect(movingPrices(byWork, byBurn, 2)).toEqual(moves);
  });

  test("raises by registrations over the target, lowers by those missing", () => {
    expect(adjustPrices(prices, 0, 6, terms)).toEqual({ ...prices, burnRao: 2_000n });
    expect(adjustPrices(prices, 1, 0, terms).burnRao).toBe(750n);
    expect(adjustPrices(prices, 0, 0, terms)).toEqual({ burnRao: 500n, difficulty: 50_000_000n });
  });

  test("keeps the share alpha of the old value, and its bounds", () => {
    const half = (1n << 63n) - 1n;
    expect(adjusted(1_000n, 6, 2, half, 0n, 10n ** 9n)).toBe(1_500n);
    expect(adjusted(1_000n, 6, 2, 0n, 0n, 1_200n)).toBe(1_200n);
    expect(adjusted(1_000n, 0, 2, 0n, 900n, 10n ** 9n)).toBe(900n);
  });
});

describe("the neuron that gives way", () => {
  const neuron = (uid: number, change: Partial<NeuronStanding> = {}): NeuronStanding => ({
    uid,
    emissionRao: 100n,
    registeredBlock: 0,
    ofOwner: false,
    isOwnerHotkey: false,
    ...change,
  });
  const terms = { ...DEFAULT_REPLACEMENT_TERMS, minNonImmuneUids: 2 };
  const now = 10_000;

  test("has the least emission, then the earliest registration, then the lowest uid", () => {
    const full = [0, 1, 2, 3].map((uid) => neuron(uid));
    expect(uidToReplace(full, now, terms)).toBe(0);
    expect(uidToReplace([neuron(0, { registeredBlock: 5 }), ...full.slice(1)], now, terms)).toBe(1);
    expect(uidToReplace([...full.slice(0, 3), neuron(3, { emissionRao: 99n })], now, terms)).toBe(
      3,
    );
  });

  test("is immune when new, unless too few are not", () => {
    const fresh = { registeredBlock: now - 10, emissionRao: 0n };
    const mixed = [neuron(0), neuron(1), neuron(2), neuron(3, fresh)];
    expect(uidToReplace(mixed, now, terms)).toBe(0);
    expect(uidToReplace(mixed.slice(1), now, terms)).toBe(3);
    expect(uidToReplace(mixed.slice(1, 3), now, terms)).toBeNull();
  });

  test("is never the owner's hotkey, nor the first of the owner's neurons", () => {
    const own = { ofOwner: true, emissionRao: 0n };
    const neurons = [
      neuron(0, { ...own, registeredBlock: 3 }),
      neuron(1, { ...own, registeredBlock: 2 }),
      ...[2, 3, 4].map((uid) => neuron(uid)),
    ];
    expect(protectedUids(neurons, 1)).toEqual(new Set([1]));
    expect(uidToReplace(neurons, now, terms)).toBe(0);
    const withHotkey = [neuron(9, { ...own, isOwnerHotkey: true, registeredBlock: 9 }), ...neurons];
    expect(protectedUids(withHotkey, 1)).toEqual(new Set([9]));
    expect(protectedUids(withHotkey, 2)).toEqual(new Set([9, 1]));
  });
});

describe("work", () => {
  test("is compared as a little-endian number", () => {
    const hash = new Uint8Array(32);
    hash[31] = 0x10;
    expect(hashNumber(hash)).toBe(1n << 252n);
    expect(meetsDifficulty(1n << 252n, 15n)).toBe(true);
    expect(meetsDifficulty(1n << 252n, 16n)).toBe(false);
  });

  test("since spec 475 meets a clamped target", () => {
    expect(meetsTarget((1n << 252n) - 1n, 16n, 1n, 100n)).toBe(true);
    expect(meetsTarget(1n << 252n, 16n, 1n, 100n)).toBe(false);
    expect(meetsTarget(1n << 252n, 16n, 1n, 15n)).toBe(true);
    expect(meetsTarget(1n << 255n, 0n, 0n, 100n)).toBe(true);
  });
});

describe("registering", () => {
  const request = {
    netuid: 1,
    subnetExists: true,
    registrationAllowed: true,
    alreadyRegistered: false,
    ownsHotkey: true,
    priceRao: 10n,
    chargeRao: 10n,
    spendableRao: 10n,
    limitRao: null,
    hasPlace: true,
  };

  test.each([
    ["RegistrationNotPermittedOnRootSubnet", { netuid: 0 }],
    ["SubnetNotExists", { subnetExists: false }],
    ["RegistrationPriceLimitExceeded", { limitRao: 9n }],
    ["SubNetRegistrationDisabled", { registrationAllowed: false }],
    ["HotKeyAlreadyRegisteredInSubNet", { alreadyRegistered: true }],
    ["NotEnoughBalanceToStake", { chargeRao: 11n }],
    ["NonAssociatedColdKey", { ownsHotkey: false }],
    ["NoNeuronIdAvailable", { hasPlace: false }],
    [null, { limitRao: 10n }],
  ])("answers %s", (answer, change) => {
    expect(checkRegister({ ...request, ...change })).toBe(answer);
  });

  test("on root takes the seat of the smallest member from a strictly larger stake", () => {
    const members = Array.from({ length: 64 }, (_, index) => BigInt(100 - index));
    expect(rootSeat(members.slice(1), 0n)).toBe(-1);
    expect(rootSeat(members, 37n)).toBe("StakeTooLowForRoot");
    expect(rootSeat(members, 38n)).toBe(63);
  });

  test("on root replaces, since 2026, the smallest member past its immunity", () => {
    const members = [5n, 3n, 4n].map((stakeRao) => ({ stakeRao, immune: stakeRao === 3n }));
    expect(rootMemberToReplace(members)).toBe(2);
    expect(rootMemberToReplace([{ stakeRao: 1n, immune: true }])).toBeNull();
  });
});
