import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Account, ConservationError, Ledger, LedgerError } from "./ledger.ts";

describe("a ledger", () => {
  test("moves an amount from one account to the other under its reason", () => {
    const ledger = new Ledger();
    const mint = ledger.boundary("FLOCK", "mint");
    const ann = ledger.holding("FLOCK", "wallet/ann");
    const bob = ledger.holding("FLOCK", "wallet/bob");
    ledger.move(mint, ann, 10n, "emission");
    ledger.move(ann, bob, 4n, "payment");
    ledger.move(ann, bob, 1n, "payment");
    expect([ledger.balance(mint), ledger.balance(ann), ledger.balance(bob)]).toEqual([
      -10n,
      5n,
      5n,
    ]);
    expect(ledger.takeFlows()).toEqual([
      { asset: "FLOCK", reason: "emission", amount: 10n, movements: 1 },
      { asset: "FLOCK", reason: "payment", amount: 5n, movements: 2 },
    ]);
    expect(ledger.takeFlows()).toEqual([]);
    expect(ledger.held("FLOCK", "wallet/")).toBe(10n);
  });

  test("takes no movement that overdraws, changes the asset or is negative", () => {
    const ledger = new Ledger();
    const ann = ledger.holding("FLOCK", "wallet/ann");
    const bob = ledger.holding("FLOCK", "wallet/bob");
    const shares = ledger.holding("gmFLOCK", "wallet/ann");
    expect(() => ledger.move(ann, bob, 1n, "payment")).toThrow(LedgerError);
    expect(() => ledger.move(ann, bob, -1n, "payment")).toThrow(/negative/);
    expect(() => ledger.move(ann, shares, 0n, "payment")).toThrow(/cannot become gmFLOCK/);
    expect(() => ledger.boundary("FLOCK", "wallet/ann")).toThrow(/is a holding/);
  });

  test("balances after any sequence of movements", () => {
    const steps = fc.array(
      fc.tuple(fc.nat(4), fc.nat(4), fc.bigInt({ min: 0n, max: 10n ** 27n })),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (movements) => {
        const ledger = new Ledger();
        const accounts = [
          ledger.boundary("FLOCK", "mint"),
          ...["a", "b", "c", "d"].map((name) => ledger.holding("FLOCK", name)),
        ];
        for (const [from, to, amount] of movements) {
          try {
            ledger.move(accounts[from], accounts[to], amount, "any");
          } catch (error) {
            expect(error).toBeInstanceOf(LedgerError);
          }
        }
        ledger.check();
        expect(ledger.held("FLOCK")).toBe(-ledger.balance(accounts[0]));
      }),
    );
  });

  test("reports the account whose contract owes something else", () => {
    const ledger = new Ledger();
    const pool = ledger.holding("FLOCK", "pool/7");
    ledger.move(ledger.boundary("FLOCK", "mint"), pool, 100n, "emission");
    ledger.reconcile(pool, 100n, "the pool's rewards");
    const corrupt = () => ledger.reconcile(pool, 99n, "the pool's rewards");
    expect(corrupt).toThrow(ConservationError);
    expect(corrupt).toThrow(
      "FLOCK is not conserved: pool/7 holds 100, the pool's rewards add up to 99 (off by 1)",
    );
  });

  test("finds a movement of which one side is wrong", () => {
    class OneSided extends Ledger {
      protected override post(_source: Account, target: Account, amount: bigint): void {
        target.balance += amount;
      }
    }
    const ledger = new OneSided();
    ledger.move(ledger.boundary("FLOCK", "mint"), ledger.holding("FLOCK", "ann"), 10n, "emission");
    expect(() => ledger.check()).toThrow(/do not balance \(off by 10\)/);
  });
});
