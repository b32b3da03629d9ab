/**
 * What a change of rules does to the state: pools of one kind become pools of the next at their
 * price, and averages of flows begin.
 * Source: spec/token-economics.md sections 2.3, 4.1 and 4.5.
 */
import { RAO_PER_TAO } from "../../amounts.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { readPosition, writePosition } from "../coinbase/position-columns.ts";
import { balancerPriceBits, EVEN_WEIGHT, weightForPrice } from "../pools/balancer.ts";
import { integerRoot } from "../pools/big-power.ts";
import { type Position, positionOfReserves, positionPriceBits } from "../pools/concentrated.ts";
import { productPriceBits } from "../pools/constant-product.ts";
import type { PoolKind } from "../rules/rule-set.ts";
import type { ChainState } from "../state.ts";
import type { ChainParameters } from "./parameters.ts";

type Era = Pick<ChainParameters, "era" | "sharesBy" | "agesFromBlock">;

/** From the rules before (null at the start of a run) to those that hold from the next block on. */
export function enterEra(
  state: ChainState,
  netuids: readonly number[],
  before: Era | null,
  after: Era,
): void {
  const from = before?.era.pool ?? "balancer";
  const to = after.era.pool;
  if (before !== null && before.sharesBy !== after.sharesBy) {
    for (const netuid of netuids) startFlows(state, netuid, before, after);
  }
  if (from !== to) for (const netuid of netuids) switchPool(state, netuid, from, to);
  if (before !== null && before.agesFromBlock !== after.agesFromBlock) {
    restartAges(state, netuids, after.agesFromBlock);
  }
}

/** The first emission block of all who have started becomes this one. */
function restartAges({ subnet }: ChainState, netuids: readonly number[], block: number): void {
  for (const netuid of netuids) {
    if (subnet.firstEmissionBlock[netuid] !== 0n) subnet.firstEmissionBlock[netuid] = BigInt(block);
  }
}

/** A new subnet's pool: of even weights, and of a position that holds its reserves. */
export function openPool(state: ChainState, netuid: number): void {
  const { subnet, globals } = state;
  if (globals[layout.POOL_KIND] !== CONCENTRATED) return;
  const position = positionOfReserves(subnet.taoReserveRao[netuid], subnet.alphaInRao[netuid]);
  writePosition(state, netuid, position);
}

/** The kernel's number for pools of concentrated liquidity. */
const CONCENTRATED = 2n;

function switchPool(state: ChainState, netuid: number, from: PoolKind, to: PoolKind): void {
  const { subnet } = state;
  const taoRao = subnet.taoReserveRao[netuid];
  const alphaInRao = subnet.alphaInRao[netuid];
  const quoteWeight = subnet.quoteWeightParts[netuid];
  if (to === "concentrated") {
    writePosition(
      state,
      netuid,
      from === "balancer" && quoteWeight !== EVEN_WEIGHT
        ? positionAt(priceOf(state, netuid, from), taoRao, alphaInRao)
        : positionOfReserves(taoRao, alphaInRao),
    );
  } else if (to === "balancer") {
    // The migration takes the weights from the old pool's own price, where they are within bounds.
    const priced = weightForPrice(
      from === "concentrated" ? positionPriceBits(readPosition(state, netuid)) : 0n,
      alphaInRao,
      taoRao,
    );
    const kept = from === "concentrated" && priced.accepted;
    subnet.quoteWeightParts[netuid] = kept ? priced.quoteWeight : EVEN_WEIGHT;
  }
}

function priceOf(state: ChainState, netuid: number, kind: PoolKind): bigint {
  if (kind === "concentrated") return positionPriceBits(readPosition(state, netuid));
  const { subnet } = state;
  const taoRao = subnet.taoReserveRao[netuid];
  const alphaInRao = subnet.alphaInRao[netuid];
  return kind === "balancer"
    ? balancerPriceBits({ taoRao, alphaInRao, quoteWeight: subnet.quoteWeightParts[netuid] })
    : productPriceBits({ taoRao, alphaInRao });
}

/** The position as deep as the reserves, at a price of its own. */
const positionAt = (priceBits: bigint, taoRao: bigint, alphaInRao: bigint): Position => ({
  ...positionOfReserves(taoRao, alphaInRao),
  sqrtPriceBits: integerRoot(priceBits << 64n, 2n),
});

/**
 * Users' flow counts anew when it begins to rule: its average starts, as in November 2025, at the
 * price or its average, whichever is less, as TAO a block. The protocol's starts at nothing when it
 * is first taken off.
 */
function startFlows(state: ChainState, netuid: number, before: Era, after: Era): void {
  const { subnet } = state;
  if (before.sharesBy === "price" && after.sharesBy !== "price") {
    const spot = priceOf(state, netuid, before.era.pool);
    const average = subnet.movingPriceI96F32[netuid] << 32n;
    const bits = (spot < average ? spot : average) * RAO_PER_TAO;
    subnet.userFlowRao[netuid] = 0n;
    subnet.userAverageHigh[netuid] = bits >> 64n;
    subnet.userAverageLow[netuid] = bits & ((1n << 64n) - 1n);
  }
  if (after.sharesBy === "net flow") {
    subnet.protocolFlowRao[netuid] = 0n;
    subnet.protocolAverageHigh[netuid] = 0n;
    subnet.protocolAverageLow[netuid] = 0n;
  }
}
