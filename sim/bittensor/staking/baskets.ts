/**
 * Validator baskets ("Root Reborn", spec 441, August 2026): root dividends are no longer sold. Each
 * root hotkey has a fund of alpha positions; root stakers own its shares and redeem them by claiming.
 * The chain's later handling of a claim's surplus is not established and not modelled.
 * Source: spec/recent-rules.md section 2.4 (claim_root.rs, basket_flush.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import {
  fromInteger,
  I96F32,
  safeDiv,
  satAdd,
  satMul,
  toUnsigned,
} from "../../fixed/fixed-point.ts";

export interface Basket {
  /** Alpha rao by netuid; netuid 0 is cash: TAO staked on root. */
  readonly holdings: ReadonlyMap<number, bigint>;
  /** Shares outstanding, share-rao. */
  readonly shares: bigint;
  /** Shares earned per rao of root stake since the start, I96F32 bits. */
  readonly rateBits: bigint;
  /** Dividends that wait to be deposited, alpha rao by netuid. */
  readonly queue: ReadonlyMap<number, bigint>;
}

export const EMPTY_BASKET: Basket = {
  holdings: new Map(),
  shares: 0n,
  rateBits: 0n,
  queue: new Map(),
};

/** TAO rao that a position would bring, sold into its pool without fee (root: the amount itself). */
export type Realise = (netuid: number, alphaRao: bigint) => bigint;

/** A queued dividend is deposited once it is worth this much at spot, TAO rao. */
export const BASKET_DEPOSIT_MINIMUM_RAO = 500_000n;
/** A claim passes over positions worth less than a TAO and less than 10 bps of the fund, ... */
const ROW_MINIMUM_RAO = 1_000_000_000n;
const ROW_MINIMUM_BPS = 10n;
/** ... and over slices worth less than 0.0001 TAO. */
const SLICE_MINIMUM_RAO = 100_000n;
/** A worthless fund starts anew at par if its old shares are at most a hundredth of the deposit. */
const REVIVAL_DIVISOR = 100n;

const withEntry = (
  map: ReadonlyMap<number, bigint>,
  netuid: number,
  rao: bigint,
): Map<number, bigint> => {
  const copy = new Map(map);
  if (rao > 0n) copy.set(netuid, rao);
  else copy.delete(netuid);
  return copy;
};

/** Net asset value: what all positions would bring if each were sold now, TAO rao. */
export function netAssetValueRao({ holdings }: Basket, realise: Realise): bigint {
  let sum = 0n;
  for (const [netuid, alphaRao] of holdings) sum += realise(netuid, alphaRao);
  return sum;
}

/** Queues a root dividend (take already off). */
export const queueDividend = (basket: Basket, netuid: number, alphaRao: bigint): Basket => ({
  ...basket,
  queue: withEntry(basket.queue, netuid, (basket.queue.get(netuid) ?? 0n) + alphaRao),
});

/** Shares for a value that enters at net asset value, so that nobody is diluted; the first at par. */
export function sharesForValue(valueRao: bigint, navRao: bigint, shares: bigint): bigint {
  if (shares === 0n) return valueRao;
  if (navRao === 0n) return shares <= valueRao / REVIVAL_DIVISOR ? valueRao : 0n;
  return (valueRao * shares) / navRao;
}

export interface RootStakeOfHotkey {
  /** Root stake of genuine stakers, TAO rao. */
  readonly stakersRao: bigint;
  /** Root stake of the fund itself, TAO rao. */
  readonly fundRao: bigint;
}

/**
 * Deposits one queued dividend in place, without a swap. Only the stakers' part of the hotkey's
 * root stake mints shares; the fund's own part raises the value of all shares. Null where the entry
 * is worth too little at spot (`spotValueRao`), or mints nothing: it stays queued.
 */
