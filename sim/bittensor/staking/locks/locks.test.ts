import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromInteger, toFloat, U64F64 } from "../../../fixed/fixed-point.ts";
import {
  aggregateOf,
  availableRao,
  emptyBook,
  kindOf,
  lockAt,
  lockStake,
  moveLock,
  setPerpetual,
  transferLock,
} from "./lock-book.ts";
import { DEFAULT_LOCK_RATES, emptyLock, expDecayBits, rollForward } from "./lock-state.ts";
import {
  changeOwnerHotkey,
  convictionsBits,
  entitledHotkey,
  OWNERSHIP_432,
  OWNERSHIP_446,
  OWNERSHIP_447,
} from "./ownership.ts";

const rates = DEFAULT_LOCK_RATES;
const decaying = { toOwner: false, perpetual: false };
const alpha = 1_000_000_000n;
const conviction = (bits: bigint) => toFloat(U64F64, bits);

describe("a lock rolled forward", () => {
  test("halves its mass in 90 days", () => {
    const lock = rollForward({ ...emptyLock(0), massRao: 10n ** 12n }, 648_000, rates, decaying);
    expect(lock.massRao).toBe(499_999_856_718n);
  });

  test("has its most conviction, 0.3679 of the mass, after one e-folding time", () => {
    const at = (block: number) =>
      rollForward({ ...emptyLock(0), massRao: 10n ** 12n }, block, rates, decaying).convictionBits;
    expect(conviction(at(934_866)) / 1e12).toBeCloseTo(0.3679, 4);
    expect(at(934_866 - 5_000) < at(934_866) && at(934_866 + 5_000) < at(934_866)).toBe(true);
  });

  test("to the owner's hotkey is convinced at once; a perpetual one keeps its mass", () => {
    const start = { ...emptyLock(0), massRao: 10n ** 12n };
    const toOwner = rollForward(start, 0, rates, { toOwner: true, perpetual: false });
    expect(toOwner.convictionBits).toBe(fromInteger(U64F64, 10n ** 12n));
    const perpetual = rollForward(start, 648_000, rates, { toOwner: false, perpetual: true });
    expect(perpetual.massRao).toBe(10n ** 12n);
    expect(conviction(perpetual.convictionBits) / 1e12).toBeCloseTo(0.5, 6);
  });

  test("in chunks loses at most a rao of mass a chunk, and never gains", () => {
    const kind = fc.record({ toOwner: fc.constant(false), perpetual: fc.boolean() });
    fc.assert(
      fc.property(
        fc.bigInt(10n ** 6n, 10n ** 16n),
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 2, maxLength: 12 }),
        kind,
        (massRao, steps, lockKind) => {
          const start = { ...emptyLock(0), massRao };
          let chunked = start;
          for (const step of steps) {
            chunked = rollForward(chunked, chunked.block + step, rates, lockKind);
          }
          const once = rollForward(start, chunked.block, rates, lockKind);
          // The exponential's own error is relative, about 1e-18 a step.
          const slack = BigInt(steps.length) + massRao / 10n ** 15n;
          expect(once.massRao - chunked.massRao).toBeLessThanOrEqual(slack);
          expect(chunked.massRao - once.massRao).toBeLessThanOrEqual(slack);
        },
      ),
    );
  });

  test("decays monotonically in time", () => {
    const blocks = fc.bigInt(0n, 40_000_000n);
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(expDecayBits(late, 934_866n)).toBeLessThanOrEqual(expDecayBits(early, 934_866n));
      }),
    );
  });
});

