import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EpochInputError } from "./check-input.ts";
import { epoch } from "./epoch.ts";
import { twoByTwo, yuma3Defaults } from "./examples.ts";
import { epochWithMechanisms, fromStorageIndex, splitEmission } from "./mechanisms.ts";

test("an emission is split to the last rao, what rounding leaves goes to the first", () => {
  expect(splitEmission(10n, 4, null)).toEqual([4n, 2n, 2n, 2n]);
  const counts = fc.integer({ min: 1, max: 16 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), counts, (rao, count) => {
      const parts = splitEmission(rao, count, null);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(rao);
      expect(parts[0] - parts[count - 1]).toBeLessThan(BigInt(count));
    }),
  );
});

test("an index of a mechanism that the subnet does not have is none", () => {
  expect(fromStorageIndex(4_097, 2)).toEqual({ netuid: 1, mechanism: 1 });
  expect(fromStorageIndex(4_097, 1)).toBeNull();
});

describe("a subnet with mechanisms", () => {
  const { weights, bonds, lastUpdate, ...subnet } = twoByTwo;
  const own = { weights, bonds, lastUpdate };

  test("with one of them is an epoch", () => {
    const { mechanisms, aggregate } = epochWithMechanisms(subnet, [own], yuma3Defaults);
    const alone = epoch(twoByTwo, yuma3Defaults);
    expect(mechanisms).toEqual([alone]);
    expect(alone).toMatchObject(aggregate);
  });

  test("with two equal ones pays the same, but for rounding, and keeps bonds in both", () => {
    const { mechanisms, aggregate } = epochWithMechanisms(subnet, [own, own], yuma3Defaults);
    const alone = epoch(twoByTwo, yuma3Defaults);
    alone.serverEmissionRao.forEach((rao, uid) => {
      expect(Number(rao - aggregate.serverEmissionRao[uid])).toBeLessThanOrEqual(2);
    });
    expect(mechanisms.map((output) => output.bonds)).toEqual([alone.bonds, alone.bonds]);
    expect(aggregate.validatorPermit).toEqual(alone.validatorPermit);
  });

  test("names the mechanism and the field of what is wrong", () => {
    const field = (mechanisms: (typeof own)[], split: number[] | null) => {
      try {
        epochWithMechanisms(subnet, mechanisms, yuma3Defaults, split);
      } catch (error) {
        if (error instanceof EpochInputError) return error.field;
      }
      return "accepted";
    };
    expect(field([own, { ...own, lastUpdate: [] }], null)).toBe("mechanisms[1].lastUpdate");
    expect(field([], null)).toBe("mechanisms");
    expect(field([own], [65_534])).toBe("split");
    expect(field([own], [65_534, 1])).toBe("split");
    expect(field([own, own], [65_534, 1])).toBe("accepted");
  });
});