export function depositQueued(
  basket: Basket,
  netuid: number,
  rootStake: RootStakeOfHotkey,
  spotValueRao: bigint,
  realise: Realise,
): Basket | null {
  const alphaRao = basket.queue.get(netuid) ?? 0n;
  const { stakersRao, fundRao } = rootStake;
  if (spotValueRao < BASKET_DEPOSIT_MINIMUM_RAO || stakersRao === 0n) return null;
  const held = basket.holdings.get(netuid) ?? 0n;
  const valueRao = saturatingSub(realise(netuid, held + alphaRao), realise(netuid, held));
  const earnedRao = (valueRao * stakersRao) / (stakersRao + fundRao);
  const minted = sharesForValue(earnedRao, netAssetValueRao(basket, realise), basket.shares);
  const rate = safeDiv(I96F32, fromInteger(I96F32, minted), fromInteger(I96F32, stakersRao));
  if (minted === 0n || rate === 0n) return null;
  return {
    holdings: withEntry(basket.holdings, netuid, held + alphaRao),
    shares: basket.shares + minted,
    rateBits: satAdd(I96F32, basket.rateBits, rate),
    queue: withEntry(basket.queue, netuid, 0n),
  };
}

/** What is queued by a hotkey that has left root: recycled, alpha rao by netuid. */
export const recycleQueue = (
  basket: Basket,
): { readonly basket: Basket; readonly recycled: ReadonlyMap<number, bigint> } => ({
  basket: { ...basket, queue: new Map() },
  recycled: basket.queue,
});

/** Shares that a staker may redeem: floor(rate * root stake) less its watermark. */
export const owedShares = (basket: Basket, rootStakeRao: bigint, watermark: bigint): bigint =>
  saturatingSub(
    toUnsigned(I96F32, satMul(I96F32, basket.rateBits, fromInteger(I96F32, rootStakeRao))),
    watermark,
  );

export interface BasketClaim {
  readonly basket: Basket;
  /** Alpha rao to sell, without fee or limit, by netuid; netuid 0 is cash that changes hands. */
  readonly slices: ReadonlyMap<number, bigint>;
}

/** Redeems shares: the same fraction of every position that is worth selling. */
export function redeem(basket: Basket, owed: bigint, realise: Realise): BasketClaim {
  const shares = owed < basket.shares ? owed : basket.shares;
  const slices = new Map<number, bigint>();
  if (shares === 0n) return { basket, slices };
  const tenBps = (netAssetValueRao(basket, realise) * ROW_MINIMUM_BPS) / 10_000n;
  const rowMinimumRao = tenBps < ROW_MINIMUM_RAO ? tenBps : ROW_MINIMUM_RAO;
  const holdings = new Map(basket.holdings);
  for (const [netuid, alphaRao] of basket.holdings) {
    const slice = (alphaRao * shares) / basket.shares;
    const tooSmall =
      slice === 0n ||
      realise(netuid, alphaRao) < rowMinimumRao ||
      realise(netuid, slice) < SLICE_MINIMUM_RAO;
    if (tooSmall) continue;
    slices.set(netuid, slice);
    if (slice === alphaRao) holdings.delete(netuid);
    else holdings.set(netuid, alphaRao - slice);
  }
  return { basket: { ...basket, holdings, shares: basket.shares - shares }, slices };
}

/** stake_into_basket: shares for positions bought from outside, `valueRao` being what they add. */
export function buyShares(
  basket: Basket,
  bought: ReadonlyMap<number, bigint>,
  realise: Realise,
): { readonly basket: Basket; readonly shares: bigint } {
  const navRao = netAssetValueRao(basket, realise);
  const holdings = new Map(basket.holdings);
  for (const [netuid, alphaRao] of bought) {
    holdings.set(netuid, (holdings.get(netuid) ?? 0n) + alphaRao);
  }
  const grown = { ...basket, holdings };
  const valueRao = saturatingSub(netAssetValueRao(grown, realise), navRao);
  const shares = sharesForValue(valueRao, navRao, basket.shares);
  return { basket: { ...grown, shares: basket.shares + shares }, shares };
}
