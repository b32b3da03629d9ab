import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import {
  automaticParents,
  type ChildrenRequest,
  checkChildTake,
  checkSetChildren,
  childrenDueBlock,
  mayActivate,
} from "./child-rules.ts";
import { inheritedRao } from "./inheritance.ts";
import { splitWithParents } from "./parent-dividends.ts";

const HALF = U64_MAX / 2n;
const noRoot = (alphaRao: bigint) => ({ alphaRao, rootRao: 0n });

describe("inherited stake", () => {
  test("goes from the parent to the child, floored", () => {
    expect(inheritedRao(1_000n, [HALF], [])).toBe(500n);
    expect(inheritedRao(0n, [], [{ proportionU64: HALF, stakeRao: 1_000n }])).toBe(499n);
  });

  test("is never more in all than the stake that is lent", () => {
    const stake = fc.bigInt(0n, 21n * 10n ** 15n);
    fc.assert(
      fc.property(stake, fc.bigInt(0n, U64_MAX), (stakeRao, proportionU64) => {
        const kept = inheritedRao(stakeRao, [proportionU64], []);
        const gained = inheritedRao(0n, [], [{ proportionU64, stakeRao }]);
        expect(kept + gained).toBeLessThanOrEqual(stakeRao);
        expect(kept + gained).toBeGreaterThanOrEqual(stakeRao - 1n);
      }),
    );
  });
});

describe("a child's dividend", () => {
  const terms = { childTakeU16: 11_796, childBurnU64: 0n, taoWeightBits: 0n };

  test("is shared by contributed stake, less the take from strangers", () => {
    const parent = { ...noRoot(1_000n), proportionU64: U64_MAX, sameOwner: false };
    const split = splitWithParents(1_000_000n, noRoot(1_000n), [], [parent], terms);
    expect(split.parentsRao).toEqual([410_002n]);
    expect(split.childRao).toBe(589_997n);
    const kin = splitWithParents(
      1_000_000n,
      noRoot(1_000n),
      [],
      [{ ...parent, sameOwner: true }],
      terms,
    );
    expect(kin.parentsRao).toEqual([500_000n]);
  });

  test("never pays out more than it is", () => {
    const rao = fc.bigInt(0n, 10n ** 15n);
    const parent = fc.record({
      alphaRao: rao,
      rootRao: rao,
      proportionU64: fc.bigInt(0n, U64_MAX),
      sameOwner: fc.boolean(),
    });
    const anyTerms = fc.record({
      childTakeU16: fc.integer({ min: 0, max: 65_535 }),
      childBurnU64: fc.bigInt(0n, U64_MAX / 4n),
      taoWeightBits: fc.bigInt(0n, 1n << 32n),
    });
    fc.assert(
      fc.property(
        rao,
        fc.array(parent, { maxLength: 5 }),
        rao,
        anyTerms,
        (own, parents, dividend, chosen) => {
          fc.pre(chosen.childTakeU16 <= 49_000);
          const split = splitWithParents(dividend, noRoot(own), [], parents, chosen);
          const paid = split.parentsRao.reduce((sum, part) => sum + part, split.childRao);
          expect(paid + split.recycledRao).toBeLessThanOrEqual(dividend);
          expect(paid + split.recycledRao).toBeGreaterThanOrEqual(
            dividend - BigInt(parents.length + 2),
          );
        },
      ),
    );
  });
});

describe("set_children", () => {
  const request: ChildrenRequest = {
    netuid: 7,
    parent: "p",
    children: [{ hotkey: "c", proportionU64: U64_MAX }],
    grandparents: [],
    callerOwnsParent: true,
    parentIsSubnetOwner: false,
    stakeWeightRao: 10n,
    stakeThresholdRao: 10n,
    blocksSinceLastSet: 150,
  };
  const child = (hotkey: string, proportionU64 = 1n) => ({ hotkey, proportionU64 });

  test.each([
    ["RegistrationNotPermittedOnRootSubnet", { netuid: 0 }],
    ["TxRateLimitExceeded", { blocksSinceLastSet: 149 }],
    ["NonAssociatedColdKey", { callerOwnsParent: false }],
    ["TooManyChildren", { children: ["a", "b", "c", "d", "e", "f"].map((name) => child(name)) }],
    ["InvalidChild", { children: [child("p")] }],
    ["ProportionOverflow", { children: [child("a", U64_MAX), child("b")] }],
    ["DuplicateChild", { children: [child("a"), child("a")] }],
    ["ChildParentInconsistency", { grandparents: ["c"] }],
    ["NotEnoughStakeToSetChildkeys", { stakeWeightRao: 9n }],
    [null, { stakeWeightRao: 0n, parentIsSubnetOwner: true }],
    [null, {}],
  ])("answers %s", (answer, change) => {
    expect(checkSetChildren({ ...request, ...change })).toBe(answer);
  });

  test("counts after the cooldown, at once before the subnet is started", () => {
    expect(childrenDueBlock(1_000, 7_200, true)).toBe(8_200);
    expect(childrenDueBlock(1_000, 7_200, false)).toBe(1_000);
  });

  test("gives no child a 101st parent since spec 475, but renews an old one", () => {
    const parents = Array.from({ length: 100 }, (_, index) => `p${index}`);
    expect(mayActivate("new", [{ hotkey: "c", parents }], 100)).toBe(false);
    expect(mayActivate("p5", [{ hotkey: "c", parents }], 100)).toBe(true);
    expect(mayActivate("new", [{ hotkey: "c", parents }], null)).toBe(true);
  });

  test("makes the root validators parents of a new subnet's owner", () => {
    const validators = [
      { hotkey: "v1", autoDelegates: true },
      { hotkey: "v2", autoDelegates: false },
    ];
    expect(automaticParents(validators, 100)).toEqual([{ hotkey: "v1", proportionU64: U64_MAX }]);
  });

  test("lets the child take rise once in 30 days, up to 18 %", () => {
    expect(checkChildTake(11_797, 0, 0, 1e9)).toBe("InvalidChildkeyTake");
    expect(checkChildTake(99, 50, 100, 1e9)).toBe("InvalidChildkeyTake");
    expect(checkChildTake(100, 50, 0, 215_999)).toBe("TxChildkeyTakeRateLimitExceeded");
    expect(checkChildTake(50, 100, 0, 0)).toBeNull();
  });
});
