/**
 * Chain buys and injection, subnet by subnet, from the block's credit. Since spec 432 the buy comes
 * first and what the pool refuses waits in its reservoirs; before, the weights moved first, the buy
 * used them with the old reserves, and what was refused was dropped.
 * The pools of older eras refuse nothing: older-pools.ts.
 * Source: spec/recent-rules.md 2.1, spec/measured-chain.md 1.2, spec/token-economics.md 3.2.
 */
import { recycleAlpha } from "./alpha-out";
import { alphaBought } from "./chain-buy";
import { eligibleCount, isStable, netuidAt } from "./eligible";
import {
  ALPHA_IN_EMISSION_RAO,
  ALPHA_IN_RAO,
  ALPHA_MINTED_TOTAL_RAO,
  ALPHA_OUT_RAO,
  ALPHA_RESERVOIR_RAO,
  BOUGHT_RECYCLED_TOTAL_RAO,
  BUY_FIRST,
  CHAIN_BUYS_TOTAL_RAO,
  EXCESS_TAO_RAO,
  INJECTED_TOTAL_RAO,
  POOL_KIND,
  PROTOCOL_ALPHA_RAO,
  PROTOCOL_FLOW_RAO,
  QUOTE_WEIGHT_PARTS,
  RECYCLE_BOUGHT,
  STRANDED_TAO_RAO,
  TAO_IN_EMISSION_RAO,
  TAO_RESERVE_RAO,
  TAO_RESERVOIR_RAO,
} from "./layout";
import { addField, field, global, setField } from "./memory";
import { buyFromOlder, prepareOlder } from "./older-pools";
import { WEIGHTED } from "./pool-price";
import { balancedWeight } from "./quote-weight";

/** What is left of the TAO minted in this block. */
let credit: u64 = 0;

/** Spends the credit on all eligible subnets; returns what is left, to be recycled. */
export function emitToSubnets(mintedRao: u64): u64 {
  setCredit(mintedRao);
  const buyFirst = global(BUY_FIRST) !== 0;
  for (let place = 0; place < eligibleCount; place++) {
    injectExactly(netuidAt(place), buyFirst);
  }
  return credit;
}

export function setCredit(rao: u64): void {
  credit = rao;
}

/** Takes an amount from the credit; false where it does not suffice. */
export function spend(rao: u64): bool {
  if (rao > credit) return false;
  credit -= rao;
  return true;
}

export function unspentCredit(): u64 {
  return credit;
}

/** One subnet's part of the block, from its terms. */
export function injectExactly(netuid: i32, buyFirst: bool): void {
  if (isStable(netuid)) injectIntoStable(netuid);
  else if (global(POOL_KIND) !== WEIGHTED) injectIntoOlder(netuid);
  else injectIntoWeighted(netuid, buyFirst);
  countInflow(netuid);
}

/** The protocol's flow into a subnet: what it injected and what it bought for. */
export function countInflow(netuid: i32): void {
  const inflow = field(TAO_IN_EMISSION_RAO, netuid) + field(EXCESS_TAO_RAO, netuid);
  addField(PROTOCOL_FLOW_RAO, netuid, inflow);
}

function injectIntoWeighted(netuid: i32, buyFirst: bool): void {
  if (!buyFirst) return injectBefore432(netuid);
  buyForChain(netuid, true);
  inject(netuid);
}

/** Spends the excess on alpha at the reserves of this moment. */
function buyForChain(netuid: i32, returnsWhenRefused: bool): void {
  const excess = field(EXCESS_TAO_RAO, netuid);
  if (excess === 0) return;
  const bought = excess > credit ? 0 : alphaFor(netuid, excess);
  if (bought === 0) {
    setField(EXCESS_TAO_RAO, netuid, 0);
    if (returnsWhenRefused || excess > credit) return;
    credit -= excess;
    addField(STRANDED_TAO_RAO, netuid, excess);
    return;
  }
  credit -= excess;
  recordBuy(netuid, excess, bought);
}

function alphaFor(netuid: i32, taoRao: u64): u64 {
  return alphaBought(
    field(TAO_RESERVE_RAO, netuid),
    field(ALPHA_IN_RAO, netuid),
    field(QUOTE_WEIGHT_PARTS, netuid),
    taoRao,
  );
}

function recordBuy(netuid: i32, paidRao: u64, boughtRao: u64): void {
  addField(TAO_RESERVE_RAO, netuid, paidRao);
  setField(ALPHA_IN_RAO, netuid, field(ALPHA_IN_RAO, netuid) - boughtRao);
  addField(CHAIN_BUYS_TOTAL_RAO, netuid, paidRao);
  keepOrRecycle(netuid, boughtRao);
}

