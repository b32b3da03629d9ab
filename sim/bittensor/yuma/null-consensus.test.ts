import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decidingUid, type NullEpochInput, nullEpoch, splitExactly } from "./null-consensus.ts";

const stake = (...rao: number[]): bigint[] => rao.map((amount) => BigInt(amount) << 64n);
const none = { columns: [], values: [] };

const input: NullEpochInput = {
  n: 4,
  raoEmission: 1_001n,
  totalStakeBits: stake(30, 70, 0, 0),
  weights: [
    { columns: [2], values: [65_535] },
    { columns: [2, 3], values: [65_535, 21_845] },
    none,
    none,
  ],
  lastUpdate: [90, 90, 0, 0],
  blockAtRegistration: [1, 1, 1, 1],
};

describe("under null consensus", () => {
  test("the largest stake decides alone; its weights count unclipped, and stake earns half", () => {
    const output = nullEpoch(input);
    expect(output.validatorPermit).toEqual([false, true, false, false]);
    expect([...output.serverEmissionRao]).toEqual([0n, 0n, 376n, 125n]);
    expect([...output.validatorEmissionRao]).toEqual([150n, 350n, 0n, 0n]);
    expect([...output.stakeWeight]).toEqual([19_660, 45_874, 0, 0]);
  });

  test("who was registered since the weights were set gets nothing by them", () => {
    const since = nullEpoch({ ...input, blockAtRegistration: [1, 1, 1, 90] });
    expect([...since.serverEmissionRao]).toEqual([0n, 0n, 501n, 0n]);
    const all = nullEpoch({ ...input, blockAtRegistration: [1, 1, 95, 95] });
    expect([...all.serverEmissionRao]).toEqual([126n, 125n, 125n, 125n]);
  });

  test("without stake everything goes to all equally", () => {
    const output = nullEpoch({ ...input, totalStakeBits: stake(0, 0, 0, 0) });
    expect(output.validatorPermit).toEqual([false, false, false, false]);
    expect([...output.serverEmissionRao]).toEqual([251n, 250n, 250n, 250n]);
    expect([...output.validatorEmissionRao]).toEqual([0n, 0n, 0n, 0n]);
  });

  test("of equal stakes the lowest uid decides, by whole rao", () => {
    expect(decidingUid(stake(5, 5))).toBe(0);
    expect(decidingUid([5n << 64n, (5n << 64n) + 1n])).toBe(0);
    expect(decidingUid([1n, 2n])).toBeNull();
  });
});

test("a pot is split to the last unit, and nobody without a share gets one", () => {
  const shares = fc.array(fc.bigInt({ min: 0n, max: 1n << 80n }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), shares, (pot, given) => {
      const parts = splitExactly(pot, given);
      const total = given.reduce((sum, share) => sum + share, 0n);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total === 0n ? 0n : pot);
      given.forEach((share, k) => {
        const floor = total === 0n ? 0n : (pot * share) / total;
        expect(parts[k] - floor === 0n || (share > 0n && parts[k] - floor === 1n)).toBe(true);
      });
    }),
  );
});
