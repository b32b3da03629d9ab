import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Basket,
  buyShares,
  depositQueued,
  EMPTY_BASKET,
  netAssetValueRao,
  owedShares,
  queueDividend,
  type Realise,
  recycleQueue,
  redeem,
} from "./baskets.ts";

const tao = 1_000_000_000n;
/** Constant-product pools of 1,000 TAO and 100,000 alpha; root is cash. */
const realise: Realise = (netuid, alphaRao) =>
  netuid === 0 ? alphaRao : (1_000n * tao * alphaRao) / (100_000n * tao + alphaRao);

const stakersOnly = { stakersRao: 5_000n * tao, fundRao: 0n };

function deposited(basket: Basket, netuid: number, alphaRao: bigint, root = stakersOnly): Basket {
  const queued = queueDividend(basket, netuid, alphaRao);
  const after = depositQueued(queued, netuid, root, realise(netuid, alphaRao), realise);
  if (after === null) throw new Error("nothing was deposited");
  return after;
}

describe("a validator's basket", () => {
  test("mints its first shares at par with what the position would bring", () => {
    const basket = deposited(EMPTY_BASKET, 3, 500n * tao);
    expect(basket.shares).toBe(realise(3, 500n * tao));
    expect(netAssetValueRao(basket, realise)).toBe(basket.shares);
    expect(owedShares(basket, 5_000n * tao, 0n)).toBeGreaterThan(basket.shares - 5_000n);
  });

  test("leaves what is worth under 0.0005 TAO in the queue", () => {
    const queued = queueDividend(EMPTY_BASKET, 3, 1_000n);
    expect(depositQueued(queued, 3, stakersOnly, realise(3, 1_000n), realise)).toBeNull();
    expect(recycleQueue(queued).recycled.get(3)).toBe(1_000n);
    expect(recycleQueue(queued).basket.queue.size).toBe(0);
  });

  test("does not dilute: a deposit leaves the value of a share as it was", () => {
    const first = deposited(EMPTY_BASKET, 3, 500n * tao);
    const second = deposited(first, 4, 900n * tao);
    const value = (basket: Basket) =>
      Number(netAssetValueRao(basket, realise)) / Number(basket.shares);
    expect(value(second)).toBeCloseTo(value(first), 8);
  });

  test("credits the fund's own part of the root stake to all shares", () => {
    const first = deposited(EMPTY_BASKET, 3, 500n * tao);
    const root = { stakersRao: 4_000n * tao, fundRao: 1_000n * tao };
    const second = deposited(first, 4, 500n * tao, root);
    const minted = second.shares - first.shares;
    expect(Number(minted) / Number(first.shares)).toBeCloseTo(0.8, 6);
  });

  test("redeems a fraction of every position that is worth selling", () => {
    const basket = { ...deposited(deposited(EMPTY_BASKET, 3, 500n * tao), 4, 1n * tao) };
    const { slices, basket: left } = redeem(basket, basket.shares / 2n, realise);
    expect(slices.get(3)).toBe((500n * tao * (basket.shares / 2n)) / basket.shares);
    expect(left.shares).toBe(basket.shares - basket.shares / 2n);
    const dust = new Map(basket.holdings).set(5, 1_000n);
    expect(redeem({ ...basket, holdings: dust }, basket.shares / 2n, realise).slices.has(5)).toBe(
      false,
    );
  });

  test("never gives out more than it holds", () => {
    const holding = fc.bigInt(1n, 10_000n * tao);
    fc.assert(
      fc.property(holding, holding, fc.bigInt(0n, 10n ** 14n), (a, b, owed) => {
        const holdings = new Map([
          [0, a],
          [7, b],
        ]);
        const basket = { ...EMPTY_BASKET, holdings, shares: 10n ** 13n };
        const { slices, basket: left } = redeem(basket, owed, realise);
        for (const [netuid, slice] of slices) {
          expect(slice + (left.holdings.get(netuid) ?? 0n)).toBe(holdings.get(netuid));
        }
      }),
    );
  });

  test("sells shares at net asset value", () => {
    const basket = deposited(EMPTY_BASKET, 3, 500n * tao);
    const { shares } = buyShares(basket, new Map([[0, 10n * tao]]), realise);
    expect(shares).toBe((10n * tao * basket.shares) / netAssetValueRao(basket, realise));
  });
});