describe("the locks of a subnet", () => {
  test("hold back what they bind", () => {
    const book = emptyBook("owner", rates);
    expect(lockStake(book, "ann", "h1", 60n * alpha, 100n * alpha, 10)).toBeNull();
    expect(availableRao(book, "ann", 100n * alpha, 10)).toBe(40n * alpha);
    expect(lockStake(book, "ann", "h2", alpha, 100n * alpha, 10)).toBe("LockHotkeyMismatch");
    expect(lockStake(book, "ann", "h1", 41n * alpha, 100n * alpha, 10)).toBe(
      "InsufficientStakeForLock",
    );
    expect(lockStake(book, "bob", "h1", 0n, alpha, 10)).toBe("AmountTooLow");
  });

  test("are counted in the aggregate of their hotkey and mode", () => {
    const book = emptyBook("owner", rates);
    lockStake(book, "ann", "h1", 60n * alpha, 100n * alpha, 0);
    lockStake(book, "bob", "h1", 40n * alpha, 100n * alpha, 0);
    setPerpetual(book, "bob", true, 0);
    const modes = [false, true].map((perpetual) =>
      aggregateOf(book, "h1", { toOwner: false, perpetual }),
    );
    expect(modes.map((lock) => lock.massRao)).toEqual([60n * alpha, 40n * alpha]);
    lockStake(book, "cat", "owner", 5n * alpha, 5n * alpha, 0);
    expect(aggregateOf(book, "owner", kindOf(book, "cat", "owner")).massRao).toBe(5n * alpha);
  });

  test("lose their conviction when they move to another owner's hotkey, not within one owner", () => {
    const book = emptyBook("owner", rates);
    lockStake(book, "ann", "h1", 60n * alpha, 100n * alpha, 0);
    expect(moveLock(book, "bob", "h2", true, 1)).toBe("NoExistingLock");
    moveLock(book, "ann", "h2", true, 300_000);
    const ripened = lockAt(book, "ann", 300_000).convictionBits;
    expect(ripened).toBeGreaterThan(0n);
    expect(book.general.has("h1")).toBe(false);
    moveLock(book, "ann", "h3", false, 300_000);
    expect(lockAt(book, "ann", 300_000).convictionBits).toBe(0n);
    moveLock(book, "ann", "owner", false, 300_000);
    const atOwner = lockAt(book, "ann", 300_000);
    expect(atOwner.convictionBits).toBe(fromInteger(U64F64, atOwner.massRao));
  });

  test("follow transferred stake, if the receiver has opted in", () => {
    const book = emptyBook("owner", rates);
    lockStake(book, "ann", "h1", 80n * alpha, 100n * alpha, 0);
    const transfer = {
      from: "ann",
      to: "bob",
      amountRao: 60n * alpha,
      giverStakeRao: 100n * alpha,
    };
    expect(transferLock(book, { ...transfer, receiverAccepts: false }, 0)).toBe(
      "AccountRejectsLockedAlpha",
    );
    expect(transferLock(book, { ...transfer, receiverAccepts: true }, 0)).toBeNull();
    expect(lockAt(book, "ann", 0).massRao).toBe(40n * alpha);
    expect(lockAt(book, "bob", 0).massRao).toBe(40n * alpha);
    expect(aggregateOf(book, "h1", decaying).massRao).toBe(80n * alpha);
  });
});

describe("ownership by conviction", () => {
  const year = OWNERSHIP_432.matureBlocks;
  const supply = {
    alphaOutRao: 1_000n * alpha,
    protocolAlphaRao: 300n * alpha,
    alphaBurnedRao: 200n * alpha,
  };
  const of = (shares: Record<string, bigint>) =>
    new Map(Object.entries(shares).map(([key, rao]) => [key, fromInteger(U64F64, rao * alpha)]));

  test("in July 2026: all conviction together reaches a tenth of AlphaOut", () => {
    expect(entitledHotkey(OWNERSHIP_432, of({ a: 60n, b: 40n }), year, supply)).toBe("a");
    expect(entitledHotkey(OWNERSHIP_432, of({ a: 60n, b: 39n }), year, supply)).toBeNull();
    expect(entitledHotkey(OWNERSHIP_432, of({ a: 100n }), year - 1, supply)).toBeNull();
  });

  test("then a tenth of what circulates; then the winner's own over 18 % of it", () => {
    expect(entitledHotkey(OWNERSHIP_446, of({ a: 30n, b: 20n }), year, supply)).toBe("a");
    expect(entitledHotkey(OWNERSHIP_447, of({ a: 90n, b: 80n }), year, supply)).toBeNull();
    expect(entitledHotkey(OWNERSHIP_447, of({ a: 91n }), year, supply)).toBe("a");
    const all = { ...supply, protocolAlphaRao: 900n * alpha };
    expect(entitledHotkey(OWNERSHIP_446, of({ a: 91n }), year, all)).toBeNull();
  });

  test("makes the new owner's conviction its mass, and the old owner's an ordinary one", () => {
    const book = emptyBook("old", rates);
    lockStake(book, "ann", "old", 10n * alpha, 10n * alpha, 0);
    lockStake(book, "bob", "new", 50n * alpha, 50n * alpha, 0);
    changeOwnerHotkey(book, "new", 100_000);
    const sums = convictionsBits(book, 100_000);
    const mass = (hotkey: string, coldkey: string) =>
      aggregateOf(book, hotkey, kindOf(book, coldkey, hotkey)).massRao;
    expect(sums.get("new")).toBe(fromInteger(U64F64, mass("new", "bob")));
    expect(book.owner.decaying.massRao).toBe(mass("new", "bob"));
    expect(mass("old", "ann")).toBeGreaterThan(8n * alpha);
  });
});