/** What becomes of alpha that the chain has bought. */
export function keepOrRecycle(netuid: i32, boughtRao: u64): void {
  addField(ALPHA_OUT_RAO, netuid, boughtRao);
  if (global(RECYCLE_BOUGHT) === 0) addField(PROTOCOL_ALPHA_RAO, netuid, boughtRao);
  else {
    recycleAlpha(netuid, boughtRao);
    addField(BOUGHT_RECYCLED_TOTAL_RAO, netuid, boughtRao);
  }
}

/** Pools before June 2026: the injection deepens the pool, the buy moves its price. */
function injectIntoOlder(netuid: i32): void {
  const taoIn = field(TAO_IN_EMISSION_RAO, netuid);
  const alphaIn = field(ALPHA_IN_EMISSION_RAO, netuid);
  const excess = min(field(EXCESS_TAO_RAO, netuid), credit);
  setField(EXCESS_TAO_RAO, netuid, excess);
  prepareOlder(netuid, taoIn, alphaIn);
  credit -= excess;
  recordBuy(netuid, excess, buyFromOlder(netuid, excess));
  addToReserves(netuid, taoIn, alphaIn);
}

/** Mechanism 0: one for one, as far as there is alpha, and no weights behind it. */
function injectIntoStable(netuid: i32): void {
  const excess = min(field(EXCESS_TAO_RAO, netuid), credit);
  credit -= excess;
  recordBuy(netuid, excess, min(excess, field(ALPHA_IN_RAO, netuid)));
  setField(EXCESS_TAO_RAO, netuid, excess);
  addToReserves(netuid, field(TAO_IN_EMISSION_RAO, netuid), field(ALPHA_IN_EMISSION_RAO, netuid));
}

/** Puts tao_in and alpha_in, with what waited, into the pool as far as its weights allow. */
function inject(netuid: i32): void {
  const taoIn = min(field(TAO_IN_EMISSION_RAO, netuid), credit);
  const alphaIn = field(ALPHA_IN_EMISSION_RAO, netuid);
  credit -= taoIn;
  addField(INJECTED_TOTAL_RAO, netuid, taoIn);
  addField(ALPHA_MINTED_TOTAL_RAO, netuid, alphaIn);
  const tao = field(TAO_RESERVOIR_RAO, netuid) + taoIn;
  const alpha = field(ALPHA_RESERVOIR_RAO, netuid) + alphaIn;
  let activeTao = tao;
  let activeAlpha = alpha;
  if (!accept(netuid, tao, alpha)) {
    if (accept(netuid, 0, alpha)) activeTao = 0;
    else if (accept(netuid, tao, 0)) activeAlpha = 0;
    else activeTao = activeAlpha = 0;
  }
  setField(TAO_RESERVOIR_RAO, netuid, tao - activeTao);
  setField(ALPHA_RESERVOIR_RAO, netuid, alpha - activeAlpha);
  addField(TAO_RESERVE_RAO, netuid, activeTao);
  addField(ALPHA_IN_RAO, netuid, activeAlpha);
  setField(TAO_IN_EMISSION_RAO, netuid, activeTao);
  setField(ALPHA_IN_EMISSION_RAO, netuid, activeAlpha);
}

/** Moves the weights so that the amounts leave the price alone; false where they would go too far. */
function accept(netuid: i32, taoRao: u64, alphaRao: u64): bool {
  const weight = balancedWeight(
    field(TAO_RESERVE_RAO, netuid),
    field(ALPHA_IN_RAO, netuid),
    field(QUOTE_WEIGHT_PARTS, netuid),
    taoRao,
    alphaRao,
  );
  if (weight === 0) return false;
  setField(QUOTE_WEIGHT_PARTS, netuid, weight);
  return true;
}

function injectBefore432(netuid: i32): void {
  let taoIn = field(TAO_IN_EMISSION_RAO, netuid);
  let alphaIn = field(ALPHA_IN_EMISSION_RAO, netuid);
  if (!accept(netuid, taoIn, alphaIn)) {
    taoIn = alphaIn = 0;
    setField(TAO_IN_EMISSION_RAO, netuid, 0);
    setField(ALPHA_IN_EMISSION_RAO, netuid, 0);
  }
  buyForChain(netuid, false);
  addToReserves(netuid, taoIn, alphaIn);
}

/** The last step where nothing waits. */
function addToReserves(netuid: i32, taoRao: u64, alphaRao: u64): void {
  const taoIn = min(taoRao, credit);
  credit -= taoIn;
  addField(INJECTED_TOTAL_RAO, netuid, taoIn);
  addField(ALPHA_MINTED_TOTAL_RAO, netuid, alphaRao);
  addField(TAO_RESERVE_RAO, netuid, taoIn);
  addField(ALPHA_IN_RAO, netuid, alphaRao);
}
