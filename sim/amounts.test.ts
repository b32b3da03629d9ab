import { expect, test } from "vitest";
import { perquintillFromRational, raoFromTao, taoFromRao } from "./amounts.ts";

test("TAO and rao convert into each other", () => {
  expect(raoFromTao(1.000000001)).toBe(1_000_000_001n);
  expect(raoFromTao(11_287_741.292)).toBe(11_287_741_292_000_000n);
  expect(taoFromRao(21_000_000_000_000_000n)).toBe(21e6);
});

test("an amount that no ledger can hold is refused", () => {
  for (const bad of [Number.NaN, -1, Infinity, 2e10])
    expect(() => raoFromTao(bad)).toThrow(RangeError);
});

test("a perquintill is floored, and one where the quotient has no meaning", () => {
  expect(perquintillFromRational(1n, 3n)).toBe(333_333_333_333_333_333n);
  expect(perquintillFromRational(1n, 0n)).toBe(10n ** 18n);
  expect(perquintillFromRational(5n, 4n)).toBe(10n ** 18n);
});
