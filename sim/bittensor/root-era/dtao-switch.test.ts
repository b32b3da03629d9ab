import { describe, expect, test } from "vitest";
import { ConservationError, Ledger } from "../../ledger/ledger.ts";
import { MemorySink } from "../../records.ts";
import { rootProportionBits, taoWeightBits } from "../emission/root-proportion.ts";
import { RootEraChain } from "./chain.ts";
import { type SwitchTerms, switchToPools } from "./dtao-switch.ts";
import { EXAMPLE_BLOCK, exampleSetup, TAO } from "./example-setup.ts";
import { EraLedger } from "./tao-ledger.ts";

const TAO_WEIGHT = 3_320_413_933_267_719_290n;
const terms: SwitchTerms = {
  poolRao: TAO,
  movingPrice: "emission",
  creditWaiting: true,
  taoWeightU64: TAO_WEIGHT,
};
/** Hotkeys of block 3,000,000 are credited at the epoch; with this they wait a day for it. */
const waiting = { overrides: { hotkeyCreditBlocks: 7_200 } };

function chainAfter(blocks: number, change: Parameters<typeof exampleSetup>[0] = {}) {
  const chain = new RootEraChain(exampleSetup(change), new MemorySink());
  chain.advanceTo(EXAMPLE_BLOCK + blocks);
  return chain;
}

const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};

describe("the switch to pools", () => {
  test("puts all stake on root, and leaves every rao where it can be found", () => {
    const chain = chainAfter(1_000);
    const issuedRao = chain.ledger.totalIssuanceRao;
    const stakedRao = chain.ledger.stakedRao;
    const switched = switchToPools(chain, terms);
    const rootRao = sum(switched.stakes.map(({ stakeRao }) => stakeRao));
    expect(rootRao).toBe(stakedRao);
    const freeRao = sum(switched.wallets.map(({ balanceRao }) => balanceRao));
    const pooledRao = sum(switched.subnets.map(({ taoReserveRao }) => taoReserveRao));
    expect(pooledRao).toBe(3n * TAO);
    expect(rootRao + freeRao + pooledRao).toBe(issuedRao);
    expect(switched.accounts).toMatchObject({
      issuanceBeforeRao: issuedRao,
      issuanceAfterRao: issuedRao,
      refundedRao: 297n * TAO,
      toppedUpRao: 0n,
    });
  });

  test("gives each pool a TAO of its owner's lock and an alpha, and the rest of the lock back", () => {
    const chain = chainAfter(0);
    const switched = switchToPools(chain, terms);
    for (const subnet of switched.subnets) {
      expect([subnet.taoReserveRao, subnet.alphaInRao, subnet.alphaOutRao]).toEqual([TAO, TAO, 0n]);
      expect([subnet.registeredAtBlock, subnet.firstEmissionBlock]).toEqual(
        Array(2).fill(2_000_000 + subnet.netuid),
      );
      expect(chain.ledger.balanceRao(`owner/${subnet.netuid}`)).toBe(99n * TAO);
    }
    expect(chain.ledger.lockedRao).toBe(3n * TAO);
    const weight = taoWeightBits(TAO_WEIGHT);
    expect(switched.subnets[0].rootProportionU96F32).toBe(
      rootProportionBits(4_000n * TAO, weight, TAO),
    );
  });

  test("mints what a lock is short of", () => {
    const { subnets } = exampleSetup();
    const short = subnets.map((subnet, index) => ({
      ...subnet,
      lockedRao: index === 0 ? TAO / 4n : subnet.lockedRao,
      ownerColdkey: index === 0 ? null : subnet.ownerColdkey,
    }));
    const { accounts } = switchToPools(chainAfter(0, { subnets: short }), terms);
    expect(accounts.toppedUpRao).toBe((3n * TAO) / 4n);
    expect(accounts.issuanceAfterRao - accounts.issuanceBeforeRao).toBe(accounts.toppedUpRao);
    expect(accounts.refundedRao).toBe(198n * TAO);
  });

  test("starts price averages where it is told", () => {
    const startOf = (movingPrice: SwitchTerms["movingPrice"]) =>
      switchToPools(chainAfter(500), { ...terms, movingPrice }).subnets.map(
        ({ movingPriceI96F32 }) => movingPriceI96F32,
      );
    const emitted = [...chainAfter(500).subnets.values()].map(({ emissionRao }) => emissionRao);
    expect(startOf("emission")).toEqual(emitted.map((rao) => (BigInt(rao) << 32n) / TAO));
    expect(sum(startOf("emission"))).toBeLessThan(1n << 32n);
    expect(startOf("pool")).toEqual(Array(3).fill(1n << 32n));
    expect(startOf("nothing")).toEqual([0n, 0n, 0n]);
  });

  test("credits what hotkeys have earned, or issues it never", () => {
    const credited = switchToPools(chainAfter(1_000, waiting), terms).accounts;
    const lost = switchToPools(chainAfter(1_000, waiting), { ...terms, creditWaiting: false });
    expect(credited.creditedRao).toBeGreaterThan(100n * TAO);
    expect(credited.issuanceAfterRao - credited.issuanceBeforeRao).toBe(credited.creditedRao);
    expect(lost.accounts.creditedRao).toBe(0n);
    expect(lost.accounts.neverIssuedRao - credited.neverIssuedRao).toBe(credited.creditedRao);
    expect(lost.accounts.issuanceAfterRao).toBe(lost.accounts.issuanceBeforeRao);
  });

  test("is refused where a rao goes astray on the way", () => {
    class Leaking extends Ledger {
      leaks = false;
      protected override post(...[source, target, amount]: Parameters<Ledger["post"]>): void {
        super.post(
          source,
          target,
          this.leaks && target.name === "wallet/owner/2" ? amount - 1n : amount,
        );
      }
    }
    const books = new Leaking();
    const chain = new RootEraChain(exampleSetup(), new MemorySink(), new EraLedger(books));
    books.leaks = true;
    expect(() => switchToPools(chain, terms)).toThrow(ConservationError);
  });
});
