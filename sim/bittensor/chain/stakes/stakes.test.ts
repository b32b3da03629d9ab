import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StakeBook } from "../stake-book.ts";
import { PayList } from "./pay-list.ts";

const arithmetics = ["exact", "float64"] as const;
const coldkeys = ["ann", "ben", "cem"];

interface Step {
  readonly kind: "deposit" | "withdraw" | "credit";
  readonly coldkey: string;
  readonly amountRao: bigint;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("deposit", "deposit", "withdraw", "credit"),
    coldkey: fc.constantFrom(...coldkeys),
    amountRao: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  }),
  { maxLength: 40 },
);

function follow(book: StakeBook, history: readonly Step[]): bigint {
  let heldRao = 0n;
  for (const { kind, coldkey, amountRao } of history) {
    if (kind === "deposit") {
      book.deposit("h", coldkey, 7, amountRao);
      heldRao += amountRao;
    } else if (kind === "withdraw") {
      const owned = book.stakeRao("h", coldkey, 7);
      const taken = amountRao < owned ? amountRao : owned;
      book.withdraw("h", coldkey, 7, taken);
      heldRao -= taken;
    } else if (book.creditStakers("h", 7, amountRao)) {
      heldRao += amountRao;
    }
  }
  return heldRao;
}

describe.each(arithmetics)("stakes in %s arithmetic", (arithmetic) => {
  test("hold every rao that came in and did not go out", () => {
    fc.assert(
      fc.property(steps, (history) => {
        const book = new StakeBook(arithmetic);
        const heldRao = follow(book, history);
        expect(book.subnetStakeRao(7)).toBe(heldRao);
        expect(book.recountRao(7)).toBe(heldRao);
        for (const coldkey of coldkeys) {
          expect(book.stakeRao("h", coldkey, 7) <= heldRao).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("belong wholly to who is left alone, however wild the history", () => {
    const book = new StakeBook(arithmetic);
    book.deposit("h", "ann", 7, 3n);
    book.creditStakers("h", 7, 10n ** 14n);
    book.deposit("h", "ben", 7, 7_777_777n);
    book.withdraw("h", "ben", 7, book.stakeRao("h", "ben", 7));
    expect(book.stakeRao("h", "ann", 7)).toBeGreaterThan(10n ** 14n - 10n);
    expect([...book.holdingsOf("ben")]).toEqual([]);
  });

  test("of an epoch are paid to all uids at once as one by one", () => {
    const hotkeys = Array.from({ length: 300 }, (_, uid) => `hot${uid}`);
    const owners = hotkeys.map((_, uid) => `cold${uid % 7}`);
    const list = new PayList();
    for (const uid of hotkeys.keys()) list.add(uid, uid % 5 === 0 ? 0 : uid * 123_456_789_012);
    const [together, apart] = [new StakeBook(arithmetic), new StakeBook(arithmetic)];
    for (const book of [together, apart]) {
      book.deposit("hot3", "somebody", 7, 5_000_000_000_000_000n);
      book.deposit("hot4", "cold4", 7, 4_294_967_295n);
      book.deposit("hot4", "somebody", 7, 77n);
    }
    const payees = {
      hotkeys,
      coldkeys: owners,
      places: new Int32Array(300).fill(-1),
      soleHolder: new Uint8Array(300),
      soleHolderAsOf: -1,
    };
    for (let epoch = 0; epoch < 3; epoch++) {
      together.depositEach(7, payees, list);
      together.creditEach(7, payees, list);
      for (let k = 0; k < list.count; k++) {
        const uid = list.uids[k];
        apart.deposit(hotkeys[uid], owners[uid], 7, BigInt(list.amountsRao[k]));
      }
      for (let k = 0; k < list.count; k++) {
        apart.creditStakers(hotkeys[list.uids[k]], 7, BigInt(list.amountsRao[k]));
      }
    }
    expect(list.count).toBe(240);
    expect(together.stakersOf(7)).toEqual(apart.stakersOf(7));
    expect(together.subnetStakeRao(7)).toBe(together.recountRao(7));
    expect([...together.holdingsOf("cold1")]).toEqual([...apart.holdingsOf("cold1")]);
  });

  test("on a dissolved subnet are gone, and nowhere else", () => {
    const book = new StakeBook(arithmetic);
    book.deposit("h", "ann", 7, 100n);
    book.deposit("h", "ann", 8, 50n);
    book.removeSubnet(7);
    expect(book.subnetStakeRao(7)).toBe(0n);
    expect([...book.holdingsOf("ann")]).toEqual([{ netuid: 8, hotkey: "h", stakeRao: 50n }]);
  });
});

test("doubles divide a pool as the chain does, to fifteen digits", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const [exact, float] = [new StakeBook("exact"), new StakeBook("float64")];
      const gentle = history.filter(({ kind }) => kind !== "withdraw");
      follow(exact, gentle);
      follow(float, gentle);
      for (const coldkey of coldkeys) {
        const wanted = exact.stakeRao("h", coldkey, 7);
        const off = Number(float.stakeRao("h", coldkey, 7) - wanted);
        expect(Math.abs(off)).toBeLessThanOrEqual(1e-13 * Number(exact.subnetStakeRao(7)) + 2);
      }
    }),
    { numRuns: 100 },
  );
});
